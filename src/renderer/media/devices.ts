/** A microphone or an output of this machine. */
export interface AudioDevice {
  id: string;
  kind: 'audioinput' | 'audiooutput';
  label: string;
}

/** The audio devices that are there now, without Chromium's aliases for the default ones. */
export async function listDevices(): Promise<readonly AudioDevice[]> {
  const found: AudioDevice[] = [];
  let devices: readonly MediaDeviceInfo[];
  try {
    devices = await navigator.mediaDevices.enumerateDevices();
  } catch {
    return [];
  }
  for (const { deviceId, kind, label } of devices) {
    if (kind === 'videoinput') continue;
    if (deviceId === '' || deviceId === 'default' || deviceId === 'communications') continue;
    found.push({ id: deviceId, kind, label: label || deviceId.slice(0, 8) });
  }
  return found;
}

/** Calls back when a device comes or goes. The returned function ends that. */
export function watchDevices(changed: () => void): () => void {
  const { mediaDevices } = navigator;
  mediaDevices.addEventListener('devicechange', changed);
  return () => mediaDevices.removeEventListener('devicechange', changed);
}
