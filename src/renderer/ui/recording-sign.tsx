import { t } from '../../shared/i18n/i18n.ts';
import type { RecordingState } from '../../shared/recording/state.ts';
import { classes } from '../lib/classes.ts';
import css from './recording-sign.module.css';

/** What is shown of a recording: what it does, or that there will be one once the call is taken. */
export type ShownRecording = RecordingState['step'] | 'will-be';

const looks: Readonly<Record<ShownRecording, 'on' | 'paused' | 'coming' | undefined>> = {
  on: 'on',
  paused: 'paused',
  announcing: 'coming',
  asking: 'coming',
  'will-be': 'coming',
  over: undefined,
  failed: undefined,
};

/** The sign of a call that is recorded; nothing for one that is not. */
export function RecordingSign({ shown }: { shown: ShownRecording | undefined }) {
  const look = shown && looks[shown];
  if (shown === undefined || look === undefined) return null;
  const text = t(`recorder.signs.${look}`);
  return (
    <span className={classes(css.sign, css[look])} title={t(`recorder.signNotes.${look}`)}>
      <span className={css.dot} aria-hidden="true" />
      {text}
    </span>
  );
}
