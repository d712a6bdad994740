import type { NetworkReport } from '../devices/network.ts';
import type { DeviceRole } from '../devices/preference.ts';

/** What only the window knows: the devices, and whether it may use them. */
export interface WindowReport {
  microphonePermission: string;
  devices: readonly { kind: 'audioinput' | 'audiooutput'; label: string }[];
  /** Labels of the devices in use; empty: the system's default. */
  inUse: Readonly<Record<DeviceRole, string>>;
  headset?: { name: string; controls: readonly string[] } | undefined;
  /** The last check of the network, if there was one. */
  network?: NetworkReport | undefined;
}
