import { t } from '../../shared/i18n/i18n.ts';
import { type ReactNode, useEffect, useState } from 'react';
import type { Settings } from '../../shared/ipc/model.ts';
import { type AudioDevice, findDevices, watchDevices } from '../media/devices.ts';
import { resolve } from '../media/device-selection.ts';
import { Choice } from './choice.tsx';
import css from './device-choice.module.css';

interface DeviceChoiceProps {
  kind: AudioDevice['kind'];
  label: string;
  /** Empty: the system default. */
  value: string;
  /** Its name at the time it was chosen. */
  name: string;
  onChange: (deviceId: string, name: string) => void;
}

/** Chooses one of the current audio devices. A chosen device that is missing is marked. */
export function DeviceChoice({ kind, label, value, name, onChange }: DeviceChoiceProps) {
  const devices = useDevices().filter((device) => device.kind === kind);
  const { device: chosen, missing } = resolve({ id: value, label: name }, devices);
  const options = [
    { value: '', label: t('devices.systemDefault') },
    ...devices.map((device) => ({ value: device.id, label: device.label })),
    ...(missing
      ? [{ value, label: [name, t('devices.deviceMissing')].filter(Boolean).join(': ') }]
      : []),
  ];
  return (
    <Choice
      label={label}
      value={chosen?.id ?? (missing ? value : '')}
      options={options}
      onChange={(id) => onChange(id, devices.find((device) => device.id === id)?.label ?? '')}
    />
  );
}

interface CallDevicesProps {
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
  /** Below the microphone: its level. */
  children: ReactNode;
}

/** Chooses the microphone and the speaker of calls. */
export function CallDevices({ settings, onChange, children }: CallDevicesProps) {
  return (
    <>
      <div className={css.microphone}>
        <DeviceChoice
          kind="audioinput"
          label={t('devices.microphone')}
          value={settings.microphoneId}
          name={settings.microphoneLabel}
          onChange={(microphoneId, microphoneLabel) => onChange({ microphoneId, microphoneLabel })}
        />
        {children}
      </div>
      <DeviceChoice
        kind="audiooutput"
        label={t('devices.speaker')}
        value={settings.speakerId}
        name={settings.speakerLabel}
        onChange={(speakerId, speakerLabel) => onChange({ speakerId, speakerLabel })}
      />
    </>
  );
}

function useDevices(): readonly AudioDevice[] {
  const [devices, setDevices] = useState<readonly AudioDevice[]>([]);
  useEffect(() => {
    let current = true;
    const read = async () => {
      const { devices: found } = await findDevices();
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
