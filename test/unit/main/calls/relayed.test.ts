import { timing } from '../../../../src/shared/call/timing.ts';
import { describe, expect, test } from 'vitest';
import type { CallOffer } from '../../../../src/shared/protocol/frames.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;
const ANA = { id: 'ana', name: 'Ana' };
const BOB = { id: 'bob', name: 'Bob' };
type CallServiceFixture = ReturnType<typeof createCallService>;

function ringing(more: Parameters<typeof createCallService>[0] = {}) {
  const desk = createCallService(more);
  desk.relayedApi.path = 'relayed';
  desk.say(told.offer(desk.clock.now(), { sdp: '' }), 'wacid.1', undefined, 'relayed');
  return desk;
}

/** The softphone has made its leg. */
async function leg(desk: CallServiceFixture, callId = id) {
  desk.service.fromMedia(callId, { kind: 'offer-ready', sdp: 'leg-offer' });
  await settled();
}

async function connected(more: Parameters<typeof createCallService>[0] = {}) {
  const desk = ringing(more);
  await leg(desk);
  desk.service.accept(id);
  await settled();
  desk.media.length = 0;
  desk.relayedApi.asked.length = 0;
  desk.clock.advance(2_000);
  return desk;
}

const callOffer = (desk: CallServiceFixture, more: Partial<CallOffer> = {}): CallOffer => ({
  callOfferId: 'h1',
  callId: id,
  accountId: ACCOUNT,
  providerCallId: 'wacid.1',
  direction: 'inbound',
  party: { waId: '16315553602', name: 'Mia' },
  why: 'transfer',
  from: BOB,
  to: [ANA],
  note: 'wants a refund',
  deadlineAt: desk.clock.now() + 30_000,
  ...more,
});

const phase = (desk: CallServiceFixture, callId = id) => desk.log.get(callId)?.phase;

describe('an inbound relayed call', () => {
  test('gets its leg while it rings, by way of the relay, and no reservation is requested', async () => {
    const desk = ringing();
    expect(desk.media).toEqual([{ do: 'offer', callId: id, leg: { iceServers: [] } }]);
    await leg(desk);
    expect(desk.relayedApi.asked).toEqual([`leg ${id} leg-offer`]);
    expect(desk.media.at(-1)).toEqual({ do: 'apply-answer', callId: id, sdp: 'relay-sdp' });
    desk.service.handleRinging({ callId: id, agents: [ANA], soleCandidate: true });
    await settled();
    expect(desk.coordinator.asked).toEqual([]);
    expect(phase(desk)).toMatchObject({ name: 'ringing', answer: { state: 'ready' } });
  });

  test('the claim accepts and connects it, without a request of ours to the provider', async () => {
    const desk = await connected();
    expect(phase(desk)?.name).toBe('connected');
    desk.service.hangUp(id);
    await settled();
    expect(desk.did()).toEqual(['close']);
    expect(desk.relayedApi.asked).toEqual([`hang-up ${id}`]);
    expect(desk.provider.asked).toEqual([]);
  });

  test('is not accepted before the agent’s leg is up', async () => {
    const desk = ringing();
    desk.service.accept(id);
    await settled();
    expect(desk.relayedApi.asked).toEqual([]);
    await leg(desk);
    expect(desk.relayedApi.asked).toEqual([`leg ${id} leg-offer`, `claim ${id}`]);
    expect(phase(desk)?.name).toBe('connected');
  });

  test('stays with the team when the microphone fails', async () => {
    const desk = ringing();
    desk.service.accept(id);
    desk.service.fromMedia(id, { kind: 'failed', why: 'no-microphone' });
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'media-failed', why: 'no-microphone' } });
    expect(desk.coordinator.asked).toEqual([`decline ${id}`]);
    expect(desk.provider.asked).toEqual([]);
  });

  test('asks the relay again when it does not answer the leg', async () => {
    const desk = ringing();
    desk.relayedApi.legs = 'unreachable';
    await leg(desk);
    desk.relayedApi.legs = 'made';
    desk.clock.advance(500);
    await settled();
    expect(desk.relayedApi.asked).toHaveLength(2);
    expect(phase(desk)).toMatchObject({ answer: { state: 'ready' } });
  });

  test('shows the agent the provider’s refusal', async () => {
    const desk = ringing();
    const error = { code: '138012', message: 'Call has ended', transient: false };
    desk.relayedApi.claims = { kind: 'refused', why: 'provider', error };
    await leg(desk);
    desk.service.accept(id);
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'failed', error } });
  });

  test('rings on after a refusal that may pass', async () => {
    const desk = ringing();
    const error = { code: '131000', message: 'Try again', transient: true };
    desk.relayedApi.claims = { kind: 'refused', why: 'provider', error };
    await leg(desk);
    desk.service.accept(id);
    await settled();
    expect(phase(desk)).toMatchObject({ name: 'ringing', lastError: error });
    desk.relayedApi.claims = { kind: 'granted' };
    desk.service.accept(id);
    await settled();
    expect(phase(desk)?.name).toBe('connected');
  });

  test('finds a claim in the log whose answer was lost', async () => {
    const desk = ringing();
    desk.relayedApi.claims = { kind: 'unreachable' };
    await leg(desk);
    desk.service.accept(id);
    await settled();
    expect(phase(desk)).toMatchObject({ name: 'ringing', lastError: { code: 'relay' } });
    desk.claimed(id, ANA);
    expect(phase(desk)?.name).toBe('connected');
  });

  test('leaves declining to the relay, even for the last agent', async () => {
    const desk = ringing();
    desk.coordinator.declines = { kind: 'declined', last: true };
    desk.service.decline(id);
    desk.clock.advance(timing.undo);
    await settled();
    expect(desk.coordinator.asked).toEqual([`decline ${id}`]);
    expect(desk.provider.asked).toEqual([]);
  });
});

describe('a lost leg', () => {
  test('of a lost window is replaced, and the call goes on, still muted', async () => {
    const desk = await connected();
    desk.service.mute(id, true);
    desk.service.handleSoftphoneLost();
    expect(phase(desk)?.name).toBe('rejoining');
    expect(desk.did()).toEqual(['mute', 'close', 'offer']);
    await leg(desk);
    expect(desk.did().slice(3)).toEqual(['apply-answer', 'mute', 'live']);
    desk.service.fromMedia(id, { kind: 'connected' });
    expect(phase(desk)?.name).toBe('connected');
  });

  test('of a restarted app is replaced', async () => {
    const { tempFolder } = await import('../../../helpers/temp.ts');
    const path = `${tempFolder()}/calls.db`;
    const first = await connected({ path });
    const again = createCallService({ path, clock: first.clock });
    again.service.restore();
    expect(phase(again)?.name).toBe('rejoining');
    await leg(again);
    again.service.fromMedia(id, { kind: 'connected' });
    expect(phase(again)?.name).toBe('connected');
    expect(again.provider.asked).toEqual([]);
  });

  test('lasts until the relay’s deadline; then the team has the call', async () => {
    const desk = await connected();
    const deadlineAt = desk.clock.now() + 20_000;
    desk.tell({ type: 'agent-disconnected', callId: id, agent: ANA, deadlineAt });
    expect(phase(desk)).toEqual({ name: 'rejoining', deadlineAt });
    const waiting = callOffer(desk, { why: 'requeue', from: ANA, to: [] });
    desk.tell({ type: 'call-offer', callOffer: waiting });
    expect(phase(desk)).toMatchObject({ reason: { kind: 'lost-to-team' } });
    expect(phase(desk, 'h1')?.name).toBe('ringing');
    desk.tell({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(desk)).toMatchObject({ reason: { kind: 'lost-to-team', to: 'Bob' } });
    expect(phase(desk, 'h1')).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
  });

  test('is not replaced without a pause when it fails again and again', async () => {
    const desk = await connected();
    for (let i = 0; i < 3; i++) {
      desk.service.fromMedia(id, { kind: 'failed', why: 'no-microphone' });
    }
    expect(desk.did().filter((what) => what === 'offer')).toHaveLength(1);
    desk.clock.advance(500);
    expect(desk.did().filter((what) => what === 'offer')).toHaveLength(2);
    expect(phase(desk)?.name).toBe('rejoining');
  });
});

describe('a call offered to us', () => {
  test('rings like a call of our own, with the teammate and the reason, until the relay’s deadline', async () => {
    const desk = createCallService();
    desk.tell({ type: 'call-offer', callOffer: callOffer(desk) });
    expect(desk.log.get('h1')).toMatchObject({
      direction: 'inbound',
      party: { name: 'Mia' },
      callOffer: { from: 'Bob', why: 'transfer', note: 'wants a refund' },
      phase: { name: 'ringing', deadlineAt: desk.clock.now() + 30_000 },
    });
    await leg(desk, 'h1');
    desk.service.accept('h1');
    await settled();
    expect(desk.relayedApi.asked).toEqual(['leg h1 leg-offer', 'claim h1']);
    expect(phase(desk, 'h1')?.name).toBe('connected');
  });

  test.each([
    ['cancelled', { kind: 'call-offer-withdrawn', why: 'cancelled' }, 'elsewhere'],
    ['unanswered', { kind: 'rang-out' }, 'elsewhere'],
    ['caller-gone', { kind: 'caller-gone' }, 'elsewhere'],
    ['teammate-gone', { kind: 'call-offer-withdrawn', why: 'teammate-gone' }, 'elsewhere'],
  ] as const)('%s: is shown, and is no missed call', (end, reason, outcome) => {
    const desk = createCallService();
    desk.tell({ type: 'call-offer', callOffer: callOffer(desk) });
    desk.tell({ type: 'call-offer-ended', callOfferId: 'h1', callId: id, end });
    expect(phase(desk, 'h1')).toMatchObject({ reason });
    expect(desk.history.get('h1')?.outcome).toBe(outcome);
    expect(desk.log.unseenMissed()).toBe(0);
  });

  test('is ignored when it is for somebody else', () => {
    const desk = createCallService();
    desk.tell({
      type: 'call-offer',
      callOffer: callOffer(desk, { to: [{ id: 'cy', name: 'Cy' }] }),
    });
    expect(desk.log.get('h1')).toBeUndefined();
    expect(desk.cursor.get()?.cursor).toBe(1);
  });

  test('ends with the original call when the customer hangs up', async () => {
    const desk = createCallService();
    desk.tell({ type: 'call-offer', callOffer: callOffer(desk) });
    desk.say(told.talked(desk.clock.now(), 60), 'wacid.1', undefined, 'relayed');
    expect(phase(desk, 'h1')).toMatchObject({ reason: { kind: 'caller-gone' } });
  });

  test('counts talk after a consultation from when the customer joined', async () => {
    const desk = createCallService();
    desk.tell({ type: 'call-offer', callOffer: callOffer(desk) });
    await leg(desk, 'h1');
    desk.service.accept('h1');
    await settled();
    desk.clock.advance(10_000);
    desk.tell({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: ANA,
    });
    desk.clock.advance(7_000);
    desk.service.hangUp('h1');
    expect(desk.history.get('h1')?.talkSeconds).toBe(7);
    expect(desk.history.records({}, undefined, 1)).toMatchObject([
      { id: 'h1', parts: [{ callOffer: { from: 'Bob', note: 'wants a refund' } }] },
    ]);
  });
});

describe('a call that we transfer', () => {
  const ours = (desk: CallServiceFixture) => callOffer(desk, { from: ANA, to: [BOB] });

  test('accepted: ends for us, with the teammate’s name and our share of the talk', async () => {
    const desk = await connected();
    desk.clock.advance(5_000);
    desk.tell({ type: 'call-offer', callOffer: ours(desk) });
    desk.clock.advance(4_000);
    desk.tell({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    desk.say(told.talked(desk.clock.now() + 90_000, 99), 'wacid.1', undefined, 'relayed');
    expect(desk.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'transferred', to: 'Bob' },
      // While Bob was asked, the customer heard hold music.
      talkSeconds: 7,
    });
    expect(desk.log.get(id)?.transfers).toMatchObject([
      { to: 'Bob', note: 'wants a refund', end: 'accepted' },
    ]);
  });

  test.each(['declined', 'unanswered', 'teammate-gone', 'refused', 'cancelled'] as const)(
    '%s: stays with us, and the log says why',
    async (end) => {
      const desk = await connected();
      desk.tell({ type: 'call-offer', callOffer: ours(desk) });
      desk.tell({ type: 'call-offer-ended', callOfferId: 'h1', callId: id, end });
      expect(phase(desk)?.name).toBe('connected');
      expect(desk.log.get(id)?.transfers).toMatchObject([{ to: 'Bob', end }]);
    },
  );

  test('stays with the teammates when we hang up meanwhile', async () => {
    const desk = await connected();
    desk.tell({ type: 'call-offer', callOffer: ours(desk) });
    desk.service.hangUp(id);
    desk.tell({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(desk)).toMatchObject({ reason: { kind: 'transferred', to: 'Bob' } });
  });

  test('can be transferred again after a transfer to us', async () => {
    const desk = createCallService();
    desk.tell({ type: 'call-offer', callOffer: callOffer(desk) });
    await leg(desk, 'h1');
    desk.service.accept('h1');
    await settled();
    desk.tell({ type: 'call-offer', callOffer: { ...ours(desk), callOfferId: 'h2' } });
    desk.tell({
      type: 'call-offer-ended',
      callOfferId: 'h2',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(desk, 'h1')).toMatchObject({ reason: { kind: 'transferred', to: 'Bob' } });
  });
});

test('the log has the customer’s key presses and the supervisors', async () => {
  const desk = await connected();
  for (const digit of ['1', '#']) desk.tell({ type: 'dtmf', callId: id, digit });
  desk.tell({ type: 'supervision', callId: id, by: BOB, mode: 'listen', shown: true });
  desk.tell({ type: 'supervision', callId: id, by: BOB, mode: 'whisper', shown: false });
  expect(desk.log.get(id)?.dtmf).toBe('1#');
  desk.service.hangUp(id);
  const kinds = desk.history.get(id)?.timeline.map((entry) => entry.kind);
  expect(kinds?.filter((kind) => kind === 'dtmf' || kind === 'supervision')).toEqual([
    'dtmf',
    'dtmf',
    'supervision',
  ]);
});

describe('an outbound relayed call', () => {
  const dial = async () => {
    const desk = createCallService();
    desk.relayedApi.path = 'relayed';
    const answer = desk.service.dial({ accountId: ACCOUNT, to: '16315553602' });
    if (!answer.ok) throw new Error('not dialled');
    const { callId } = answer.value;
    await settled();
    return { desk, callId };
  };
  const status = (desk: CallServiceFixture, callId: string, what: 'ringing' | 'accepted') =>
    desk.say(told.status(desk.clock.now(), what), 'wacid.placed', `ringdesk:${callId}`, 'relayed');

  test('is placed by the relay, with no SDP offer but the leg’s', async () => {
    const { desk, callId } = await dial();
    expect(desk.provider.asked).toEqual([]);
    expect(desk.did()).toEqual(['offer']);
    await leg(desk, callId);
    expect(desk.relayedApi.asked).toEqual([
      `place ${callId} 16315553602`,
      `leg ${callId} leg-offer`,
    ]);
    status(desk, callId, 'ringing');
    expect(phase(desk, callId)?.name).toBe('customer-ringing');
    status(desk, callId, 'accepted');
    expect(phase(desk, callId)?.name).toBe('connected');
    expect(desk.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('answered before our leg is up, connects with the leg', async () => {
    const { desk, callId } = await dial();
    status(desk, callId, 'accepted');
    expect(phase(desk, callId)?.name).toBe('calling');
    await leg(desk, callId);
    expect(phase(desk, callId)?.name).toBe('connected');
  });
});
