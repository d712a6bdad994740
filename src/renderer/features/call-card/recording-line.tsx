import { t } from '../../../shared/i18n/i18n.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { act } from '../../state/requests.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './recording-line.module.css';

/** What the agent has to know of the call's recording, and can do about it. */
export function RecordingLine({ call, now }: { call: LiveCall; now: number }) {
  const { id: callId, recording, account } = call;
  const state = recording?.state;
  const isPaused = state?.step === 'paused';
  // In the page from the start of a call that may be recorded, so that it is spoken; not at all in others.
  if (!recording && (account.recorded ?? 'off') === 'off') return null;
  const isShown = state !== undefined && state.step !== 'over';
  return (
    <section className={isShown ? css.line : css.none} aria-label={t('recorder.title')}>
      <output className={classOf(state?.step)}>
        {state?.step === 'failed' && <Icon name="warning" size={16} />}
        {state && isShown && wordsOf(state)}
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
    </section>
  );
}

/** REC says it, and while paused the time that is left; only screen readers need words. */
function classOf(step: string | undefined): string | undefined {
  if (step === 'on' || step === 'paused') return 'visually-hidden';
  if (step === 'failed') return css.failed;
  return step === 'asking' ? css.asking : css.words;
}

function wordsOf(state: NonNullable<LiveCall['recording']>['state']): string {
  if (state.step === 'failed') return t(`recorder.failures.${state.why}`);
  return state.step === 'over' ? '' : t(`recorder.steps.${state.step}`);
}
