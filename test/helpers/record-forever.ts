import { CallRecorder } from '../../src/main/recorder/call-recorder.ts';
import { recordingKeyOf } from '../../src/recording/keys.ts';
import type { Call } from '../../src/shared/call/model.ts';
import { systemClock } from '../../src/shared/lib/clock.ts';
import { NOT_RECORDED } from '../../src/shared/recording/policy.ts';

/**
 * `record-forever.ts FOLDER SECRET`: the console's recorder, given half a second of both sides every half second, as
 * from the softphone. Prints a line for each, and why nothing is recorded any more. It is killed.
 */
const [, , folder = '', secret = ''] = process.argv;
const SLICE_MS = 500;
const call: Call = {
  id: 'main/1',
  accountId: 'main',
  path: 'direct',
  direction: 'inbound',
  party: {},
  createdAt: 0,
  connectedAt: 0,
  muted: false,
  phase: { name: 'connected' },
};

const recorder: CallRecorder = new CallRecorder({
  policyOf: () => ({ ...NOT_RECORDED, by: 'console', consent: 'agent' }),
  key: recordingKeyOf(secret),
  folder,
  media(command) {
    if (command.do === 'record') speak(command.recordingId);
  },
  find: () => call,
  report(callId, { recording }) {
    call.recording = recording;
    if (recording.state.step === 'failed') process.stdout.write(`${recording.state.why}\n`);
    if (recording.state.step === 'asking') setImmediate(() => void recorder.confirm(callId));
  },
  askRelay: async () => ({ ok: true, value: null }),
  announcementOf: () => undefined,
  isHeld: () => false,
  agent: () => 'Ana',
  clock: systemClock,
  newId: () => 'killed',
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
});
recorder.handleCall(call);

function speak(recordingId: string): void {
  let atMs = 0;
  setInterval(() => {
    const bytes = new Uint8Array(2_000);
    for (const track of [0, 1]) {
      recorder.handleSound({ callId: call.id, recordingId, track, atMs, bytes });
    }
    atMs += SLICE_MS;
    process.stdout.write(`${atMs}\n`);
  }, SLICE_MS);
}
