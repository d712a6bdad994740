import { expect, test } from 'vitest';
import { Supervision } from '../../../../src/main/team/supervision.ts';
import type { MediaCommand } from '../../../../src/shared/ipc/events.ts';
import { FakeRelayedApi } from '../../../fakes/relayed-api.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { settled } from '../../../helpers/until.ts';

const KEY = 'supervise/c1';

function fixture() {
  const relayedApi = new FakeRelayedApi();
  const media: MediaCommand[] = [];
  const supervision = new Supervision({
    media: (command) => media.push(command),
    relayedApi,
    iceServers: () => [],
    clock: new FakeClock(),
    changed: () => undefined,
  });
  return { relayedApi, media, supervision, did: () => media.map((command) => command.do) };
}

/** Listening, with the leg opened. */
async function listening() {
  const opened = fixture();
  const answer = opened.supervision.set('c1', 'listen');
  opened.supervision.handleMediaReport(KEY, { kind: 'offer-ready', sdp: 'leg' });
  return { ...opened, answer: await answer };
}

test('opens a leg, asks the relay, then hears the call with the microphone muted', async () => {
  const { relayedApi, media, supervision, answer } = await listening();
  expect(answer.ok).toBe(true);
  expect(relayedApi.asked).toEqual(['leg c1 leg', 'supervise c1 listen']);
  expect(media.map((command) => command.do)).toEqual(['offer', 'apply-answer', 'mute', 'live']);
  expect(media).toContainEqual({ do: 'mute', callId: KEY, muted: true });
  expect(supervision.modeOf('c1')).toBe('listen');
});

test('whispering unmutes the microphone on the same leg', async () => {
  const { relayedApi, media, supervision } = await listening();
  await supervision.set('c1', 'whisper');
  expect(media.at(-1)).toEqual({ do: 'mute', callId: KEY, muted: false });
  expect(relayedApi.asked.filter((asked) => asked.startsWith('leg'))).toHaveLength(1);
});

test('stopping closes the leg and tells the relay', async () => {
  const { relayedApi, supervision, did } = await listening();
  await supervision.set('c1', 'off');
  expect(did().at(-1)).toBe('close');
  expect(relayedApi.asked.at(-1)).toBe('supervise c1 off');
  expect(supervision.modeOf('c1')).toBe('off');
});

test('reports a refusal, and nothing is heard', async () => {
  const { relayedApi, supervision, did } = fixture();
  relayedApi.verdict = { kind: 'refused', why: 'role' };
  const answer = supervision.set('c1', 'listen');
  supervision.handleMediaReport(KEY, { kind: 'offer-ready', sdp: 'leg' });
  expect(await answer).toMatchObject({ ok: false, error: { details: ['role'] } });
  expect(did()).not.toContain('live');
});

test('says that it is the supervisor who takes no calls', async () => {
  const { relayedApi, supervision } = fixture();
  relayedApi.verdict = { kind: 'refused', why: 'restricted' };
  const refused = { ok: false, error: { details: ['takes-none'] } };
  expect(await supervision.takeOver('c1')).toMatchObject(refused);
  const answer = supervision.set('c1', 'barge');
  supervision.handleMediaReport(KEY, { kind: 'offer-ready', sdp: 'leg' });
  expect(await answer).toMatchObject(refused);
});

test('the end of the call ends supervision, also while it is connecting', async () => {
  const { supervision } = fixture();
  const answer = supervision.set('c1', 'listen');
  supervision.end('another');
  supervision.end('c1');
  await settled();
  expect(await answer).toMatchObject({ ok: false, error: { code: 'too-late' } });
});
