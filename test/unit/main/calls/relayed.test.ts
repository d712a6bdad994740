import { timing } from '../../../../src/shared/call/timing.ts';
import { describe, expect, test } from 'vitest';
import type { CallOffer } from '../../../../src/shared/protocol/log-entry.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { asRelayed } from '../../../helpers/calls.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;
const ANA = { id: 'ana', name: 'Ana' };
const BOB = { id: 'bob', name: 'Bob' };
type CallServiceFixture = ReturnType<typeof createCallService>;

function ringing(more: Parameters<typeof createCallService>[0] = {}) {
  const fixture = createCallService(more);
  fixture.relayedApi.path = 'relayed';
  fixture.receive(
    report.offer(fixture.clock.now(), { sdp: undefined }),
    'wacid.1',
    undefined,
    'relayed',
  );
  return fixture;
}

/** The softphone's leg is ready. */
async function leg(fixture: CallServiceFixture, callId = id) {
  fixture.service.handleMediaReport(callId, { kind: 'offer-ready', sdp: 'leg-offer' });
  await settled();
}

async function connected(more: Parameters<typeof createCallService>[0] = {}) {
  const fixture = ringing(more);
  await leg(fixture);
  fixture.service.accept(id);
  await settled();
  fixture.media.length = 0;
  fixture.relayedApi.asked.length = 0;
  fixture.clock.advance(2_000);
  return fixture;
}

const callOffer = (fixture: CallServiceFixture, more: Partial<CallOffer> = {}): CallOffer => ({
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
  deadlineAt: fixture.clock.now() + 30_000,
  ...more,
});

const phase = (fixture: CallServiceFixture, callId = id) => fixture.log.get(callId)?.phase;

describe('an inbound relayed call', () => {
  test('gets its leg while it rings, by way of the relay, and no reservation is requested', async () => {
    const fixture = ringing();
    expect(fixture.media).toEqual([{ do: 'offer', callId: id, leg: { iceServers: [] } }]);
    await leg(fixture);
    expect(fixture.relayedApi.asked).toEqual([`leg ${id} leg-offer`]);
    expect(fixture.media.at(-1)).toEqual({ do: 'apply-answer', callId: id, sdp: 'relay-sdp' });
    fixture.service.handleRinging({ callId: id, agents: [ANA], soleCandidate: true });
    await settled();
    expect(fixture.coordinator.asked).toEqual([]);
    expect(phase(fixture)).toMatchObject({ name: 'ringing', leg: { state: 'ready' } });
  });

  test('the claim accepts and connects it, without a request of ours to the provider', async () => {
    const fixture = await connected();
    expect(phase(fixture)?.name).toBe('connected');
    fixture.service.hangUp(id);
    await settled();
    expect(fixture.did()).toEqual(['close']);
    expect(fixture.relayedApi.asked).toEqual([`hang-up ${id}`]);
    expect(fixture.provider.asked).toEqual([]);
  });

  test('is not accepted before the agent’s leg is up', async () => {
    const fixture = ringing();
    fixture.service.accept(id);
    await settled();
    expect(fixture.relayedApi.asked).toEqual([]);
    await leg(fixture);
    expect(fixture.relayedApi.asked).toEqual([`leg ${id} leg-offer`, `claim ${id}`]);
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('stays with the team when the microphone fails', async () => {
    const fixture = ringing();
    fixture.service.accept(id);
    fixture.service.handleMediaReport(id, { kind: 'failed', why: 'no-microphone' });
    await settled();
    expect(phase(fixture)).toMatchObject({
      reason: { kind: 'media-failed', why: 'no-microphone' },
    });
    expect(fixture.coordinator.asked).toEqual([`decline ${id}`]);
    expect(fixture.provider.asked).toEqual([]);
  });

  test('asks the relay again when it does not answer the leg', async () => {
    const fixture = ringing();
    fixture.relayedApi.legs = 'unreachable';
    await leg(fixture);
    fixture.relayedApi.legs = 'made';
    fixture.clock.advance(500);
    await settled();
    expect(fixture.relayedApi.asked).toHaveLength(2);
    expect(phase(fixture)).toMatchObject({ leg: { state: 'ready' } });
  });

  test('shows the agent the provider’s refusal', async () => {
    const fixture = ringing();
    const error = { code: '138012', message: 'Call has ended', transient: false };
    fixture.relayedApi.claims = { kind: 'refused', why: 'provider', error };
    await leg(fixture);
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'failed', error } });
  });

  test('rings on after a refusal that may pass', async () => {
    const fixture = ringing();
    const error = { code: '131000', message: 'Try again', transient: true };
    fixture.relayedApi.claims = { kind: 'refused', why: 'provider', error };
    await leg(fixture);
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)).toMatchObject({ name: 'ringing', lastError: error });
    fixture.relayedApi.claims = { kind: 'granted' };
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('finds a claim in the log whose answer was lost', async () => {
    const fixture = ringing();
    fixture.relayedApi.claims = { kind: 'unreachable' };
    await leg(fixture);
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)).toMatchObject({ name: 'ringing', lastError: { code: 'relay' } });
    fixture.claimed(id, ANA);
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('leaves declining to the relay, even for the last agent', async () => {
    const fixture = ringing();
    fixture.coordinator.declines = { kind: 'declined', last: true };
    fixture.service.decline(id);
    fixture.clock.advance(timing.undo);
    await settled();
    expect(fixture.coordinator.asked).toEqual([`decline ${id}`]);
    expect(fixture.provider.asked).toEqual([]);
  });
});

describe('a lost leg', () => {
  test('of a lost window is replaced, and the call goes on, still muted', async () => {
    const fixture = await connected();
    fixture.service.mute(id, true);
    fixture.service.handleSoftphoneLost();
    expect(phase(fixture)?.name).toBe('rejoining');
    expect(fixture.did()).toEqual(['mute', 'close', 'offer']);
    await leg(fixture);
    expect(fixture.did().slice(3)).toEqual(['apply-answer', 'mute', 'live']);
    fixture.service.handleMediaReport(id, { kind: 'connected' });
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('of a restarted app is replaced', async () => {
    const { tempFolder } = await import('../../../helpers/temp.ts');
    const path = `${tempFolder()}/calls.db`;
    const first = await connected({ path });
    const again = createCallService({ path, clock: first.clock });
    again.service.restore();
    expect(phase(again)?.name).toBe('rejoining');
    await leg(again);
    again.service.handleMediaReport(id, { kind: 'connected' });
    expect(phase(again)?.name).toBe('connected');
    expect(again.provider.asked).toEqual([]);
  });

  test('lasts until the relay’s deadline; then the team has the call', async () => {
    const fixture = await connected();
    const deadlineAt = fixture.clock.now() + 20_000;
    fixture.receiveEntry({ type: 'agent-disconnected', callId: id, agent: ANA, deadlineAt });
    expect(phase(fixture)).toEqual({ name: 'rejoining', deadlineAt });
    const waiting = callOffer(fixture, { why: 'requeue', from: ANA, to: [] });
    fixture.receiveEntry({ type: 'call-offer', callOffer: waiting });
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'lost-to-team' } });
    expect(phase(fixture, 'h1')?.name).toBe('ringing');
    fixture.receiveEntry({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'lost-to-team', to: 'Bob' } });
    expect(phase(fixture, 'h1')).toMatchObject({
      reason: { kind: 'answered-elsewhere', by: 'Bob' },
    });
  });

  test('is not replaced without a pause when it fails again and again', async () => {
    const fixture = await connected();
    for (let i = 0; i < 3; i++) {
      fixture.service.handleMediaReport(id, { kind: 'failed', why: 'no-microphone' });
    }
    expect(fixture.did().filter((what) => what === 'offer')).toHaveLength(1);
    fixture.clock.advance(500);
    expect(fixture.did().filter((what) => what === 'offer')).toHaveLength(2);
    expect(phase(fixture)?.name).toBe('rejoining');
  });
});

describe('a call offered to us', () => {
  test('rings like a call of our own, with the teammate and the reason, until the relay’s deadline', async () => {
    const fixture = createCallService();
    fixture.receiveEntry({ type: 'call-offer', callOffer: callOffer(fixture) });
    expect(fixture.log.get('h1')).toMatchObject({
      direction: 'inbound',
      party: { name: 'Mia' },
      callOffer: { from: 'Bob', why: 'transfer', note: 'wants a refund' },
      phase: { name: 'ringing', deadlineAt: fixture.clock.now() + 30_000 },
    });
    await leg(fixture, 'h1');
    fixture.service.accept('h1');
    await settled();
    expect(fixture.relayedApi.asked).toEqual(['leg h1 leg-offer', 'claim h1']);
    expect(phase(fixture, 'h1')?.name).toBe('connected');
  });

  test.each([
    ['cancelled', { kind: 'call-offer-withdrawn', why: 'cancelled' }, 'elsewhere'],
    ['unanswered', { kind: 'rang-out' }, 'elsewhere'],
    ['caller-gone', { kind: 'caller-gone' }, 'elsewhere'],
    ['teammate-gone', { kind: 'call-offer-withdrawn', why: 'teammate-gone' }, 'elsewhere'],
  ] as const)('%s: is shown, and is no missed call', (end, reason, outcome) => {
    const fixture = createCallService();
    fixture.receiveEntry({ type: 'call-offer', callOffer: callOffer(fixture) });
    fixture.receiveEntry({ type: 'call-offer-ended', callOfferId: 'h1', callId: id, end });
    expect(phase(fixture, 'h1')).toMatchObject({ reason });
    expect(fixture.history.get('h1')?.outcome).toBe(outcome);
    expect(fixture.log.unseenMissed()).toBe(0);
  });

  test('is ignored when it is for somebody else', () => {
    const fixture = createCallService();
    fixture.receiveEntry({
      type: 'call-offer',
      callOffer: callOffer(fixture, { to: [{ id: 'cy', name: 'Cy' }] }),
    });
    expect(fixture.log.get('h1')).toBeUndefined();
    expect(fixture.cursor.get()?.cursor).toBe(1);
  });

  test('ends with the original call when the customer hangs up', async () => {
    const fixture = createCallService();
    fixture.receiveEntry({ type: 'call-offer', callOffer: callOffer(fixture) });
    fixture.receive(report.talked(fixture.clock.now(), 60), 'wacid.1', undefined, 'relayed');
    expect(phase(fixture, 'h1')).toMatchObject({ reason: { kind: 'caller-gone' } });
  });

  test('counts talk after a consultation from when the customer joined', async () => {
    const fixture = createCallService();
    fixture.receiveEntry({ type: 'call-offer', callOffer: callOffer(fixture) });
    await leg(fixture, 'h1');
    fixture.service.accept('h1');
    await settled();
    fixture.clock.advance(10_000);
    fixture.receiveEntry({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: ANA,
    });
    fixture.clock.advance(7_000);
    fixture.service.hangUp('h1');
    expect(fixture.history.get('h1')?.talkSeconds).toBe(7);
    expect(fixture.history.records({}, undefined, 1)).toMatchObject([
      { id: 'h1', parts: [{ callOffer: { from: 'Bob', note: 'wants a refund' } }] },
    ]);
  });
});

describe('a call that we transfer', () => {
  const ours = (fixture: CallServiceFixture) => callOffer(fixture, { from: ANA, to: [BOB] });

  test('accepted: ends for us, with the teammate’s name and our share of the talk', async () => {
    const fixture = await connected();
    fixture.clock.advance(5_000);
    fixture.receiveEntry({ type: 'call-offer', callOffer: ours(fixture) });
    fixture.clock.advance(4_000);
    fixture.receiveEntry({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    fixture.receive(
      report.talked(fixture.clock.now() + 90_000, 99),
      'wacid.1',
      undefined,
      'relayed',
    );
    expect(fixture.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'transferred', to: 'Bob' },
      // While Bob was asked, the customer heard hold music.
      talkSeconds: 7,
    });
    expect(asRelayed(fixture.log.get(id)).transfers).toMatchObject([
      { to: 'Bob', note: 'wants a refund', end: 'accepted' },
    ]);
  });

  test.each(['declined', 'unanswered', 'teammate-gone', 'refused', 'cancelled'] as const)(
    '%s: stays with us, and the log says why',
    async (end) => {
      const fixture = await connected();
      fixture.receiveEntry({ type: 'call-offer', callOffer: ours(fixture) });
      fixture.receiveEntry({ type: 'call-offer-ended', callOfferId: 'h1', callId: id, end });
      expect(phase(fixture)?.name).toBe('connected');
      expect(asRelayed(fixture.log.get(id)).transfers).toMatchObject([{ to: 'Bob', end }]);
    },
  );

  test('stays with the teammates when we hang up meanwhile', async () => {
    const fixture = await connected();
    fixture.receiveEntry({ type: 'call-offer', callOffer: ours(fixture) });
    fixture.service.hangUp(id);
    fixture.receiveEntry({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'transferred', to: 'Bob' } });
  });

  test('can be transferred again after a transfer to us', async () => {
    const fixture = createCallService();
    fixture.receiveEntry({ type: 'call-offer', callOffer: callOffer(fixture) });
    await leg(fixture, 'h1');
    fixture.service.accept('h1');
    await settled();
    fixture.receiveEntry({
      type: 'call-offer',
      callOffer: { ...ours(fixture), callOfferId: 'h2' },
    });
    fixture.receiveEntry({
      type: 'call-offer-ended',
      callOfferId: 'h2',
      callId: id,
      end: 'accepted',
      by: BOB,
    });
    expect(phase(fixture, 'h1')).toMatchObject({ reason: { kind: 'transferred', to: 'Bob' } });
  });
});

test('the log has the customer’s key presses and the supervisors', async () => {
  const fixture = await connected();
  for (const digit of ['1', '#']) fixture.receiveEntry({ type: 'dtmf', callId: id, digit });
  fixture.receiveEntry({ type: 'supervision', callId: id, by: BOB, mode: 'listen', shown: true });
  fixture.receiveEntry({ type: 'supervision', callId: id, by: BOB, mode: 'whisper', shown: false });
  expect(asRelayed(fixture.log.get(id)).dtmf).toBe('1#');
  fixture.service.hangUp(id);
  const kinds = fixture.history.get(id)?.timeline.map((entry) => entry.kind);
  expect(kinds?.filter((kind) => kind === 'dtmf' || kind === 'supervision')).toEqual([
    'dtmf',
    'dtmf',
    'supervision',
  ]);
});

describe('an outbound relayed call', () => {
  const dial = async () => {
    const fixture = createCallService();
    fixture.relayedApi.path = 'relayed';
    const answer = fixture.service.dial({ accountId: ACCOUNT, to: '16315553602' });
    if (!answer.ok) throw new Error('not dialled');
    const { callId } = answer.value;
    await settled();
    return { fixture, callId };
  };
  const status = (fixture: CallServiceFixture, callId: string, what: 'ringing' | 'accepted') =>
    fixture.receive(
      report.status(fixture.clock.now(), what),
      'wacid.placed',
      `ringdesk:${callId}`,
      'relayed',
    );

  test('is placed by the relay, with no SDP offer but the leg’s', async () => {
    const { fixture, callId } = await dial();
    expect(fixture.provider.asked).toEqual([]);
    expect(fixture.did()).toEqual(['offer']);
    await leg(fixture, callId);
    expect(fixture.relayedApi.asked).toEqual([
      `place ${callId} 16315553602`,
      `leg ${callId} leg-offer`,
    ]);
    status(fixture, callId, 'ringing');
    expect(phase(fixture, callId)?.name).toBe('customer-ringing');
    status(fixture, callId, 'accepted');
    expect(phase(fixture, callId)?.name).toBe('connected');
    expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('answered before our leg is up, connects with the leg', async () => {
    const { fixture, callId } = await dial();
    status(fixture, callId, 'accepted');
    expect(phase(fixture, callId)?.name).toBe('calling');
    await leg(fixture, callId);
    expect(phase(fixture, callId)?.name).toBe('connected');
  });
});
