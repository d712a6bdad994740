import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;
const dialled = 'out/uuid-1';
const to = '16315553602';

const createHeld = (options: Parameters<typeof createCallService>[0] = {}) =>
  createCallService({ kind: 'pilot-web', ...options });
type CallServiceFixture = ReturnType<typeof createCallService>;

async function onCall(desk: CallServiceFixture) {
  desk.say(told.announced(desk.clock.now()));
  desk.service.accept(id);
  await settled();
  return desk;
}

describe('an inbound streamed call', () => {
  test('rings at once, and is accepted without an SDP', async () => {
    const desk = createHeld();
    desk.say(told.announced(desk.clock.now()));
    expect(desk.service.live()).toMatchObject([
      { path: 'streamed', phase: { name: 'ringing', answer: { state: 'ready', sdp: '' } } },
    ]);
    expect(desk.service.accept(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(desk.coordinator.asked).toEqual([`claim ${id}`]);
    expect(desk.provider.asked).toEqual(['accept wacid.1 ']);
    expect(desk.log.get(id)?.phase.name).toBe('connected');
    expect(desk.sounds.asked).toEqual([`open ${id} wacid.1`]);
    expect(desk.media).toEqual([]);
  });

  test('is hung up at the provider, or at the relay if the relay streams it', async () => {
    const desk = await onCall(createHeld());
    expect(desk.service.hangUp(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(desk.sounds.hungUp).toEqual([id]);
    expect(desk.provider.asked).toContain('terminate wacid.1');
  });

  test('closes its sound and its softphone at the end', async () => {
    const desk = await onCall(createHeld());
    desk.clock.advance(7_000);
    desk.say(told.talked(desk.clock.now(), 7));
    expect(desk.sounds.asked).toEqual([`open ${id} wacid.1`, `close ${id}`]);
    expect(desk.sounds.hungUp).toEqual([]);
    expect(desk.media).toEqual([{ do: 'close', callId: id }]);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 7 });
  });

  test('needs no reservation, even for the sole candidate', () => {
    const desk = createHeld();
    desk.say(told.announced(desk.clock.now()));
    desk.service.handleRinging({ callId: id, agents: [], soleCandidate: true });
    expect(desk.coordinator.asked).toEqual([]);
  });

  test('ends here when somebody took it at the provider', () => {
    const desk = createHeld();
    desk.say(told.announced(desk.clock.now()));
    desk.say(told.status(desk.clock.now(), 'accepted'));
    expect(desk.history.get(id)).toMatchObject({ outcome: 'elsewhere' });
  });

  test('connects when the provider reports an accept whose answer was lost', async () => {
    const desk = createHeld();
    desk.provider.manual = true;
    desk.say(told.announced(desk.clock.now()));
    desk.service.accept(id);
    await settled();
    desk.provider.refuse('accept', { code: 'network', transient: true });
    await settled();
    expect(desk.log.get(id)?.phase).toMatchObject({
      name: 'ringing',
      lastError: { code: 'network' },
    });
    desk.say(told.status(desk.clock.now(), 'accepted'));
    expect(desk.log.get(id)?.phase.name).toBe('connected');
    expect(desk.sounds.asked).toEqual([`open ${id} wacid.1`]);
  });

  test('does not ring when announced for a number with SDPs', () => {
    const desk = createCallService({ kind: 'pilot-meta' });
    const announced: string[] = [];
    desk.service.on('announced', (...about) => announced.push(about.join(' ')));
    desk.say(told.announced(desk.clock.now()));
    expect(desk.service.live()).toEqual([]);
    expect(announced).toEqual([`${ACCOUNT} wacid.1`]);
    desk.say(told.offer(desk.clock.now()));
    expect(desk.service.live()).toMatchObject([{ phase: { name: 'ringing', offer: 'offer-sdp' } }]);
  });

  test('with two ids is one call, whichever is reported', () => {
    const desk = createHeld();
    const say = (
      event: Parameters<CallServiceFixture['say']>[0],
      providerCallId: string,
      secondaryId?: string,
    ) =>
      desk.service.handleProviderReports(ACCOUNT, [
        { accountId: ACCOUNT, providerCallId, secondaryId, event },
      ]);
    say(told.announced(desk.clock.now()), 'call_1');
    say(told.announced(desk.clock.now()), 'ext-1', 'call_1');
    expect(desk.service.live()).toMatchObject([{ providerCallId: 'call_1', secondaryId: 'ext-1' }]);
    say(told.talked(desk.clock.now(), 3), 'ext-1');
    expect(desk.service.live()).toEqual([]);
    say(told.terminated(desk.clock.now(), { recorded: true }), 'ext-1');
    expect(desk.log.get(`${ACCOUNT}/call_1`)).toMatchObject({ recorded: {} });
    expect(desk.history.list({}, undefined, 10).rows).toHaveLength(1);
  });
});

describe('an inbound call that the relay picks up', () => {
  const createRelayed = () => createCallService({ kind: 'zernio-relay' });

  test('is not answered by the relay’s pick-up', () => {
    const desk = createRelayed();
    desk.say(told.announced(desk.clock.now()));
    desk.say(told.status(desk.clock.now(), 'accepted'));
    expect(desk.log.get(id)).toMatchObject({ mediaServer: 'relay', phase: { name: 'ringing' } });
    desk.clock.advance(20_000);
    desk.say(told.talked(desk.clock.now(), 20));
    expect(desk.history.get(id)).toMatchObject({ outcome: 'missed', talkSeconds: undefined });
  });

  test('is not answered by a pick-up after it rang out', () => {
    const desk = createRelayed();
    desk.say(told.announced(desk.clock.now()));
    desk.clock.advance(60_000);
    desk.say(told.status(desk.clock.now(), 'accepted'));
    desk.say(told.talked(desk.clock.now(), 60));
    expect(desk.history.get(id)).toMatchObject({ outcome: 'missed' });
  });

  test('counts talk from our accept', async () => {
    const desk = createRelayed();
    desk.say(told.announced(desk.clock.now()));
    desk.clock.advance(20_000);
    desk.service.accept(id);
    await settled();
    expect(desk.sounds.asked).toEqual([`open ${id} wacid.1`]);
    desk.clock.advance(10_000);
    desk.say(told.talked(desk.clock.now(), 30));
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 10 });
  });

  test('an outbound call there may still be taken elsewhere', async () => {
    const desk = createRelayed();
    desk.service.dial({ accountId: ACCOUNT, to, forwardTo: 'tel:+4930123456' });
    desk.service.dial({ accountId: ACCOUNT, to: '4915112345' });
    await settled();
    expect(desk.service.live()).toMatchObject([
      { path: 'external', forwardTo: 'tel:+4930123456' },
      { path: 'streamed', mediaServer: 'relay', phase: { name: 'calling' } },
    ]);
  });
});

describe('an outbound streamed call', () => {
  async function calling(options?: Parameters<typeof createHeld>[0]) {
    const desk = createHeld(options);
    expect(desk.service.dial({ accountId: ACCOUNT, to })).toMatchObject({ ok: true });
    await settled();
    return desk;
  }

  test('prepares nothing, and opens sound when answered', async () => {
    const desk = await calling();
    expect(desk.provider.asked).toEqual([`place ${to}  ringdesk:${dialled}`]);
    expect(desk.log.get(dialled)?.phase.name).toBe('calling');
    desk.say(told.status(desk.clock.now(), 'ringing'), 'wacid.placed');
    expect(desk.sounds.asked).toEqual([]);
    desk.say(told.status(desk.clock.now(), 'accepted'), 'wacid.placed');
    desk.say(told.status(desk.clock.now(), 'accepted'), 'wacid.placed');
    expect(desk.log.get(dialled)?.phase.name).toBe('connected');
    expect(desk.sounds.asked).toEqual([`open ${dialled} wacid.placed`]);
    expect(desk.media).toEqual([]);
  });

  test('ends unanswered', async () => {
    const desk = await calling();
    desk.clock.advance(90_000);
    await settled();
    expect(desk.log.get(dialled)?.phase).toMatchObject({ reason: { kind: 'unanswered' } });
    expect(desk.provider.asked.at(-1)).toBe('terminate wacid.placed');
  });

  test('plays a sound file', async () => {
    const desk = await calling();
    const url = 'https://example.org/hello.mp3';
    expect(await desk.service.play(dialled, url)).toEqual({ ok: true, value: null });
    expect(desk.provider.asked.at(-1)).toBe(`play wacid.placed ${url}`);
    expect(await desk.service.play('nobody', url)).toMatchObject({
      error: { code: 'no-such-call' },
    });
  });

  test('shows the agent the provider’s objection', async () => {
    const desk = await calling();
    desk.provider.manual = true;
    const asked = desk.service.play(dialled, 'https://example.org/hello.mp3');
    desk.provider.refuse('play', { code: 'FEATURE_NOT_SUPPORTED', message: 'not this number' });
    expect(await asked).toMatchObject({
      error: {
        code: 'provider',
        message: 'not this number',
        provider: { code: 'FEATURE_NOT_SUPPORTED' },
      },
    });
  });
});

describe('a streamed call survives window and app', () => {
  test('opens its sound again, still muted, after a lost window', async () => {
    const desk = await onCall(createHeld());
    desk.service.mute(id, true);
    desk.service.handleSoftphoneLost();
    expect(desk.log.get(id)?.phase.name).toBe('connected');
    expect(desk.sounds.asked).toEqual([`open ${id} wacid.1`, `open ${id} wacid.1`]);
    expect(desk.did()).toEqual(['mute', 'mute']);
  });

  test('opens its sound again after a restart', async () => {
    const path = join(tempFolder(), 'calls.db');
    const first = await onCall(createHeld({ path }));
    const second = createHeld({ path, clock: first.clock });
    second.service.restore();
    await settled();
    expect(second.service.live()).toMatchObject([{ phase: { name: 'connected' } }]);
    expect(second.sounds.asked).toEqual([`open ${id} wacid.1`]);
    expect(second.provider.asked).toEqual([]);
  });

  test('follows the provider’s report after a restart between accept and answer', async () => {
    const path = join(tempFolder(), 'calls.db');
    const first = createHeld({ path });
    first.provider.manual = true;
    await onCall(first);
    const second = createHeld({ path, clock: first.clock });
    second.service.restore();
    expect(second.log.get(id)?.phase).toMatchObject({ name: 'accepting', step: 'sending' });
    second.service.handleProviderReports(ACCOUNT, [
      {
        accountId: ACCOUNT,
        providerCallId: 'wacid.1',
        event: told.status(second.clock.now(), 'accepted'),
      },
    ]);
    expect(second.log.get(id)?.phase.name).toBe('connected');
    expect(second.sounds.asked).toEqual([`open ${id} wacid.1`]);
  });

  test('sound that ends because the customer hung up is no failure', async () => {
    const desk = await onCall(createHeld());
    desk.clock.advance(5_000);
    const endedAt = desk.clock.now();
    desk.clock.advance(300);
    desk.service.fromMedia(id, { kind: 'failed', why: 'gone' });
    expect(desk.history.get(id)).toMatchObject({ outcome: 'failed' });
    desk.say(told.talked(endedAt, 5));
    expect(desk.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'customer-hung-up' },
    });
  });
});
