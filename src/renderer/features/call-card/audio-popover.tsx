import { t } from '../../../shared/i18n/i18n.ts';
import { useEffect, useState } from 'react';
import type { Settings } from '../../../shared/ipc/settings.ts';
import { LevelMeter } from '../../media/level-meter.ts';
import { Button } from '../../ui/button.tsx';
import { CallDevices } from '../../ui/device-choice.tsx';
import { Float } from '../../ui/float.tsx';
import { Level } from '../../ui/level.tsx';
import css from './popovers.module.css';

interface AudioPopoverProps {
  callId: string;
  settings: Settings;
  liveTrack: (callId: string) => MediaStreamTrack | undefined;
  onChange: (settings: Partial<Settings>) => void;
}

/** Chooses microphone and speaker, even during a call. */
export function AudioPopover(props: AudioPopoverProps) {
  return (
    <Float
      title={t('quality.audioDevices')}
      trigger={
        <Button icon="headset" iconOnly>
          {t('quality.audioDevices')}
        </Button>
      }
    >
      <Devices {...props} />
    </Float>
  );
}

function Devices({ callId, settings, liveTrack, onChange }: AudioPopoverProps) {
  const level = useLevel(liveTrack, callId);
  return (
    <div className={css.devices}>
      <CallDevices settings={settings} onChange={onChange}>
        <Level level={level} label={t('call.microphoneLevel')} />
      </CallDevices>
    </div>
  );
}

/** Microphone level, 0–1. After a device is swapped, its track follows a moment later. */
function useLevel(liveTrack: AudioPopoverProps['liveTrack'], callId: string): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    let meter: LevelMeter | undefined;
    let measured: MediaStreamTrack | undefined;
    const timer = setInterval(() => {
      const track = liveTrack(callId);
      if (track !== measured) {
        meter?.close();
        measured = track;
        meter = track && new LevelMeter(track);
      }
      setLevel(meter?.level() ?? 0);
    }, 80);
    return () => {
      clearInterval(timer);
      meter?.close();
    };
  }, [liveTrack, callId]);
  return level;
}
