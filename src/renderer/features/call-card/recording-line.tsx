import { t } from '../../../shared/i18n/i18n.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { canStopRecording, type CallRecording } from '../../../shared/recording/state.ts';
import { act } from '../../state/requests.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StopRecording } from './stop-recording.tsx';
import css from './recording-line.module.css';

/** What the agent has to know of the call's recording, and can do about it. */
export function RecordingLine({ call, now }: { call: LiveCall; now: number }) {
  const { id: callId, recording, account } = call;
  const state = recording?.state;
  const isPaused = state?.step === 'paused';
  // In the page from the start of a call that may be recorded, so that it is spoken; not at all in others.
  if (!recording && (account.recorded ?? 'off') === 'off') return null;
  const isShown = state !== undefined && wordsOf(recording) !== '';
  return (
    <section className={isShown ? css.line : css.none} aria-label={t('recorder.title')}>
      <output className={classOf(recording)}>
        {state?.step === 'failed' && <Icon name="warning" size={16} />}
        {wordsOf(recording)}
      </output>
      {isPaused && (
        <span className={css.left} role="timer">
          {t('recorder.continuesIn', {
            seconds: Math.max(0, Math.ceil((state.until - now) / 1000)),
          })}
        </span>
      )}
      {state?.step === 'asking' && (
        <GuardedButton
          icon="check"
          size="small"
          onClick={() => void act('calls.confirm-recording', { callId })}
        >
          {t('recorder.confirm')}
        </GuardedButton>
      )}
      {(isPaused || (state?.step === 'on' && recording?.by !== 'provider')) && (
        // One button for both, so that the focus stays on it.
        <GuardedButton
          icon={isPaused ? 'play' : 'pause'}
          size="small"
          onClick={() => void act('calls.pause-recording', { callId, paused: !isPaused })}
        >
          {t(isPaused ? 'recorder.continue' : 'recorder.pause')}
        </GuardedButton>
      )}
      {recording && canStopRecording(recording) && (
        <StopRecording callId={callId} isComing={state?.step === 'asking'} />
      )}
    </section>
  );
}

/** REC says it, and while paused the time that is left; only screen readers need words. */
function classOf(recording: CallRecording | undefined): string | undefined {
  const step = recording?.state.step;
  if (step === 'paused' || (step === 'on' && recording?.by !== 'provider'))
    return 'visually-hidden';
  if (step === 'failed') return css.failed;
  return step === 'asking' ? css.asking : css.words;
}

function wordsOf(recording: CallRecording | undefined): string {
  if (!recording) return '';
  const { by, state } = recording;
  switch (state.step) {
    case 'failed':
      return t(`recorder.failures.${state.why}`);
    case 'over':
      return state.stopped === undefined ? '' : t(`recorder.stopped.${state.stopped}`);
    case 'on':
      return t(by === 'provider' ? 'recorder.byProvider' : 'recorder.steps.on');
    default:
      return t(`recorder.steps.${state.step}`);
  }
}
