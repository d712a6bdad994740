import { t } from '../../../shared/i18n/i18n.ts';
import { act } from '../../state/requests.ts';
import { Button, GuardedButton } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import css from './popovers.module.css';

interface StopRecordingProps {
  callId: string;
  /** It has not begun, so there is nothing to keep. */
  isComing: boolean;
}

/** Ends the recording for the rest of the call: the customer does not want it. */
export function StopRecording({ callId, isComing }: StopRecordingProps) {
  const stop = (discard: boolean) => void act('calls.stop-recording', { callId, discard });
  if (isComing) {
    return (
      <GuardedButton icon="block" size="small" onClick={() => stop(true)}>
        {t('recorder.doNotRecord')}
      </GuardedButton>
    );
  }
  return (
    <Float
      title={t('recorder.stopTitle')}
      trigger={
        <Button icon="block" size="small">
          {t('recorder.stop')}
        </Button>
      }
    >
      <div className={css.form}>
        <p>{t('recorder.stopNote')}</p>
        <GuardedButton onClick={() => stop(false)}>{t('recorder.stopAndKeep')}</GuardedButton>
        <GuardedButton look="bad" onClick={() => stop(true)}>
          {t('recorder.stopAndDelete')}
        </GuardedButton>
      </div>
    </Float>
  );
}
