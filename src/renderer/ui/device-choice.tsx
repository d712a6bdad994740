import { useEffect, useState } from 'react';
import { type AudioDevice, listDevices, watchDevices } from '../media/devices.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';

interface DeviceChoiceProps {
  kind: AudioDevice['kind'];
  label: string;
  /** Empty: the system's default. */
  value: string;
  onChange: (deviceId: string) => void;
}

/** One of the audio devices that are there now. A chosen one that is not there is said so. */
export function DeviceChoice({ kind, label, value, onChange }: DeviceChoiceProps) {
  const devices = useDevices().filter((device) => device.kind === kind);
  const missing = value !== '' && !devices.some((device) => device.id === value);
  const options = [
    { value: '', label: words.systemDefault },
    ...devices.map((device) => ({ value: device.id, label: device.label })),
    ...(missing ? [{ value, label: words.deviceMissing }] : []),
  ];
  return <Choice label={label} value={value} options={options} onChange={onChange} />;
}

function useDevices(): readonly AudioDevice[] {
  const [devices, setDevices] = useState<readonly AudioDevice[]>([]);
  useEffect(() => {
    let current = true;
    const read = async () => {
      const found = await listDevices();
      if (current) setDevices(found);
    };
    void read();
    const stop = watchDevices(() => void read());
    return () => {
      current = false;
      stop();
    };
  }, []);
  return devices;
}
