/** What a device is used for: to speak, to listen, and to ring. */
export const deviceRoles = ['microphone', 'speaker', 'ringer'] as const;
export type DeviceRole = (typeof deviceRoles)[number];

/** A device that the agent chose once. Ids can change; label and group then tell it again. */
export interface KnownDevice {
  /** MediaDevices id. */
  id: string;
  label: string;
  /** Shared by the inputs and outputs of one machine part, e.g. of a headset. */
  group: string;
}

/** As many devices as anybody carries between desks. */
const REMEMBERED = 8;

/** The order after the agent chose a device: the chosen one is the best from now on. */
export function remember(
  order: readonly KnownDevice[],
  device: KnownDevice,
): readonly KnownDevice[] {
  return [device, ...order.filter((known) => !isSame(known, device))].slice(0, REMEMBERED);
}

/** Moves a device up (-1) or down (1) in the order. */
export function move(
  order: readonly KnownDevice[],
  index: number,
  by: -1 | 1,
): readonly KnownDevice[] {
  const device = order[index];
  const to = index + by;
  if (device === undefined || to < 0 || to >= order.length) return order;
  return order.toSpliced(index, 1).toSpliced(to, 0, device);
}

/** The best device of the order that is present, as it is now; undefined is the system's default. */
export function preferred<Device extends KnownDevice>(
  order: readonly KnownDevice[],
  present: readonly Device[],
): { device: Device; rank: number } | undefined {
  for (const [rank, device] of matches(order, present).entries()) {
    if (device !== undefined) return { device, rank };
  }
  return undefined;
}

/**
 * The devices of the order as they are present: each by its id, else by label and group, else by
 * label. None stands for two.
 */
export function matches<Device extends KnownDevice>(
  order: readonly KnownDevice[],
  present: readonly Device[],
): readonly (Device | undefined)[] {
  const free = new Set(present);
  const found: (Device | undefined)[] = order.map(() => undefined);
  const rules: readonly ((known: KnownDevice, device: Device) => boolean)[] = [
    (known, device) => device.id === known.id,
    (known, device) => sameLabel(known, device) && device.group === known.group,
    sameLabel,
  ];
  for (const isMatch of rules) {
    for (const [rank, known] of order.entries()) {
      if (found[rank] !== undefined) continue;
      const device = [...free].find((one) => isMatch(known, one));
      if (device === undefined) continue;
      found[rank] = device;
      free.delete(device);
    }
  }
  return found;
}

/** The order with the present ids, labels and groups of its devices. */
export function refreshed(
  order: readonly KnownDevice[],
  present: readonly KnownDevice[],
): readonly KnownDevice[] {
  const now = matches(order, present);
  return order.map((known, rank) => {
    const { id, label, group } = now[rank] ?? known;
    return { id, label: label === '' ? known.label : label, group };
  });
}

function sameLabel(one: KnownDevice, other: KnownDevice): boolean {
  return one.label !== '' && one.label === other.label;
}

function isSame(one: KnownDevice, other: KnownDevice): boolean {
  return one.id === other.id || (sameLabel(one, other) && one.group === other.group);
}
