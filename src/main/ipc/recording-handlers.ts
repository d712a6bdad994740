import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';

type Recordings = Pick<Handlers, Extract<keyof Handlers, `recordings.${string}`>>;

/** Requests about recordings; see `../recordings`. */
export function createRecordingHandlers(workspace: () => Workspace): Recordings {
  const recordings = () => workspace().recordings;
  return {
    'recordings.peaks': ({ recordingId }) => ({ peaks: recordings().peaks(recordingId) }),
    'recordings.set-peaks': ({ recordingId, peaks, seconds }) => {
      recordings().setPeaks(recordingId, peaks, seconds);
      return null;
    },
    'recordings.listened': ({ recordingId, fromMs, toMs }) => {
      recordings().listened(recordingId, fromMs, toMs);
      return null;
    },
    'recordings.retry': ({ recordingId }) => {
      recordings().retry(recordingId);
      return null;
    },
    'recordings.hold': ({ callId, on }) => {
      recordings().hold(callId, on);
      return null;
    },
  };
}
