import type { Teammate } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { supervises } from '../../shared/protocol/rights.ts';
import type { Provider } from '../calls/ports.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import { SafeRecordings } from '../db/storage/safe-recordings.ts';
import type { Storage } from '../db/storage/storage.ts';
import { recordingKeyOf } from '../../recording/keys.ts';
import { Intake } from '../recordings/intake.ts';
import { LegalHolds, type LegalHoldsPorts } from '../recordings/legal-holds.ts';
import { Machine } from '../recordings/machine.ts';
import { ProviderFiles, type ProviderFilesPorts } from '../recordings/provider-files.ts';
import { RecordingFiles } from '../recordings/recording-files.ts';
import { Recordings, type RecordingsPorts } from '../recordings/recordings.ts';
import { recordingsFolder } from './open-recorder.ts';
import type { WorkspacePorts } from './workspace.ts';

const DAY_MS = 86_400_000;

interface RecordingsParts {
  workspace: WorkspacePorts;
  storage: Storage;
  callLog: SafeCallLog;
  provider: (accountId: string) => Provider | undefined;
  /** How long a number's recordings are kept, in days. */
  keepDays: (accountId: string) => number;
  placeOf: ProviderFilesPorts['placeOf'];
  relayFile: ProviderFilesPorts['relayFile'];
  self: () => Agent;
  /** This agent as the relay knows it. */
  me: () => Teammate | undefined;
  askHold: LegalHoldsPorts['ask'];
  sealMessageFiles: RecordingsPorts['sealMessageFiles'];
  released: () => void;
  changed: () => void;
}

/** Opens the recordings of a workspace, beside its database. */
export function openRecordings({
  workspace,
  storage,
  callLog,
  provider,
  keepDays,
  relayFile,
  placeOf,
  self,
  me,
  askHold,
  sealMessageFiles,
  released,
  changed,
}: RecordingsParts): Recordings {
  const { database, databaseKeys = [], transport, clock, log } = workspace;
  const store = new SafeRecordings(storage);
  const folder = recordingsFolder(database);
  const files = new RecordingFiles({ folder, keys: databaseKeys });
  const keepUntil = (accountId: string, from: number) => from + keepDays(accountId) * DAY_MS;
  const intake = new Intake({
    folder,
    keys: databaseKeys.map(recordingKeyOf),
    store,
    files,
    keepUntil,
    clock,
    log,
    changed,
  });
  const providerFiles = new ProviderFiles({
    store,
    files,
    call: (callId) => callLog.get(callId),
    provider,
    fetch: transport.fetch,
    keepUntil,
    relayFile,
    placeOf,
    clock,
    log,
    changed,
  });
  const holds = new LegalHolds({
    store,
    call: (callId) => callLog.get(callId),
    ask: askHold,
    mayHold: () => supervises(me()?.role),
    log,
    released,
    changed,
  });
  return new Recordings({
    store,
    files,
    providerFiles,
    intake,
    machine: new Machine({
      endpoint() {
        const {
          server,
          speechModel = 'whisper-1',
          summaryModel,
        } = workspace.organisation.policy.transcripts ?? {};
        return server === undefined ? undefined : { server, speechModel, summaryModel };
      },
      key: workspace.machineKey ?? (() => undefined),
      fetch: transport.fetch,
    }),
    relayUntil({ callId, startedAt = clock.now() }) {
      const accountId = callLog.get(callId)?.accountId;
      return accountId === undefined ? 0 : keepUntil(accountId, startedAt);
    },
    isWhole: () => storage.view().trouble === undefined && storage.view().setAside === undefined,
    sealMessageFiles,
    forgetOldKeys: workspace.forgetOldKeys ?? (async () => undefined),
    agent: self,
    holds,
    clock,
    log,
    changed,
  });
}
