import { isRecordingOpen, type CallRecording } from '../recording/state.ts';
import type { FromRecorder } from './events.ts';
import { isLive, type Call } from './model.ts';
import { changed, ignored, type Step } from './step.ts';

/** What a recorder says of a call's recording; in every phase and on every path alike. */
export function recorderSays<C extends Call>(call: C, { recording }: FromRecorder): Step<C> {
  if (!isLive(call) && isRecordingOpen(recording)) return ignored('the call is over');
  if (isSame(call.recording, recording)) return ignored('already so');
  return changed({ ...call, recording });
}

/** The app was gone, and its recorder with it. What it had written is in the file. */
export function recorderGone<C extends Call>(call: C): C {
  const { recording } = call;
  // The relay goes on without us.
  if (!recording || recording.by !== 'console' || !isRecordingOpen(recording)) return call;
  return { ...call, recording: { ...recording, state: { step: 'over' } } };
}

function isSame(before: CallRecording | undefined, now: CallRecording): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now);
}
