import type { KnownDevice } from '../../shared/devices/preference.ts';

/** A microphone or an audio output. */
export interface AudioDevice extends KnownDevice {
  kind: 'audioinput' | 'audiooutput';
}

/** Current audio devices without Chromium's aliases, and the system defaults. */
export interface FoundDevices {
  devices: readonly AudioDevice[];
  /** Identifies each kind's default device, for comparison only. */
  defaults: Readonly<Record<AudioDevice['kind'], string>>;
  /** Number of other devices. */
  others: number;
}

const NONE: FoundDevices = {
  devices: [],
  defaults: { audioinput: '', audiooutput: '' },
  others: 0,
};

/** Current audio devices; none if they cannot be read. */
export async function findDevices(): Promise<FoundDevices> {
  let all: readonly MediaDeviceInfo[];
  try {
    all = await navigator.mediaDevices.enumerateDevices();
  } catch {
    return NONE;
  }
  const devices: AudioDevice[] = [];
  const defaults = { ...NONE.defaults };
  for (const { deviceId, groupId, kind, label } of all) {
    if (kind === 'videoinput') continue;
    if (deviceId === 'default') defaults[kind] = `${groupId} ${label}`;
    if (!isAlias(deviceId))
      devices.push({ id: deviceId, kind, label: label || deviceId.slice(0, 8), group: groupId });
  }
  const others = all.filter(({ kind }) => kind === 'videoinput').length;
  return { devices, defaults, others };
}

/** Whether the id is one of Chromium's names for the system default. */
function isAlias(deviceId: string): boolean {
  return deviceId === '' || deviceId === 'default' || deviceId === 'communications';
}

/** Calls back when a device is added or removed. @returns stops watching */
export function watchDevices(changed: () => void): () => void {
  const { mediaDevices } = navigator;
  mediaDevices.addEventListener('devicechange', changed);
  plugs.add(changed);
  return () => {
    mediaDevices.removeEventListener('devicechange', changed);
    plugs.delete(changed);
  };
}

const plugs = new Set<() => void>();
let mainReturnsSound = false;

/** Whether main returns what plays to an output that is plugged in again, as far as is known. */
export function soundReturns(): boolean {
  return mainReturnsSound;
}

/**
 * The system's sound server has another device. On Linux Chromium itself notices only what udev
 * reports: no Bluetooth headset, and nothing of a remote desktop.
 */
export function handlePlugged(returnsSound: boolean): void {
  mainReturnsSound = returnsSound;
  for (const changed of plugs) changed();
}
