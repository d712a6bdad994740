import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hangUpAll } from '../../../../src/main/calls/hang-up-all.ts';
import { timing } from '../../../../src/shared/call/timing.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;

function ringing(more: Parameters<typeof createCallService>[0] = {}) {
  const desk = createCallService(more);
  desk.say(told.offer(desk.clock.now()));
  return desk;
}

/** An agent's call that is connected. */
async function connected() {
  const desk = ringing();
  desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
  desk.service.accept(id);
  await settled();
  return desk;
}

const phase = (desk: ReturnType<typeof createCallService>, callId = id) =>
  desk.log.get(callId)?.phase;

describe('an inbound call', () => {
  test('rings, and the softphone prepares its answer', () => {
    const desk = ringing();
    expect(desk.service.live().map((call) => call.phase.name)).toEqual(['ringing']);
    expect(desk.media).toEqual([{ do: 'answer', callId: id, offer: 'offer-sdp' }]);
    expect(desk.cursor.get()?.cursor).toBe(1);
  });

  test('the sole candidate pre-accepts, and accepts with the same SDP', async () => {
    const desk = ringing();
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.handleRinging({
      callId: id,
      agents: [{ id: 'ana', name: 'Ana' }],
      soleCandidate: true,
    });
    await settled();
    expect(desk.provider.asked).toEqual(['pre-accept wacid.1 our-sdp']);
    expect(desk.service.accept(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(desk.provider.asked).toEqual(['pre-accept wacid.1 our-sdp', 'accept wacid.1 our-sdp']);
    expect(desk.did()).toEqual(['answer', 'live']);
    expect(phase(desk)?.name).toBe('connected');
  });

  test('does not go live before the provider confirms', async () => {
    const desk = ringing();
    desk.provider.manual = true;
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    expect(desk.did()).toEqual(['answer']);
    desk.provider.answer('pre-accept');
    await settled();
    desk.provider.answer('accept');
    await settled();
    expect(desk.did()).toEqual(['answer', 'live']);
  });

  test('F11 without a reservation pre-accept and accept carry one SDP, and a refused pre-accept does not stop the accept', async () => {
    const desk = ringing();
    desk.provider.manual = true;
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    desk.provider.refuse('pre-accept', { code: '100' });
    await settled();
    desk.provider.answer('accept');
    await settled();
    expect(desk.provider.asked).toEqual(['pre-accept wacid.1 our-sdp', 'accept wacid.1 our-sdp']);
    expect(phase(desk)).toMatchObject({ name: 'connected' });
  });

  test('sends terminate only after the accept has finished', async () => {
    const desk = ringing();
    desk.provider.manual = true;
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    desk.service.hangUp(id);
    await settled();
    desk.provider.answer('pre-accept');
    await settled();
    expect(desk.provider.open).toEqual(['accept wacid.1 our-sdp']);
    desk.provider.answer('accept');
    await settled();
    expect(desk.provider.open).toEqual(['terminate wacid.1']);
    expect(desk.did()).toEqual(['answer', 'close']);
  });

  test('stops ringing when a teammate was faster', () => {
    const desk = ringing();
    desk.claimed(id);
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(desk.service.live()).toEqual([]);
    expect(desk.did()).toEqual(['answer', 'close']);
  });

  test('ignores our own claim when the log repeats it', async () => {
    const desk = await connected();
    desk.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(desk)?.name).toBe('connected');
  });

  test('counts as answered elsewhere when the same agent accepts on another machine', () => {
    const desk = ringing();
    desk.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Ana' } });
  });

  test('lets the provider decide without the relay', async () => {
    const desk = ringing();
    desk.coordinator.claims = { kind: 'unreachable' };
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    expect(phase(desk)?.name).toBe('connected');
  });

  test('ends here when the claim is refused', async () => {
    const desk = ringing();
    desk.coordinator.claims = { kind: 'refused', by: { id: 'bob', name: 'Bob' }, why: 'taken' };
    desk.service.accept(id);
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(desk.provider.asked).toEqual([]);
  });

  test('gives the claim back after a refused accept, and rings on if that may help', async () => {
    const desk = ringing();
    desk.provider.manual = true;
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    desk.provider.answer('pre-accept');
    await settled();
    desk.provider.refuse('accept', { code: 'network', transient: true });
    await settled();
    expect(phase(desk)).toMatchObject({ name: 'ringing', lastError: { code: 'network' } });
    expect(desk.coordinator.asked.at(-1)).toBe(`release ${id} network refused`);
    desk.service.accept(id);
    await settled();
    desk.provider.refuse('accept', { code: '131044' });
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'failed', error: { code: '131044' } } });
  });

  test.each([
    { last: true, soleCandidate: false, rejected: ['reject wacid.1'] },
    { last: false, soleCandidate: true, rejected: [] },
    { last: undefined, soleCandidate: true, rejected: ['reject wacid.1'] },
    { last: undefined, soleCandidate: false, rejected: [] },
  ])(
    'declined: last $last, sole candidate $soleCandidate',
    async ({ last, soleCandidate, rejected }) => {
      const desk = ringing();
      desk.coordinator.declines =
        last === undefined ? { kind: 'unreachable' } : { kind: 'declined', last };
      desk.coordinator.reserves = { kind: 'refused', why: 'no' };
      desk.service.handleRinging({ callId: id, agents: [], soleCandidate });
      desk.service.decline(id);
      await settled();
      expect(desk.provider.asked).toEqual([]);
      desk.clock.advance(timing.undo);
      await settled();
      expect(desk.provider.asked).toEqual(rejected);
      expect(phase(desk)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
    },
  );

  describe('a declined call', () => {
    const declined = () => {
      const desk = ringing();
      desk.coordinator.declines = { kind: 'declined', last: true };
      desk.clock.advance(1_000);
      desk.service.decline(id);
      return desk;
    };

    test('U1 is declined after 3 s, and rings again if undone', async () => {
      const desk = declined();
      desk.clock.advance(timing.undo - 1);
      await settled();
      expect(phase(desk)).toMatchObject({
        name: 'ringing',
        declined: { until: expect.any(Number) },
      });
      expect(desk.service.undoDecline(id).ok).toBe(true);
      desk.clock.advance(timing.undo);
      await settled();
      expect(phase(desk)).toMatchObject({ name: 'ringing' });
      expect(phase(desk)).not.toHaveProperty('declined');
      expect(desk.coordinator.asked.filter((one) => one.startsWith('decline'))).toEqual([]);
      desk.clock.advance(60_000);
      expect(phase(desk)).toMatchObject({ reason: { kind: 'rang-out' } });
    });

    test('U1 a second press does not decline sooner, and accepting undoes it', async () => {
      const desk = declined();
      expect(desk.service.decline(id).ok).toBe(true);
      await settled();
      expect(phase(desk)).toMatchObject({ name: 'ringing' });
      desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
      desk.service.accept(id);
      desk.clock.advance(timing.undo);
      await settled();
      expect(phase(desk)).toMatchObject({ name: 'connected' });
    });

    test('U1 counts as declined, not missed, when the caller gives up meanwhile', () => {
      const desk = declined();
      desk.say(told.terminated(desk.clock.now()));
      expect(phase(desk)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
      expect(desk.log.unseenMissed()).toBe(0);
    });

    test('U1 can still be taken by a teammate', () => {
      const desk = declined();
      desk.claimed(id);
      expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    });

    test('U1 is declined when the app quits, and after a crash', async () => {
      const desk = declined();
      await hangUpAll(desk.service);
      expect(desk.provider.asked).toContain('reject wacid.1');
      const path = join(tempFolder(), 'calls.db');
      const killed = createCallService({ path });
      killed.say(told.offer(killed.clock.now()));
      killed.service.decline(id);
      const other = createCallService({ path, clock: killed.clock });
      other.coordinator.declines = { kind: 'declined', last: true };
      other.service.restore();
      await settled();
      expect(other.provider.asked).toContain('reject wacid.1');
    });

    test('U1 is declined before the ring ends', async () => {
      const desk = ringing();
      desk.clock.advance(59_000);
      desk.service.decline(id);
      desk.clock.advance(1_000);
      await settled();
      expect(phase(desk)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
    });

    test('U12 a silenced call rings on, and can be accepted', async () => {
      const desk = ringing();
      desk.service.silence(id);
      expect(phase(desk)).toMatchObject({ name: 'ringing', silenced: true });
      expect(desk.coordinator.asked.filter((one) => one.startsWith('decline'))).toEqual([]);
      desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
      desk.service.accept(id);
      await settled();
      expect(phase(desk)).toMatchObject({ name: 'connected' });
    });
  });

  test('rings out, is missed, and stays missed until it is seen', () => {
    const desk = ringing();
    desk.clock.advance(60_000);
    expect(phase(desk)).toMatchObject({ reason: { kind: 'rang-out' } });
    expect(desk.log.unseenMissed()).toBe(1);
    desk.log.markSeen();
    expect(desk.log.unseenMissed()).toBe(0);
    expect(desk.clock.pending).toBe(0);
  });

  test('talking to the person again marks the missed call as seen', async () => {
    const desk = ringing();
    desk.say(told.terminated(desk.clock.now()));
    expect(desk.log.unseenMissed()).toBe(1);
    desk.clock.advance(1000);
    desk.say(told.offer(desk.clock.now()), 'wacid.2');
    expect(desk.log.unseenMissed()).toBe(1);
    const second = `${ACCOUNT}/wacid.2`;
    desk.service.fromMedia(second, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(second);
    await settled();
    expect(desk.log.unseenMissed()).toBe(0);
  });

  test('a call that a teammate took while we were offline is not missed', () => {
    const desk = createCallService();
    desk.say(told.offer(desk.clock.now() - 3_600_000));
    expect(desk.log.unseenMissed()).toBe(1);
    desk.claimed(id);
    expect(desk.log.unseenMissed()).toBe(0);
    desk.say(told.talked(desk.clock.now() - 3_000_000, 60));
    expect(desk.history.get(id)).toMatchObject({
      outcome: 'elsewhere',
      endReason: { by: 'Bob' },
      talkSeconds: 60,
    });
  });

  test('a terminate before its connect leaves one closed record', () => {
    const desk = createCallService();
    const now = desk.clock.now();
    desk.say(told.terminated(now - 1000));
    desk.say(told.offer(now - 20_000));
    expect(desk.service.live()).toEqual([]);
    expect(desk.media).toEqual([]);
    expect(desk.history.list({}, undefined, 10).rows).toMatchObject([
      { outcome: 'missed', createdAt: now - 20_000, party: { name: 'Mia' }, unseen: true },
    ]);
  });

  test('a second call rings during a call, and can be accepted only after it', async () => {
    const desk = await connected();
    desk.say(told.offer(desk.clock.now(), { party: { waId: '4915112345' } }), 'wacid.2');
    const second = `${ACCOUNT}/wacid.2`;
    expect(desk.service.live()).toHaveLength(2);
    expect(desk.service.accept(second)).toMatchObject({ ok: false, error: { code: 'busy' } });
    desk.service.hangUp(id);
    expect(desk.service.accept(second)).toMatchObject({ ok: true });
  });

  test('refuses actions that the call’s state does not allow', async () => {
    const desk = await connected();
    expect(desk.service.accept('nothing')).toMatchObject({ error: { code: 'no-such-call' } });
    expect(desk.service.accept(id)).toMatchObject({ ok: true });
    desk.service.hangUp(id);
    expect(desk.service.accept(id)).toMatchObject({ error: { code: 'too-late' } });
    expect(desk.service.hangUp(id)).toMatchObject({ error: { code: 'too-late' } });
  });

  test('losing the window ends its call, and prepares ringing ones again', async () => {
    const desk = await connected();
    desk.say(told.offer(desk.clock.now(), { sdp: 'offer-2' }), 'wacid.2');
    desk.service.handleSoftphoneLost();
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'media-failed', why: 'window-lost' } });
    expect(desk.provider.asked.at(-1)).toBe('terminate wacid.1');
    expect(desk.media.at(-1)).toEqual({
      do: 'answer',
      callId: `${ACCOUNT}/wacid.2`,
      offer: 'offer-2',
    });
  });

  test('passes mute on once', async () => {
    const desk = await connected();
    desk.service.mute(id, true);
    desk.service.mute(id, true);
    expect(desk.did()).toEqual(['answer', 'live', 'mute']);
  });

  test('offers of unknown numbers only move the cursor', () => {
    const desk = createCallService();
    desk.service.fromRelay({
      cursor: 7,
      at: 1,
      body: {
        type: 'provider',
        accountId: 'another',
        providerCallId: 'wacid.9',
        event: told.offer(desk.clock.now()),
      },
    });
    expect(desk.service.live()).toEqual([]);
    expect(desk.cursor.get()?.cursor).toBe(7);
  });

  test('knows who else it rings at, even if reported before the offer', () => {
    const desk = createCallService();
    const agents = [
      { id: 'ana', name: 'Ana' },
      { id: 'bob', name: 'Bob' },
    ];
    desk.service.handleRinging({ callId: id, agents, soleCandidate: false });
    desk.say(told.offer(desk.clock.now()));
    expect(desk.service.alsoRings(id)).toEqual(['Bob']);
  });

  test('logs every transition as one line with the call id and no whole number', async () => {
    const desk = await connected();
    expect(desk.lines.at('info').every((line) => line.includes(id))).toBe(true);
    expect(desk.lines.lines.join()).not.toContain('16315553602');
  });
});

describe('with a failing database', () => {
  const full = (what: string) =>
    `CREATE TRIGGER full BEFORE ${what} ON call BEGIN SELECT raise(ABORT, 'disk full'); END`;

  test('S3 a call rings, is answered and ends, and is stored later', async () => {
    const desk = createCallService();
    desk.exec(full('INSERT'));
    desk.say(told.offer(desk.clock.now()));
    expect(desk.did()).toEqual(['answer']);
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    expect(desk.service.accept(id)).toMatchObject({ ok: true });
    await settled();
    expect(phase(desk)?.name).toBe('connected');
    expect(desk.service.hangUp(id)).toMatchObject({ ok: true });
    expect(desk.storage.view().waiting).toBeGreaterThan(0);
    desk.exec('DROP TRIGGER full');
    desk.clock.advance(10_000);
    expect(desk.storage.view()).toMatchObject({ waiting: 0, trouble: undefined });
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered' });
  });

  test('S3 deadlines fire whatever the database does', () => {
    const desk = ringing();
    desk.exec(full('UPDATE'));
    desk.clock.advance(60_000);
    expect(phase(desk)?.name).toBe('ended');
    desk.exec('DROP TRIGGER full');
    desk.clock.advance(10_000);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'missed' });
  });
});
