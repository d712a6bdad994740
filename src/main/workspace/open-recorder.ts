import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { callHash } from '../../sqlite/call-hash.ts';
import { recordingKeyOf } from '../../recording/keys.ts';
import type { CallService } from '../calls/call-service.ts';
import { ownCall } from '../calls/event-router/context.ts';
import { SafeRecordings } from '../db/storage/safe-recordings.ts';
import type { Storage } from '../db/storage/storage.ts';
import type { Numbers } from '../numbers/numbers.ts';
import { Announcements, type AnnouncementsPorts } from '../recorder/announcements.ts';
import { CallRecorder } from '../recorder/call-recorder.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import { answerOfVerdict } from '../team/team-requests.ts';
import type { WorkspacePorts } from './workspace.ts';

export interface RecorderPorts {
  workspace: WorkspacePorts;
  calls: CallService;
  numbers: Numbers;
  relay: RelayClient | undefined;
  storage: Storage;
  self: () => { name: string };
  /** Where the relay serves what customers of a number hear before a recording. */
  announcementAddress: AnnouncementsPorts['address'];
}

/** Where this console writes its recordings. */
export function recordingsFolder(database: string): string {
  return join(dirname(database), 'recordings');
}

/** Records calls from now on, and follows those that the relay records. */
export function openRecorder(ports: RecorderPorts): CallRecorder {
  const { calls, numbers, relay, self, storage } = ports;
  const recordings = new SafeRecordings(storage);
  const { clock, log, media, database, databaseKeys = [] } = ports.workspace;
  const [secret] = databaseKeys;
  const announcements = new Announcements({
    hashOf: (accountId) => relay?.announcementOf(accountId),
    address: ports.announcementAddress,
    fetch: ports.workspace.transport.fetch,
    log,
  });
  const recorder = new CallRecorder({
    policyOf: numbers.recordingPolicy,
    key: secret === undefined ? undefined : recordingKeyOf(secret),
    folder: recordingsFolder(database),
    media,
    find: (callId) => calls.find(callId),
    report: (callId, event) => calls.handleRecorder(callId, event),
    async askRelay(callId, ask) {
      return answerOfVerdict(
        (await relay?.relayedApi.record(callId, ask)) ?? { kind: 'unreachable' },
      );
    },
    announcementOf: (accountId) => announcements.of(accountId),
    isHeld({ id, accountId, providerCallId }) {
      const known = recordings.of(id).some(({ legalHold }) => legalHold);
      if (known || providerCallId === undefined) return known;
      return recordings.holds().includes(callHash(accountId, providerCallId));
    },
    agent: () => self().name,
    clock,
    newId: randomUUID,
    log,
  });
  calls.on('changed', recorder.handleCall);
  relay?.on('call', ({ callId, recording }) => {
    if (!recording) return;
    const own = ownCall(calls.live(), callId);
    if (own) calls.handleRecorder(own.id, { from: 'recorder', kind: 'recording', recording });
  });
  return recorder;
}
