import type { Hid, HidDevice, HidInput } from '../../src/renderer/media/headset.ts';
import type { HidCollection, HidReportItem } from '../../src/shared/headset/hid.ts';

interface Report {
  reportId: number;
  items: HidReportItem[];
}

interface Collection extends HidCollection {
  inputReports: Report[];
  outputReports: Report[];
}

/**
 * What Chromium makes of a report descriptor (HID 1.11, section 6.2.2): each top-level collection
 * has the reports of all that is in it, and a usage gets the page that holds when its item ends.
 */
function collectionsOf(descriptor: readonly number[]): readonly HidCollection[] {
  const top: Collection[] = [];
  let depth = 0;
  const global = { page: 0, min: 0, size: 0, count: 0, id: 0 };
  let local: { usages: number[]; from: number | undefined; to: number | undefined } = {
    usages: [],
    from: undefined,
    to: undefined,
  };
  const paged = (usage: number) => (usage > 0xffff ? usage : global.page * 0x1_0000 + usage);
  for (let at = 0; at < descriptor.length;) {
    const head = descriptor[at] ?? 0;
    const length = [0, 1, 2, 4][head & 3] ?? 0;
    let value = 0;
    for (let byte = length; byte > 0; byte--) value = value * 256 + (descriptor[at + byte] ?? 0);
    at += 1 + length;
    const collection = top.at(-1);
    switch (head & 0xfc) {
      case 0x04:
        global.page = value;
        break;
      case 0x14:
        global.min = value;
        break;
      case 0x74:
        global.size = value;
        break;
      case 0x84:
        global.id = value;
        break;
      case 0x94:
        global.count = value;
        break;
      case 0x08:
        local.usages.push(value);
        break;
      case 0x18:
        local.from = value;
        break;
      case 0x28:
        local.to = value;
        break;
      case 0xa0: {
        const [usage = 0] = local.usages;
        if (depth++ === 0) {
          top.push({ usagePage: global.page, usage, inputReports: [], outputReports: [] });
        }
        local = { usages: [], from: undefined, to: undefined };
        break;
      }
      case 0xc0:
        depth--;
        break;
      case 0x80:
      case 0x90: {
        const isRange = local.from !== undefined;
        const item: HidReportItem = {
          isRange,
          usages: local.usages.map(paged),
          ...(isRange && {
            usageMinimum: paged(local.from ?? 0),
            usageMaximum: paged(local.to ?? 0),
          }),
          isArray: (value & 2) === 0,
          isAbsolute: (value & 4) === 0,
          logicalMinimum: global.min,
          reportSize: global.size,
          reportCount: global.count,
        };
        const reports =
          (head & 0xfc) === 0x80 ? collection?.inputReports : collection?.outputReports;
        const report = reports?.find(({ reportId }) => reportId === global.id);
        if (report) report.items.push(item);
        else reports?.push({ reportId: global.id, items: [item] });
        local = { usages: [], from: undefined, to: undefined };
        break;
      }
      default:
        break;
    }
  }
  return top;
}

/** A headset that a test presses. */
export class FakeHidDevice implements HidDevice {
  opened = false;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  /** What it was sent, as `id: bytes in binary`. */
  readonly sent: string[] = [];
  refuses = false;
  readonly #listeners = new Set<(event: HidInput) => void>();

  constructor(productName: string, descriptor: readonly number[]) {
    this.productName = productName;
    this.collections = collectionsOf(descriptor);
  }

  async open(): Promise<void> {
    if (this.refuses) throw new DOMException('Failed to open the device.', 'NotAllowedError');
    this.opened = true;
  }

  async close(): Promise<void> {
    this.opened = false;
  }

  async sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.opened) throw new DOMException('The device must be opened first.');
    const bytes = [...data].map((byte) => byte.toString(2).padStart(8, '0'));
    this.sent.push(`${reportId}: ${bytes.join(' ')}`);
  }

  addEventListener(_: 'inputreport', listener: (event: HidInput) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: 'inputreport', listener: (event: HidInput) => void): void {
    this.#listeners.delete(listener);
  }

  press(reportId: number, ...bytes: number[]): void {
    const data = new DataView(Uint8Array.from(bytes).buffer);
    for (const listener of this.#listeners) listener({ reportId, data });
  }
}

/** `navigator.hid` with devices that come and go. */
export class FakeHid implements Hid {
  readonly granted: FakeHidDevice[] = [];
  readonly offered: FakeHidDevice[] = [];
  readonly #listeners = { connect: new Set<Plugged>(), disconnect: new Set<Plugged>() };

  async getDevices(): Promise<readonly HidDevice[]> {
    return this.granted;
  }

  async requestDevice({
    filters,
  }: Parameters<Hid['requestDevice']>[0]): Promise<readonly HidDevice[]> {
    const fits = this.offered.filter(({ collections }) =>
      collections.some((one) => filters.some(({ usagePage }) => usagePage === one.usagePage)),
    );
    this.granted.push(...fits);
    return fits;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: Plugged): void {
    this.#listeners[type].add(listener);
  }

  plug(type: 'connect' | 'disconnect', device: FakeHidDevice): void {
    for (const listener of this.#listeners[type]) listener({ device });
  }
}

type Plugged = (event: { device: HidDevice }) => void;
