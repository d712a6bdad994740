import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hangUpAll } from '../../../../src/main/calls/hang-up-all.ts';
import { timing } from '../../../../src/shared/call/timing.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;

function ringing(more: Parameters<typeof createCallService>[0] = {}) {
  const fixture = createCallService(more);
  fixture.receive(report.offer(fixture.clock.now()));
  return fixture;
}

/** An agent's connected call. */
async function connected() {
  const fixture = ringing();
  fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
  fixture.service.accept(id);
  await settled();
  return fixture;
}

const phase = (fixture: ReturnType<typeof createCallService>, callId = id) =>
  fixture.log.get(callId)?.phase;

describe('an inbound call', () => {
  test('rings, and the softphone prepares its answer', () => {
    const fixture = ringing();
    expect(fixture.service.live().map((call) => call.phase.name)).toEqual(['ringing']);
    expect(fixture.media).toEqual([{ do: 'answer', callId: id, offer: 'offer-sdp' }]);
    expect(fixture.cursor.get()?.cursor).toBe(1);
  });

  test('the sole candidate pre-accepts, and accepts with the same SDP', async () => {
    const fixture = ringing();
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.handleRinging({
      callId: id,
      agents: [{ id: 'ana', name: 'Ana' }],
      soleCandidate: true,
    });
    await settled();
    expect(fixture.provider.asked).toEqual(['pre-accept wacid.1 our-sdp']);
    expect(fixture.service.accept(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(fixture.provider.asked).toEqual([
      'pre-accept wacid.1 our-sdp',
      'accept wacid.1 our-sdp',
    ]);
    expect(fixture.did()).toEqual(['answer', 'live']);
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('does not go live before the provider confirms', async () => {
    const fixture = ringing();
    fixture.provider.manual = true;
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(id);
    await settled();
    expect(fixture.did()).toEqual(['answer']);
    fixture.provider.answer('pre-accept');
    await settled();
    fixture.provider.answer('accept');
    await settled();
    expect(fixture.did()).toEqual(['answer', 'live']);
  });

  test('F11 without a reservation pre-accept and accept carry one SDP, and a refused pre-accept does not stop the accept', async () => {
    const fixture = ringing();
    fixture.provider.manual = true;
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(id);
    await settled();
    fixture.provider.refuse('pre-accept', { code: '100' });
    await settled();
    fixture.provider.answer('accept');
    await settled();
    expect(fixture.provider.asked).toEqual([
      'pre-accept wacid.1 our-sdp',
      'accept wacid.1 our-sdp',
    ]);
    expect(phase(fixture)).toMatchObject({ name: 'connected' });
  });

  test('sends terminate only after the accept has finished', async () => {
    const fixture = ringing();
    fixture.provider.manual = true;
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(id);
    await settled();
    fixture.service.hangUp(id);
    await settled();
    fixture.provider.answer('pre-accept');
    await settled();
    expect(fixture.provider.open).toEqual(['accept wacid.1 our-sdp']);
    fixture.provider.answer('accept');
    await settled();
    expect(fixture.provider.open).toEqual(['terminate wacid.1']);
    expect(fixture.did()).toEqual(['answer', 'close']);
  });

  test('stops ringing when a teammate was faster', () => {
    const fixture = ringing();
    fixture.claimed(id);
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(fixture.service.live()).toEqual([]);
    expect(fixture.did()).toEqual(['answer', 'close']);
  });

  test('ignores our own claim when the log repeats it', async () => {
    const fixture = await connected();
    fixture.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('counts as answered elsewhere when the same agent accepts on another machine', () => {
    const fixture = ringing();
    fixture.claimed(id, { id: 'ana', name: 'Ana' });
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Ana' } });
  });

  test('lets the provider decide without the relay', async () => {
    const fixture = ringing();
    fixture.coordinator.claims = { kind: 'unreachable' };
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)?.name).toBe('connected');
  });

  test('ends here when the claim is refused', async () => {
    const fixture = ringing();
    fixture.coordinator.claims = { kind: 'refused', by: { id: 'bob', name: 'Bob' }, why: 'taken' };
    fixture.service.accept(id);
    await settled();
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    expect(fixture.provider.asked).toEqual([]);
  });

  test('gives the claim back after a refused accept, and rings on if that may help', async () => {
    const fixture = ringing();
    fixture.provider.manual = true;
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(id);
    await settled();
    fixture.provider.answer('pre-accept');
    await settled();
    fixture.provider.refuse('accept', { code: 'network', transient: true });
    await settled();
    expect(phase(fixture)).toMatchObject({ name: 'ringing', lastError: { code: 'network' } });
    expect(fixture.coordinator.asked.at(-1)).toBe(`release ${id} network refused`);
    fixture.service.accept(id);
    await settled();
    fixture.provider.refuse('accept', { code: '131044' });
    await settled();
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'failed', error: { code: '131044' } } });
  });

  test.each([
    { last: true, soleCandidate: false, rejected: ['reject wacid.1'] },
    { last: false, soleCandidate: true, rejected: [] },
    { last: undefined, soleCandidate: true, rejected: ['reject wacid.1'] },
    { last: undefined, soleCandidate: false, rejected: [] },
  ])(
    'declined: last $last, sole candidate $soleCandidate',
    async ({ last, soleCandidate, rejected }) => {
      const fixture = ringing();
      fixture.coordinator.declines =
        last === undefined ? { kind: 'unreachable' } : { kind: 'declined', last };
      fixture.coordinator.reserves = { kind: 'refused', why: 'no' };
      fixture.service.handleRinging({ callId: id, agents: [], soleCandidate });
      fixture.service.decline(id);
      await settled();
      expect(fixture.provider.asked).toEqual([]);
      fixture.clock.advance(timing.undo);
      await settled();
      expect(fixture.provider.asked).toEqual(rejected);
      expect(phase(fixture)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
    },
  );

  describe('a declined call', () => {
    const declined = () => {
      const fixture = ringing();
      fixture.coordinator.declines = { kind: 'declined', last: true };
      fixture.clock.advance(1_000);
      fixture.service.decline(id);
      return fixture;
    };

    test('U1 is declined after 3 s, and rings again if undone', async () => {
      const fixture = declined();
      fixture.clock.advance(timing.undo - 1);
      await settled();
      expect(phase(fixture)).toMatchObject({
        name: 'ringing',
        declined: { until: expect.any(Number) },
      });
      expect(fixture.service.undoDecline(id).ok).toBe(true);
      fixture.clock.advance(timing.undo);
      await settled();
      expect(phase(fixture)).toMatchObject({ name: 'ringing' });
      expect(phase(fixture)).not.toHaveProperty('declined');
      expect(fixture.coordinator.asked.filter((one) => one.startsWith('decline'))).toEqual([]);
      fixture.clock.advance(60_000);
      expect(phase(fixture)).toMatchObject({ reason: { kind: 'rang-out' } });
    });

    test('U1 a second press does not decline sooner, and accepting undoes it', async () => {
      const fixture = declined();
      expect(fixture.service.decline(id).ok).toBe(true);
      await settled();
      expect(phase(fixture)).toMatchObject({ name: 'ringing' });
      fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
      fixture.service.accept(id);
      fixture.clock.advance(timing.undo);
      await settled();
      expect(phase(fixture)).toMatchObject({ name: 'connected' });
    });

    test('U1 counts as declined, not missed, when the caller gives up meanwhile', () => {
      const fixture = declined();
      fixture.receive(report.terminated(fixture.clock.now()));
      expect(phase(fixture)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
      expect(fixture.log.unseenMissed()).toBe(0);
    });

    test('U1 can still be taken by a teammate', () => {
      const fixture = declined();
      fixture.claimed(id);
      expect(phase(fixture)).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    });

    test('U1 is declined when the app quits, and after a crash', async () => {
      const fixture = declined();
      await hangUpAll(fixture.service);
      expect(fixture.provider.asked).toContain('reject wacid.1');
      const path = join(tempFolder(), 'calls.db');
      const killed = createCallService({ path });
      killed.receive(report.offer(killed.clock.now()));
      killed.service.decline(id);
      const other = createCallService({ path, clock: killed.clock });
      other.coordinator.declines = { kind: 'declined', last: true };
      other.service.restore();
      await settled();
      expect(other.provider.asked).toContain('reject wacid.1');
    });

    test('U1 is declined before the ring ends', async () => {
      const fixture = ringing();
      fixture.clock.advance(59_000);
      fixture.service.decline(id);
      fixture.clock.advance(1_000);
      await settled();
      expect(phase(fixture)).toMatchObject({ reason: { kind: 'declined-by-agent' } });
    });

    test('U12 a silenced call rings on, and can be accepted', async () => {
      const fixture = ringing();
      fixture.service.silence(id);
      expect(phase(fixture)).toMatchObject({ name: 'ringing', silenced: true });
      expect(fixture.coordinator.asked.filter((one) => one.startsWith('decline'))).toEqual([]);
      fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
      fixture.service.accept(id);
      await settled();
      expect(phase(fixture)).toMatchObject({ name: 'connected' });
    });
  });

  test('rings out, is missed, and stays missed until it is seen', () => {
    const fixture = ringing();
    fixture.clock.advance(60_000);
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'rang-out' } });
    expect(fixture.log.unseenMissed()).toBe(1);
    fixture.log.markSeen();
    expect(fixture.log.unseenMissed()).toBe(0);
    expect(fixture.clock.pending).toBe(0);
  });

  test('talking to the person again marks the missed call as seen', async () => {
    const fixture = ringing();
    fixture.receive(report.terminated(fixture.clock.now()));
    expect(fixture.log.unseenMissed()).toBe(1);
    fixture.clock.advance(1000);
    fixture.receive(report.offer(fixture.clock.now()), 'wacid.2');
    expect(fixture.log.unseenMissed()).toBe(1);
    const second = `${ACCOUNT}/wacid.2`;
    fixture.service.handleMediaReport(second, { kind: 'answer-ready', sdp: 'our-sdp' });
    fixture.service.accept(second);
    await settled();
    expect(fixture.log.unseenMissed()).toBe(0);
  });

  test('a call that a teammate took while we were offline is not missed', () => {
    const fixture = createCallService();
    fixture.receive(report.offer(fixture.clock.now() - 3_600_000));
    expect(fixture.log.unseenMissed()).toBe(1);
    fixture.claimed(id);
    expect(fixture.log.unseenMissed()).toBe(0);
    fixture.receive(report.talked(fixture.clock.now() - 3_000_000, 60));
    expect(fixture.history.get(id)).toMatchObject({
      outcome: 'elsewhere',
      endReason: { by: 'Bob' },
      talkSeconds: 60,
    });
  });

  test('a terminate before its connect leaves one closed record', () => {
    const fixture = createCallService();
    const now = fixture.clock.now();
    fixture.receive(report.terminated(now - 1000));
    fixture.receive(report.offer(now - 20_000));
    expect(fixture.service.live()).toEqual([]);
    expect(fixture.media).toEqual([]);
    expect(fixture.history.list({}, undefined, 10).rows).toMatchObject([
      { outcome: 'missed', createdAt: now - 20_000, party: { name: 'Mia' }, unseen: true },
    ]);
  });

  test('a second call rings during a call, and can be accepted only after it', async () => {
    const fixture = await connected();
    fixture.receive(
      report.offer(fixture.clock.now(), { party: { waId: '4915112345' } }),
      'wacid.2',
    );
    const second = `${ACCOUNT}/wacid.2`;
    expect(fixture.service.live()).toHaveLength(2);
    expect(fixture.service.accept(second)).toMatchObject({ ok: false, error: { code: 'busy' } });
    fixture.service.hangUp(id);
    expect(fixture.service.accept(second)).toMatchObject({ ok: true });
  });

  test('refuses actions that the call’s state does not allow', async () => {
    const fixture = await connected();
    expect(fixture.service.accept('nothing')).toMatchObject({ error: { code: 'no-such-call' } });
    expect(fixture.service.accept(id)).toMatchObject({ ok: true });
    fixture.service.hangUp(id);
    expect(fixture.service.accept(id)).toMatchObject({ error: { code: 'too-late' } });
    expect(fixture.service.hangUp(id)).toMatchObject({ error: { code: 'too-late' } });
  });

  test('losing the window ends its call, and prepares ringing ones again', async () => {
    const fixture = await connected();
    fixture.receive(report.offer(fixture.clock.now(), { sdp: 'offer-2' }), 'wacid.2');
    fixture.service.handleSoftphoneLost();
    await settled();
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'media-failed', why: 'window-lost' } });
    expect(fixture.provider.asked.at(-1)).toBe('terminate wacid.1');
    expect(fixture.media.at(-1)).toEqual({
      do: 'answer',
      callId: `${ACCOUNT}/wacid.2`,
      offer: 'offer-2',
    });
  });

  test('passes mute on once', async () => {
    const fixture = await connected();
    fixture.service.mute(id, true);
    fixture.service.mute(id, true);
    expect(fixture.did()).toEqual(['answer', 'live', 'mute']);
  });

  test('offers of unknown numbers only move the cursor', () => {
    const fixture = createCallService();
    fixture.service.reports.handleEntry({
      cursor: 7,
      at: 1,
      body: {
        type: 'provider',
        accountId: 'another',
        providerCallId: 'wacid.9',
        event: report.offer(fixture.clock.now()),
      },
    });
    expect(fixture.service.live()).toEqual([]);
    expect(fixture.cursor.get()?.cursor).toBe(7);
  });

  test('knows who else it rings at, even if reported before the offer', () => {
    const fixture = createCallService();
    const agents = [
      { id: 'ana', name: 'Ana' },
      { id: 'bob', name: 'Bob' },
    ];
    fixture.service.handleRinging({ callId: id, agents, soleCandidate: false });
    fixture.receive(report.offer(fixture.clock.now()));
    expect(fixture.service.alsoRings(id)).toEqual(['Bob']);
  });

  test('logs every transition as one line with the call id and no whole number', async () => {
    const fixture = await connected();
    expect(fixture.lines.at('info').every((line) => line.includes(id))).toBe(true);
    expect(fixture.lines.lines.join()).not.toContain('16315553602');
  });
});

describe('with a failing database', () => {
  const full = (what: string) =>
    `CREATE TRIGGER full BEFORE ${what} ON call BEGIN SELECT raise(ABORT, 'disk full'); END`;

  test('S3 a call rings, is answered and ends, and is stored later', async () => {
    const fixture = createCallService();
    fixture.exec(full('INSERT'));
    fixture.receive(report.offer(fixture.clock.now()));
    expect(fixture.did()).toEqual(['answer']);
    fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
    expect(fixture.service.accept(id)).toMatchObject({ ok: true });
    await settled();
    expect(phase(fixture)?.name).toBe('connected');
    expect(fixture.service.hangUp(id)).toMatchObject({ ok: true });
    expect(fixture.storage.view().waiting).toBeGreaterThan(0);
    fixture.exec('DROP TRIGGER full');
    fixture.clock.advance(10_000);
    expect(fixture.storage.view()).toMatchObject({ waiting: 0, trouble: undefined });
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered' });
  });

  test('S3 deadlines fire whatever the database does', () => {
    const fixture = ringing();
    fixture.exec(full('UPDATE'));
    fixture.clock.advance(60_000);
    expect(phase(fixture)?.name).toBe('ended');
    fixture.exec('DROP TRIGGER full');
    fixture.clock.advance(10_000);
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'missed' });
  });
});
