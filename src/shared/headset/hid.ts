/*
 * The part of WebHID that is used here; TypeScript's DOM library has none of it. A usage is its page
 * in the upper 16 bits and its id in the lower ones.
 */

export interface HidReportItem {
  usages?: readonly number[] | undefined;
  usageMinimum?: number | undefined;
  usageMaximum?: number | undefined;
  isRange?: boolean | undefined;
  isAbsolute?: boolean | undefined;
  isArray?: boolean | undefined;
  logicalMinimum?: number | undefined;
  reportSize?: number | undefined;
  reportCount?: number | undefined;
}

interface HidReportInfo {
  reportId?: number | undefined;
  items?: readonly HidReportItem[] | undefined;
}

export interface HidCollection {
  usagePage?: number | undefined;
  usage?: number | undefined;
  inputReports?: readonly HidReportInfo[] | undefined;
  outputReports?: readonly HidReportInfo[] | undefined;
}

export const TELEPHONY_PAGE = 0x0b;
const LED_PAGE = 0x08;
const BUTTON_PAGE = 0x09;

const usage = (page: number, id: number) => page * 0x1_0000 + id;

/** What a headset says, by the usages that mean it (HID Usage Tables 1.5, sections 11 and 14). */
const CONTROLS = {
  hook: [usage(TELEPHONY_PAGE, 0x20)],
  mute: [usage(TELEPHONY_PAGE, 0x2f)],
  drop: [usage(TELEPHONY_PAGE, 0x26)],
  /** Headsets for Teams and Skype have it as the seventh of their programmable buttons. */
  reject: [usage(BUTTON_PAGE, 0x07), usage(TELEPHONY_PAGE, 0x07)],
} as const;
export type Control = keyof typeof CONTROLS;
const controls: readonly Control[] = ['hook', 'mute', 'drop', 'reject'];

/** What a headset is told: its lights, and by them what it believes about the call. */
const LIGHTS = {
  offHook: [usage(LED_PAGE, 0x17)],
  mute: [usage(LED_PAGE, 0x09)],
  ring: [usage(LED_PAGE, 0x18), usage(TELEPHONY_PAGE, 0x9e)],
  hold: [usage(LED_PAGE, 0x20)],
} as const;
type Light = keyof typeof LIGHTS;
export type Lights = Readonly<Record<Light, boolean>>;
const lights: readonly Light[] = ['offHook', 'mute', 'ring', 'hold'];

/** Where in a report a usage stands. */
interface Field {
  reportId: number;
  /** From the report's first bit, the id not counted. */
  at: number;
  size: number;
  /** An array holds the number of the usage that is on, counted from this one. */
  index: number | undefined;
}

export interface Headset {
  controls: ReadonlyMap<Control, readonly (Field & { isAbsolute: boolean })[]>;
  lights: ReadonlyMap<Light, readonly Field[]>;
  /** Bytes of each output report with a light. */
  outputs: ReadonlyMap<number, number>;
}

/** Reads where a headset's controls and lights are; undefined if it has neither hook nor mute. */
export function readHeadset(collections: readonly HidCollection[]): Headset | undefined {
  const telephony = collections.filter(({ usagePage }) => usagePage === TELEPHONY_PAGE);
  const inputs = fieldsOf(collections.map(({ inputReports = [] }) => inputReports));
  const isTelephony = new Set(
    telephony.flatMap(({ inputReports = [] }) => inputReports.map(({ reportId = 0 }) => reportId)),
  );
  const outputs = fieldsOf(collections.map(({ outputReports = [] }) => outputReports));
  const found = new Map(
    controls.flatMap((control) => {
      const fields = inputs.fields.filter(
        (field) => isTelephony.has(field.reportId) && includes(CONTROLS[control], field.usage),
      );
      return fields.length === 0 ? [] : [[control, fields] as const];
    }),
  );
  if (!found.has('hook') && !found.has('mute')) return undefined;
  const lit = new Map(
    lights.flatMap((light) => {
      const fields = outputs.fields.filter(({ usage }) => includes(LIGHTS[light], usage));
      return fields.length === 0 ? [] : [[light, fields] as const];
    }),
  );
  const used = new Set([...lit.values()].flat().map(({ reportId }) => reportId));
  const lengths = [...outputs.bits].filter(([id]) => used.has(id));
  return {
    controls: found,
    lights: lit,
    outputs: new Map(lengths.map(([id, bits]) => [id, Math.ceil(bits / 8)])),
  };
}

/** The controls in an input report: whether each is pressed. */
export function readReport(
  headset: Headset,
  reportId: number,
  report: DataView,
): ReadonlyMap<Control, { isOn: boolean; isAbsolute: boolean }> {
  const states = new Map<Control, { isOn: boolean; isAbsolute: boolean }>();
  for (const [control, fields] of headset.controls) {
    const here = fields.filter((field) => field.reportId === reportId);
    const [first] = here;
    if (!first || first.at + first.size > 8 * report.byteLength) continue;
    const isOn = here.some((field) => {
      const value = bitsAt(report, field);
      return field.index === undefined ? value !== 0 : value === field.index;
    });
    states.set(control, { isOn, isAbsolute: first.isAbsolute });
  }
  return states;
}

/** The output reports that show these lights. */
export function writeReports(
  headset: Headset,
  state: Lights,
): readonly { reportId: number; data: Uint8Array<ArrayBuffer> }[] {
  return [...headset.outputs].map(([reportId, length]) => {
    const data = new Uint8Array(length);
    for (const [light, fields] of headset.lights) {
      if (!state[light]) continue;
      for (const { at, index, reportId: id } of fields) {
        if (id === reportId) setBits(data, at, index ?? 1);
      }
    }
    return { reportId, data };
  });
}

interface UsageField extends Field {
  usage: number;
  isAbsolute: boolean;
}

/** Items follow each other without gaps; each report id counts its own bits. */
function fieldsOf(collections: readonly (readonly HidReportInfo[])[]): {
  fields: readonly UsageField[];
  bits: ReadonlyMap<number, number>;
} {
  const fields: UsageField[] = [];
  const bits = new Map<number, number>();
  for (const { reportId = 0, items = [] } of collections.flat()) {
    for (const item of items) {
      const { reportSize: size = 0, reportCount: count = 0, isArray = false } = item;
      const start = bits.get(reportId) ?? 0;
      bits.set(reportId, start + size * count);
      const isAbsolute = item.isAbsolute ?? true;
      // Some devices mark what they send as constant, so that is not looked at.
      for (let slot = 0; slot < count; slot++) {
        const field = { reportId, at: start + slot * size, size, isAbsolute };
        for (const [nth, usage] of usagesOf(item, slot, isArray).entries()) {
          const index = isArray ? (item.logicalMinimum ?? 0) + nth : undefined;
          fields.push({ ...field, usage, index });
        }
      }
    }
  }
  return { fields, bits };
}

/** Of one slot: of an array, each usage that it can hold. */
function usagesOf(item: HidReportItem, slot: number, isArray: boolean): readonly number[] {
  const { usages = [], usageMinimum = 0, usageMaximum = 0, isRange = false } = item;
  if (isRange) {
    const all = Math.min(usageMaximum - usageMinimum + 1, 1024);
    if (isArray) return Array.from({ length: all }, (_, nth) => usageMinimum + nth);
    return [Math.min(usageMinimum + slot, usageMaximum)];
  }
  if (isArray) return usages;
  // Further slots than usages repeat the last.
  const one = usages[slot] ?? usages.at(-1);
  return one === undefined ? [] : [one];
}

function bitsAt(report: DataView, { at, size }: Field): number {
  let value = 0;
  for (let bit = 0; bit < Math.min(size, 32); bit++) {
    const place = at + bit;
    if (place >= 8 * report.byteLength) break;
    if (((report.getUint8(place >> 3) >> (place & 7)) & 1) === 1) value += 2 ** bit;
  }
  return value;
}

function setBits(data: Uint8Array, at: number, value: number): void {
  for (let bit = 0; 2 ** bit <= value; bit++) {
    const place = at + bit;
    const before = data[place >> 3];
    if (before === undefined || ((value >> bit) & 1) === 0) continue;
    data[place >> 3] = before | (1 << (place & 7));
  }
}

const includes = (usages: readonly number[], usage: number) => usages.includes(usage);
