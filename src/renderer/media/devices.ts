/** A microphone or an output of this machine. */
export interface AudioDevice {
  id: string;
  kind: 'audioinput' | 'audiooutput';
  label: string;
}

/** The audio devices that are there now, without Chromium's aliases, and what the system takes by default. */
export interface FoundDevices {
  devices: readonly AudioDevice[];
  /** What tells one default from another; only to be compared. */
  defaults: Readonly<Record<AudioDevice['kind'], string>>;
  /** How many devices of other kinds there are. */
  others: number;
}

const NONE: FoundDevices = {
  devices: [],
  defaults: { audioinput: '', audiooutput: '' },
  others: 0,
};

/** The audio devices that are there now; none if they cannot be read. */
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
      devices.push({ id: deviceId, kind, label: label || deviceId.slice(0, 8) });
  }
  const others = all.filter(({ kind }) => kind === 'videoinput').length;
  return { devices, defaults, others };
}

/** Chromium's names for whatever the system's default is. */
export function isAlias(deviceId: string): boolean {
  return deviceId === '' || deviceId === 'default' || deviceId === 'communications';
}

/** Calls back when a device comes or goes. The returned function ends that. */
export function watchDevices(changed: () => void): () => void {
  const { mediaDevices } = navigator;
  mediaDevices.addEventListener('devicechange', changed);
  return () => mediaDevices.removeEventListener('devicechange', changed);
}
