import { changesBetween, type DeviceChange } from '../../shared/devices/changes.ts';
import {
  type DeviceRole,
  deviceRoles,
  type KnownDevice,
  preferred,
  refreshed,
} from '../../shared/devices/preference.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { FoundDevices } from './devices.ts';

/** The device to use for each role. */
export type OpenDevices = Readonly<Record<DeviceRole, OpenDevice>>;

export interface OpenDevice {
  /** Empty: the system default. */
  id: string;
  /** Changes whenever the device must be reopened, even under the same id. */
  key: string;
}

/** Which kind of device a role needs. */
export const kinds = {
  microphone: 'audioinput',
  speaker: 'audiooutput',
  ringer: 'audiooutput',
} as const;

/** The setting that holds the order of preference of a role. */
export const orderSettings = {
  microphone: 'microphones',
  speaker: 'speakers',
  ringer: 'ringers',
} as const;

export interface DeviceSelectionPorts {
  find: () => Promise<FoundDevices>;
  /** `labels`: of the devices; empty for the system's default. */
  use: (devices: OpenDevices, labels: Readonly<Record<DeviceRole, string>>) => void;
  /** Devices came or went, and others are used because of it. */
  notify: (changes: readonly DeviceChange[]) => void;
  /** Ids or names of remembered devices are others now. */
  update: (role: DeviceRole, order: readonly KnownDevice[]) => void;
  /** Ms, monotonic. */
  now: () => number;
  /** Calls back after a while, in ms. */
  later: (task: () => void, ms: number) => void;
  /**
   * How long the browser keeps an output open after its last sound, in ms. On Linux the sound server
   * moves such a stream to another device when its own goes, and a new sound would be played there;
   * 0 where none is left there.
   */
  lingerMs: () => number;
}

type Orders = Readonly<Record<DeviceRole, readonly KnownDevice[]>>;

/**
 * The browser reports each plug up to three times within this time, in ms. The same list after a
 * longer time means that a device went and came back unseen.
 */
const ONE_PLUG_MS = 1000;

/** Chromium closes an output 5 s after its last sound, and a busy machine switches late. */
const LINGER_MS = 8000;

/** See {@link DeviceSelectionPorts.lingerMs}. Elsewhere a stream ends with its device. */
export function lingerOf(platform: string): number {
  return platform.startsWith('Linux') ? LINGER_MS : 0;
}

const DEFAULT = { id: '', label: '', rank: Infinity };

/** Uses the best of the agent's devices that is present, as devices come and go. */
export class DeviceSelection {
  #orders: Orders | undefined;
  #found: FoundDevices | undefined;
  #used = { microphone: DEFAULT, speaker: DEFAULT, ringer: DEFAULT };
  /** Counts changes that left the same devices in place: one was unplugged and plugged back in. */
  #again = 0;
  #readAt = -Infinity;
  /** By id: outputs in use that were unplugged. */
  readonly #goneAt = new Map<string, number>();
  #lastOpened = '';
  readonly #ports: DeviceSelectionPorts;

  constructor(ports: DeviceSelectionPorts) {
    this.#ports = ports;
  }

  /** Applies the orders of preference from the settings. */
  choose({ microphones, speakers, ringers }: DeviceSettings): void {
    const orders = { microphone: microphones, speaker: speakers, ringer: ringers };
    if (JSON.stringify(orders) === JSON.stringify(this.#orders)) return;
    this.#orders = orders;
    this.#apply();
  }

  /** Reads the devices, at the start and after each change. */
  async refresh(): Promise<void> {
    const found = await this.#ports.find();
    const before = this.#used;
    const isFirst = this.#found === undefined;
    const now = this.#ports.now();
    const same = JSON.stringify(found) === JSON.stringify(this.#found);
    const isAwaited = this.#goneAt.size > 0;
    if (same && !isAwaited && now - this.#readAt > ONE_PLUG_MS) this.#again += 1;
    this.#readAt = now;
    this.#noteGone(found, now);
    this.#found = found;
    this.#apply();
    if (isFirst || this.#orders === undefined) return;
    const changes = changesBetween(before, this.#used);
    if (changes.length > 0) this.#ports.notify(changes);
  }

  /** Outputs that are gone are used again only when nothing lingers of them. */
  #noteGone(found: FoundDevices, now: number): void {
    const { later } = this.#ports;
    const lingerMs = this.#ports.lingerMs();
    if (lingerMs === 0) return this.#goneAt.clear();
    const ids = new Set(found.devices.map(({ id }) => id));
    for (const { id, kind } of this.#found?.devices ?? []) {
      if (kind !== 'audiooutput' || ids.has(id)) continue;
      const isUsed = [this.#used.speaker.id, this.#used.ringer.id].includes(id);
      if (isUsed) this.#goneAt.set(id, now);
    }
    for (const id of ids) {
      const goneAt = this.#goneAt.get(id);
      if (goneAt === undefined) continue;
      const left = goneAt + lingerMs - now;
      if (left <= 0) this.#goneAt.delete(id);
      else later(() => void this.refresh(), left + 1);
    }
  }

  #apply(): void {
    const orders = this.#orders;
    if (!orders) return;
    const opened = {
      microphone: this.#open('microphone', orders.microphone),
      speaker: this.#open('speaker', orders.speaker),
      ringer: this.#open('ringer', orders.ringer),
    };
    const next = JSON.stringify(opened);
    if (next !== this.#lastOpened) {
      this.#lastOpened = next;
      const { microphone, speaker, ringer } = this.#used;
      this.#ports.use(opened, {
        microphone: microphone.label,
        speaker: speaker.label,
        ringer: ringer.label,
      });
    }
    if (!this.#found) return;
    for (const role of deviceRoles) {
      const now = refreshed(orders[role], this.#present(role));
      if (JSON.stringify(now) !== JSON.stringify(orders[role])) this.#ports.update(role, now);
    }
  }

  #open(role: DeviceRole, order: readonly KnownDevice[]): OpenDevice {
    if (!this.#found) {
      // Until the devices are read: the best one, which is usually there.
      const id = order[0]?.id ?? '';
      return { id, key: id };
    }
    const best = preferred(order, this.#present(role));
    this.#used = {
      ...this.#used,
      [role]: best ? { id: best.device.id, label: best.device.label, rank: best.rank } : DEFAULT,
    };
    const id = best?.device.id ?? '';
    const which = best ? id : `default ${this.#found.defaults[kinds[role]]}`;
    return { id, key: `${which} ${this.#again}` };
  }

  #present(role: DeviceRole) {
    return (this.#found?.devices ?? []).filter(
      ({ id, kind }) => kind === kinds[role] && !this.#goneAt.has(id),
    );
  }
}

type DeviceSettings = Pick<Settings, 'microphones' | 'speakers' | 'ringers'>;
