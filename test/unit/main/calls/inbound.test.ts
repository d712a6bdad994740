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

describe('a customer calls', () => {
  test('rings, and the softphone prepares its answer', () => {
    const desk = ringing();
    expect(desk.service.live().map((call) => call.phase.name)).toEqual(['ringing']);
    expect(desk.media).toEqual([{ do: 'answer', callId: id, offer: 'offer-sdp' }]);
    expect(desk.cursor.get()?.cursor).toBe(1);
  });

  test('pre-accepts when it alone can take the call, and accepts with the very same SDP', async () => {
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

  test('does not go live before the provider has confirmed', async () => {
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

  test('F11 where nothing was pre-accepted, both go out with one SDP, and a refused pre-accept stops nothing', async () => {
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

  test('an accept is over before its terminate is sent', async () => {
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

  test('a teammate who was faster ends the ring', () => {
    const desk = ringing();
    desk.claimed(id);
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(desk.service.live()).toEqual([]);
    expect(desk.did()).toEqual(['answer', 'close']);
  });

  test('our own claim coming back through the log changes nothing', async () => {
    const desk = await connected();
    desk.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(desk)?.name).toBe('connected');
  });

  test('taken by the same agent on another machine is taken elsewhere', () => {
    const desk = ringing();
    desk.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Ana' } });
  });

  test('without the relay the provider decides', async () => {
    const desk = ringing();
    desk.coordinator.claims = { kind: 'unreachable' };
    desk.service.fromMedia(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    desk.service.accept(id);
    await settled();
    expect(phase(desk)?.name).toBe('connected');
  });

  test('a refused claim ends it here', async () => {
    const desk = ringing();
    desk.coordinator.claims = { kind: 'refused', by: { id: 'bob', name: 'Bob' }, why: 'taken' };
    desk.service.accept(id);
    await settled();
    expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(desk.provider.asked).toEqual([]);
  });

  test('a refused accept gives the claim back, and rings on if it may help', async () => {
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

  describe('declined a moment ago', () => {
    const declined = () => {
      const desk = ringing();
      desk.coordinator.declines = { kind: 'declined', last: true };
      desk.clock.advance(1_000);
      desk.service.decline(id);
      return desk;
    };

    test('U1 a decline is kept for 3 s, and undone it rings as before', async () => {
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

    test('U1 pressed again it is not sent any sooner, and accepting undoes it', async () => {
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

    test('U1 a caller who gives up meanwhile was declined, and is nobody’s missed call', () => {
      const desk = declined();
      desk.say(told.terminated(desk.clock.now()));
      expect(phase(desk)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
      expect(desk.log.unseenMissed()).toBe(0);
    });

    test('U1 a teammate may still take it', () => {
      const desk = declined();
      desk.claimed(id);
      expect(phase(desk)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    });

    test('U1 it is sent when the app quits, and after a crash', async () => {
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

    test('U1 never longer than it rings', async () => {
      const desk = ringing();
      desk.clock.advance(59_000);
      desk.service.decline(id);
      desk.clock.advance(1_000);
      await settled();
      expect(phase(desk)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
    });

    test('U12 a silenced call rings on, and can be taken', async () => {
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

  test('rings out, is missed, and stays so until it is seen', () => {
    const desk = ringing();
    desk.clock.advance(60_000);
    expect(phase(desk)).toMatchObject({ reason: { kind: 'rang-out' } });
    expect(desk.log.unseenMissed()).toBe(1);
    desk.log.markSeen();
    expect(desk.log.unseenMissed()).toBe(0);
    expect(desk.clock.pending).toBe(0);
  });

  test('talking to the person again settles what was missed', async () => {
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

  test('a call that a teammate took while we were away is not missed', () => {
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

  test('a terminate that comes before its connect leaves one closed record', () => {
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

  test('a second call rings while talking, and can be taken only afterwards', async () => {
    const desk = await connected();
    desk.say(told.offer(desk.clock.now(), { party: { waId: '4915112345' } }), 'wacid.2');
    const second = `${ACCOUNT}/wacid.2`;
    expect(desk.service.live()).toHaveLength(2);
    expect(desk.service.accept(second)).toMatchObject({ ok: false, error: { code: 'busy' } });
    desk.service.hangUp(id);
    expect(desk.service.accept(second)).toMatchObject({ ok: true });
  });

  test('refuses what cannot be', async () => {
    const desk = await connected();
    expect(desk.service.accept('nothing')).toMatchObject({ error: { code: 'no-such-call' } });
    expect(desk.service.accept(id)).toMatchObject({ ok: true });
    desk.service.hangUp(id);
    expect(desk.service.accept(id)).toMatchObject({ error: { code: 'too-late' } });
    expect(desk.service.hangUp(id)).toMatchObject({ error: { code: 'too-late' } });
  });

  test('a lost window ends what it carried, and prepares anew what rings', async () => {
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

  test('mute is passed on once', async () => {
    const desk = await connected();
    desk.service.mute(id, true);
    desk.service.mute(id, true);
    expect(desk.did()).toEqual(['answer', 'live', 'mute']);
  });

  test('offers of numbers that are not ours only move the cursor', () => {
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

  test('who else it rings at is known, even if told before the offer', () => {
    const desk = createCallService();
    const agents = [
      { id: 'ana', name: 'Ana' },
      { id: 'bob', name: 'Bob' },
    ];
    desk.service.handleRinging({ callId: id, agents, soleCandidate: false });
    desk.say(told.offer(desk.clock.now()));
    expect(desk.service.alsoRings(id)).toEqual(['Bob']);
  });

  test('every transition is one line with the call id, and never a whole number', async () => {
    const desk = await connected();
    expect(desk.lines.at('info').every((line) => line.includes(id))).toBe(true);
    expect(desk.lines.lines.join()).not.toContain('16315553602');
  });
});

describe('what cannot be stored', () => {
  const full = (what: string) =>
    `CREATE TRIGGER full BEFORE ${what} ON call BEGIN SELECT raise(ABORT, 'disk full'); END`;

  test('S3 a database that takes no call: it rings, is answered and ended, and is stored later', async () => {
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

  test('S3 a deadline comes whatever the database does', () => {
    const desk = ringing();
    desk.exec(full('UPDATE'));
    desk.clock.advance(60_000);
    expect(phase(desk)?.name).toBe('ended');
    desk.exec('DROP TRIGGER full');
    desk.clock.advance(10_000);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'missed' });
  });
});
