import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { viewOf } from '../../../../src/shared/call/view.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;
const dialled = 'out/uuid-1';
const to = '16315553602';

const createStreamed = (options: Parameters<typeof createCallService>[0] = {}) =>
  createCallService({ kind: 'pilot-web', ...options });
type CallServiceFixture = ReturnType<typeof createCallService>;

async function onCall(fixture: CallServiceFixture) {
  fixture.receive(report.announced(fixture.clock.now()));
  fixture.service.accept(id);
  await settled();
  return fixture;
}

describe('an inbound streamed call', () => {
  test('rings at once, and is accepted without an SDP', async () => {
    const fixture = createStreamed();
    fixture.receive(report.announced(fixture.clock.now()));
    expect(fixture.service.live().map(viewOf)).toMatchObject([
      { path: 'streamed', phase: { name: 'ringing', ready: true } },
    ]);
    expect(fixture.service.live()[0]?.phase).not.toHaveProperty('answer');
    expect(fixture.service.accept(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(fixture.coordinator.asked).toEqual([`claim ${id}`]);
    expect(fixture.provider.asked).toEqual(['accept wacid.1 ']);
    expect(fixture.log.get(id)?.phase.name).toBe('connected');
    expect(fixture.streams.asked).toEqual([`open ${id} wacid.1`]);
    expect(fixture.media).toEqual([]);
  });

  test('is hung up at the provider, or at the relay if the relay streams it', async () => {
    const fixture = await onCall(createStreamed());
    expect(fixture.service.hangUp(id)).toEqual({ ok: true, value: null });
    await settled();
    expect(fixture.streams.hungUp).toEqual([id]);
    expect(fixture.provider.asked).toContain('terminate wacid.1');
  });

  test('closes its audio and its softphone at the end', async () => {
    const fixture = await onCall(createStreamed());
    fixture.clock.advance(7_000);
    fixture.receive(report.talked(fixture.clock.now(), 7));
    expect(fixture.streams.asked).toEqual([`open ${id} wacid.1`, `close ${id}`]);
    expect(fixture.streams.hungUp).toEqual([]);
    expect(fixture.media).toEqual([{ do: 'close', callId: id }]);
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 7 });
  });

  test('needs no reservation, even for the sole candidate', () => {
    const fixture = createStreamed();
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.service.handleRinging({ callId: id, agents: [], soleCandidate: true });
    expect(fixture.coordinator.asked).toEqual([]);
  });

  test('ends here when somebody took it at the provider', () => {
    const fixture = createStreamed();
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.receive(report.status(fixture.clock.now(), 'accepted'));
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'elsewhere' });
  });

  test('connects when the provider reports an accept whose answer was lost', async () => {
    const fixture = createStreamed();
    fixture.provider.manual = true;
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.service.accept(id);
    await settled();
    fixture.provider.refuse('accept', { code: 'network', transient: true });
    await settled();
    expect(fixture.log.get(id)?.phase).toMatchObject({
      name: 'ringing',
      lastError: { code: 'network' },
    });
    fixture.receive(report.status(fixture.clock.now(), 'accepted'));
    expect(fixture.log.get(id)?.phase.name).toBe('connected');
    expect(fixture.streams.asked).toEqual([`open ${id} wacid.1`]);
  });

  test('does not ring when announced for a number with SDPs', () => {
    const fixture = createCallService({ kind: 'pilot-meta' });
    const announced: string[] = [];
    fixture.service.on('announced', (...about) => announced.push(about.join(' ')));
    fixture.receive(report.announced(fixture.clock.now()));
    expect(fixture.service.live()).toEqual([]);
    expect(announced).toEqual([`${ACCOUNT} wacid.1`]);
    fixture.receive(report.offer(fixture.clock.now()));
    expect(fixture.service.live()).toMatchObject([
      { phase: { name: 'ringing', offer: 'offer-sdp' } },
    ]);
  });

  test('with two ids is one call, whichever is reported', () => {
    const fixture = createStreamed();
    const receive = (
      event: Parameters<CallServiceFixture['receive']>[0],
      providerCallId: string,
      secondaryId?: string,
    ) =>
      fixture.service.reports.handleRead(ACCOUNT, [
        { accountId: ACCOUNT, providerCallId, secondaryId, event },
      ]);
    receive(report.announced(fixture.clock.now()), 'call_1');
    receive(report.announced(fixture.clock.now()), 'ext-1', 'call_1');
    expect(fixture.service.live()).toMatchObject([
      { providerCallId: 'call_1', secondaryId: 'ext-1' },
    ]);
    receive(report.talked(fixture.clock.now(), 3), 'ext-1');
    expect(fixture.service.live()).toEqual([]);
    receive(report.terminated(fixture.clock.now(), { recorded: true }), 'ext-1');
    expect(fixture.log.get(`${ACCOUNT}/call_1`)).toMatchObject({ recorded: {} });
    expect(fixture.history.list({}, undefined, 10).rows).toHaveLength(1);
  });
});

describe('an inbound call that the relay picks up', () => {
  const createRelayed = () => createCallService({ kind: 'zernio-relay' });

  test('is not answered by the relay’s pick-up', () => {
    const fixture = createRelayed();
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.receive(report.status(fixture.clock.now(), 'accepted'));
    expect(fixture.log.get(id)).toMatchObject({ mediaServer: 'relay', phase: { name: 'ringing' } });
    fixture.clock.advance(20_000);
    fixture.receive(report.talked(fixture.clock.now(), 20));
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'missed', talkSeconds: undefined });
  });

  test('is not answered by a pick-up after it rang out', () => {
    const fixture = createRelayed();
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.clock.advance(60_000);
    fixture.receive(report.status(fixture.clock.now(), 'accepted'));
    fixture.receive(report.talked(fixture.clock.now(), 60));
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'missed' });
  });

  test('counts talk from our accept', async () => {
    const fixture = createRelayed();
    fixture.receive(report.announced(fixture.clock.now()));
    fixture.clock.advance(20_000);
    fixture.service.accept(id);
    await settled();
    expect(fixture.streams.asked).toEqual([`open ${id} wacid.1`]);
    fixture.clock.advance(10_000);
    fixture.receive(report.talked(fixture.clock.now(), 30));
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 10 });
  });

  test('an outbound call there may still be taken elsewhere', async () => {
    const fixture = createRelayed();
    fixture.service.dial({ accountId: ACCOUNT, to, forwardTo: 'tel:+4930123456' });
    fixture.service.dial({ accountId: ACCOUNT, to: '4915112345' });
    await settled();
    expect(fixture.service.live()).toMatchObject([
      { path: 'external', forwardTo: 'tel:+4930123456' },
      { path: 'streamed', mediaServer: 'relay', phase: { name: 'calling' } },
    ]);
  });
});

describe('an outbound streamed call', () => {
  async function calling(options?: Parameters<typeof createStreamed>[0]) {
    const fixture = createStreamed(options);
    expect(fixture.service.dial({ accountId: ACCOUNT, to })).toMatchObject({ ok: true });
    await settled();
    return fixture;
  }

  test('prepares nothing, and opens its audio when answered', async () => {
    const fixture = await calling();
    expect(fixture.provider.asked).toEqual([`place ${to}  ringdesk:${dialled}`]);
    expect(fixture.log.get(dialled)?.phase.name).toBe('calling');
    fixture.receive(report.status(fixture.clock.now(), 'ringing'), 'wacid.placed');
    expect(fixture.streams.asked).toEqual([]);
    fixture.receive(report.status(fixture.clock.now(), 'accepted'), 'wacid.placed');
    fixture.receive(report.status(fixture.clock.now(), 'accepted'), 'wacid.placed');
    expect(fixture.log.get(dialled)?.phase.name).toBe('connected');
    expect(fixture.streams.asked).toEqual([`open ${dialled} wacid.placed`]);
    expect(fixture.media).toEqual([]);
  });

  test('ends unanswered', async () => {
    const fixture = await calling();
    fixture.clock.advance(90_000);
    await settled();
    expect(fixture.log.get(dialled)?.phase).toMatchObject({ reason: { kind: 'unanswered' } });
    expect(fixture.provider.asked.at(-1)).toBe('terminate wacid.placed');
  });

  test('plays a sound file', async () => {
    const fixture = await calling();
    const url = 'https://example.org/hello.mp3';
    expect(await fixture.service.play(dialled, url)).toEqual({ ok: true, value: null });
    expect(fixture.provider.asked.at(-1)).toBe(`play wacid.placed ${url}`);
    expect(await fixture.service.play('nobody', url)).toMatchObject({
      error: { code: 'no-such-call' },
    });
  });

  test('shows the agent the provider’s refusal', async () => {
    const fixture = await calling();
    fixture.provider.manual = true;
    const asked = fixture.service.play(dialled, 'https://example.org/hello.mp3');
    fixture.provider.refuse('play', { code: 'FEATURE_NOT_SUPPORTED', message: 'not this number' });
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
  test('reopens its audio, still muted, after a lost window', async () => {
    const fixture = await onCall(createStreamed());
    fixture.service.mute(id, true);
    fixture.service.handleSoftphoneLost();
    expect(fixture.log.get(id)?.phase.name).toBe('connected');
    expect(fixture.streams.asked).toEqual([`open ${id} wacid.1`, `open ${id} wacid.1`]);
    expect(fixture.did()).toEqual(['mute', 'mute']);
  });

  test('reopens its audio after a restart', async () => {
    const path = join(tempFolder(), 'calls.db');
    const first = await onCall(createStreamed({ path }));
    const second = createStreamed({ path, clock: first.clock });
    second.service.restore();
    await settled();
    expect(second.service.live()).toMatchObject([{ phase: { name: 'connected' } }]);
    expect(second.streams.asked).toEqual([`open ${id} wacid.1`]);
    expect(second.provider.asked).toEqual([]);
  });

  test('follows the provider’s report after a restart between accept and answer', async () => {
    const path = join(tempFolder(), 'calls.db');
    const first = createStreamed({ path });
    first.provider.manual = true;
    await onCall(first);
    const second = createStreamed({ path, clock: first.clock });
    second.service.restore();
    expect(second.log.get(id)?.phase).toMatchObject({ name: 'accepting', step: 'sending' });
    second.service.reports.handleRead(ACCOUNT, [
      {
        accountId: ACCOUNT,
        providerCallId: 'wacid.1',
        event: report.status(second.clock.now(), 'accepted'),
      },
    ]);
    expect(second.log.get(id)?.phase.name).toBe('connected');
    expect(second.streams.asked).toEqual([`open ${id} wacid.1`]);
  });

  test('audio that ends because the customer hung up is no failure', async () => {
    const fixture = await onCall(createStreamed());
    fixture.clock.advance(5_000);
    const endedAt = fixture.clock.now();
    fixture.clock.advance(300);
    fixture.service.handleMediaReport(id, { kind: 'failed', why: 'gone' });
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'failed' });
    fixture.receive(report.talked(endedAt, 5));
    expect(fixture.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'customer-hung-up' },
    });
  });
});
