import { t } from '../../../shared/i18n/i18n.ts';
import { Slider } from '@base-ui/react/slider';
import { useEffect, useState } from 'react';
import type { Settings } from '../../../shared/ipc/settings.ts';
import { LevelMeter } from '../../media/level-meter.ts';
import type { MediaFailure } from '../../media/failure.ts';
import type { OpenDevice } from '../../media/device-selection.ts';
import { openMicrophone } from '../../media/microphone.ts';
import { useLive } from '../../state/live.ts';
import { Button } from '../../ui/button.tsx';
import { CallDevices, DeviceChoice, DeviceOrder } from '../../ui/device-choice.tsx';
import { Level } from '../../ui/level.tsx';
import { mediaMessage } from '../../messages/media.ts';
import css from './audio-settings.module.css';

interface AudioSettingsProps {
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
  onTestRing: () => void;
}

/** Devices for calls and for the ringer, which may differ: a headset and a loudspeaker. */
export function AudioSettings({ settings, onChange, onTestRing }: AudioSettingsProps) {
  const microphone = useMicrophoneLevel(useLive(({ devices }) => devices.microphone));
  const failure = microphone.failed && mediaMessage(microphone.failed);
  return (
    <>
      <p className={css.note}>{t('devices.orderNote')}</p>
      <CallDevices settings={settings} onChange={onChange} withOrder>
        {failure ? (
          <p className={css.failure} role="alert">
            {failure.what}. {failure.next}
          </p>
        ) : (
          <Level level={microphone.level} label={t('call.microphoneLevel')} />
        )}
      </CallDevices>
      <DeviceChoice
        usedFor="ringer"
        label={t('settings.ringer')}
        settings={settings}
        onChange={onChange}
      />
      <DeviceOrder usedFor="ringer" settings={settings} onChange={onChange} />
      <div className={css.volume}>
        <Volume
          key={settings.ringerVolume}
          value={settings.ringerVolume}
          onChange={(ringerVolume) => onChange({ ringerVolume })}
        />
        <Button icon="bell" onClick={onTestRing}>
          {t('settings.testRing')}
        </Button>
      </div>
    </>
  );
}

/** Follows the pointer locally; main gets the value on release. */
function Volume({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const [shown, setShown] = useState(value);
  return (
    <Slider.Root
      className={css.slider}
      value={shown}
      min={0}
      max={1}
      step={0.05}
      onValueChange={(next) => setShown(next)}
      onValueCommitted={(next) => onChange(next)}
    >
      <Slider.Label className={css.label}>{t('settings.ringerVolume')}</Slider.Label>
      <Slider.Control className={css.control}>
        <Slider.Track className={css.track}>
          <Slider.Indicator className={css.indicator} />
          <Slider.Thumb className={css.thumb} aria-label={t('settings.ringerVolume')} />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}

function useMicrophoneLevel(device: OpenDevice): {
  level: number;
  failed: MediaFailure | undefined;
} {
  const [state, setState] = useState<{ level: number; failed: MediaFailure | undefined }>({
    level: 0,
    failed: undefined,
  });
  useEffect(() => {
    let timer: number | undefined;
    let meter: LevelMeter | undefined;
    let track: MediaStreamTrack | undefined;
    let gone = false;
    const begin = async () => {
      const microphone = await openMicrophone(device.id);
      if (!microphone.ok) {
        if (!gone) setState({ level: 0, failed: microphone.error });
        return;
      }
      if (gone) {
        microphone.value.stop();
        return;
      }
      track = microphone.value;
      const opened = new LevelMeter(track);
      meter = opened;
      timer = window.setInterval(() => setState({ level: opened.level(), failed: undefined }), 80);
    };
    void begin();
    return () => {
      gone = true;
      clearInterval(timer);
      meter?.close();
      track?.stop();
    };
  }, [device]);
  return state;
}
