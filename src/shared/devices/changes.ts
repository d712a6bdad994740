import { type DeviceRole, deviceRoles } from './preference.ts';

/** The device that a role uses. */
interface UsedDevice {
  /** Empty: the system's default. */
  id: string;
  label: string;
  /** Its place in the order of preference; Infinity for the system's default. */
  rank: number;
}

export type UsedDevices = Readonly<Record<DeviceRole, UsedDevice>>;

/** A device came or went, and other roles use another one because of it. */
export interface DeviceChange {
  what: 'lost' | 'back';
  /** The device that came or went. */
  label: string;
  roles: readonly DeviceRole[];
  /** What is used now; empty: the system's default. */
  now: string;
}

/** What plugging or unplugging changed, the roles of one device together. */
export function changesBetween(before: UsedDevices, now: UsedDevices): readonly DeviceChange[] {
  return merged(
    deviceRoles.flatMap((role): DeviceChange[] => {
      const [was, is] = [before[role], now[role]];
      if (was.rank === is.rank) return [];
      const what = is.rank > was.rank ? 'lost' : 'back';
      const label = what === 'lost' ? was.label : is.label;
      return [{ what, label, roles: [role], now: is.label }];
    }),
  );
}

/**
 * Changes that follow each other at once, as one headset's microphone and speaker do: those of the
 * same device together, and none of a role that changed again.
 */
export function merged(changes: readonly DeviceChange[]): readonly DeviceChange[] {
  const last = new Map<DeviceRole, DeviceChange>();
  for (const change of changes) for (const role of change.roles) last.set(role, change);
  const together = new Map<string, DeviceChange>();
  for (const [role, { what, label, now }] of last) {
    const key = JSON.stringify([what, label, now]);
    const roles = [...(together.get(key)?.roles ?? []), role];
    together.set(key, { what, label, now, roles });
  }
  return [...together.values()];
}
