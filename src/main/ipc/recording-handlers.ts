import { t } from '../../shared/i18n/i18n.ts';
import type { Vault } from '../credentials/vault.ts';
import { secretProblem } from '../provisioning/profile-schema.ts';
import { MACHINE_KEY } from '../recordings/machine-key.ts';
import { notOffered } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';

type Recordings = Pick<Handlers, Extract<keyof Handlers, `recordings.${string}`>>;

/** Requests about recordings; see `../recordings`. */
export function createRecordingHandlers(
  workspace: () => Workspace,
  vault: Pick<Vault, 'get' | 'put'>,
): Recordings {
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
    'recordings.machine': () => ({
      available: recordings().hasMachine,
      hasKey: vault.get(MACHINE_KEY) !== undefined,
    }),
    'recordings.write-down': async ({ recordingId, voices }) => {
      await recordings().writeDown(recordingId, voices);
      return null;
    },
    'recordings.set-machine-key': async ({ key }) => {
      const problem = secretProblem(key);
      if (problem !== undefined) throw notOffered(`${t('recordings.machine.keyOf')} ${problem}`);
      await vault.put({ [MACHINE_KEY]: key });
      return null;
    },
    'recordings.hold': async ({ callId, on }) => {
      await recordings().holds.set(callId, on);
      return null;
    },
  };
}
