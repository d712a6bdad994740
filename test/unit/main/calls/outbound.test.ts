import { describe, expect, test } from 'vitest';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = 'out/uuid-1';
const callbackData = 'ringdesk:out/uuid-1';
const to = '16315553602';

async function dialled({ manual = false } = {}) {
  const fixture = createCallService();
  fixture.provider.manual = manual;
  expect(fixture.service.dial({ accountId: ACCOUNT, to })).toEqual({
    ok: true,
    value: { callId: id },
  });
  fixture.service.handleMediaReport(id, { kind: 'offer-ready', sdp: 'our-offer' });
  await settled();
  return fixture;
}

const call = (fixture: ReturnType<typeof createCallService>) => fixture.log.get(id);

describe('an outbound call', () => {
  test('is placed with our callback data, rings, is answered, ends', async () => {
    const fixture = await dialled();
    const { clock } = fixture;
    expect(fixture.provider.asked).toEqual([`place ${to} our-offer ${callbackData}`]);
    fixture.receive(report.status(clock.now(), 'ringing'), 'wacid.placed', callbackData);
    fixture.receive(report.answer(clock.now()), 'wacid.placed', callbackData);
    expect(call(fixture)?.phase.name).toBe('customer-ringing');
    fixture.receive(report.status(clock.now(), 'accepted'), 'wacid.placed', callbackData);
    expect(call(fixture)?.phase.name).toBe('connected');
    clock.advance(42_000);
    fixture.receive(report.talked(clock.now(), 42), 'wacid.placed', callbackData);
    expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live', 'close']);
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 42 });
  });

  test('accepts the customer’s SDP before the HTTP answer', async () => {
    const fixture = await dialled({ manual: true });
    fixture.receive(report.answer(fixture.clock.now()), 'wacid.placed', callbackData);
    expect(call(fixture)).toMatchObject({
      providerCallId: 'wacid.placed',
      phase: { answered: true },
    });
    fixture.provider.answer('place');
    await settled();
    expect(call(fixture)?.phase).toMatchObject({ name: 'calling', answered: true });
    expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('has audio when ACCEPTED precedes the customer’s SDP', async () => {
    const fixture = await dialled();
    fixture.receive(report.status(fixture.clock.now(), 'accepted'), 'wacid.placed', callbackData);
    fixture.receive(report.answer(fixture.clock.now()), 'wacid.placed', callbackData);
    expect(call(fixture)?.phase.name).toBe('connected');
    expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('connects when the customer is heard, however late ACCEPTED comes', async () => {
    const fixture = await dialled();
    fixture.receive(report.answer(fixture.clock.now()), 'wacid.placed', callbackData);
    fixture.service.handleMediaReport(id, { kind: 'audio' });
    expect(call(fixture)?.phase.name).toBe('connected');
    fixture.clock.advance(5000);
    const { connectedAt } = call(fixture) ?? {};
    fixture.receive(report.status(fixture.clock.now(), 'accepted'), 'wacid.placed', callbackData);
    expect(call(fixture)?.connectedAt).toBe(connectedAt);
  });

  test('is unanswered when it ends as COMPLETED without a start', async () => {
    const fixture = await dialled();
    fixture.receive(report.status(fixture.clock.now(), 'ringing'), 'wacid.placed');
    fixture.receive(report.terminated(fixture.clock.now()), 'wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({
      outcome: 'unanswered',
      talkSeconds: undefined,
    });
  });

  test('is rejected, not unanswered, even though a terminate follows', async () => {
    const fixture = await dialled();
    fixture.receive(report.status(fixture.clock.now(), 'rejected'), 'wacid.placed', callbackData);
    fixture.receive(report.terminated(fixture.clock.now()), 'wacid.placed', callbackData);
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'rejected' });
  });

  test('cancelled before the provider named it: its late id triggers the terminate', async () => {
    const fixture = await dialled({ manual: true });
    fixture.service.hangUp(id);
    expect(fixture.did().at(-1)).toBe('close');
    fixture.provider.answer('place');
    await settled();
    expect(fixture.provider.open).toEqual(['terminate wacid.placed']);
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'cancelled' });
  });

  test('survives a timeout of the place request', async () => {
    const fixture = await dialled({ manual: true });
    fixture.provider.refuse('place', { code: 'timeout', transient: true });
    await settled();
    expect(call(fixture)?.phase).toMatchObject({ name: 'ended', reason: { kind: 'failed' } });
    fixture.receive(report.status(fixture.clock.now(), 'ringing'), 'wacid.placed', callbackData);
    await settled();
    expect(fixture.provider.open).toEqual(['terminate wacid.placed']);
  });

  test('keeps the provider’s message when refused', async () => {
    const fixture = await dialled({ manual: true });
    fixture.provider.refuse('place', { code: '138006', message: 'No approved call permission' });
    await settled();
    expect(fixture.history.get(id)).toMatchObject({
      outcome: 'failed',
      endReason: { error: { code: '138006', message: 'No approved call permission' } },
    });
  });

  test('unanswered, is ended at the provider too', async () => {
    const fixture = await dialled();
    fixture.receive(report.status(fixture.clock.now(), 'ringing'), 'wacid.placed', callbackData);
    fixture.clock.advance(90_000);
    await settled();
    expect(fixture.provider.asked.at(-1)).toBe('terminate wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'unanswered' });
  });

  test('refuses a second call, an unknown number of ours, and nonsense', async () => {
    const fixture = await dialled();
    const dial = (more: object) => fixture.service.dial({ accountId: ACCOUNT, to, ...more });
    expect(dial({})).toMatchObject({ error: { code: 'busy' } });
    expect(dial({ to: '4915112345' })).toMatchObject({ error: { code: 'busy' } });
    expect(dial({ accountId: 'none' })).toMatchObject({ error: { code: 'no-such-account' } });
    expect(dial({ to: 'x' })).toMatchObject({ error: { code: 'bad-number' } });
  });

  test('refuses to call a customer who is ringing us', () => {
    const fixture = createCallService();
    fixture.receive(report.offer(fixture.clock.now()));
    expect(fixture.service.dial({ accountId: ACCOUNT, to })).toMatchObject({
      error: { code: 'busy' },
    });
    expect(fixture.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({
      ok: true,
    });
  });

  test('ignores calls placed by another console', () => {
    const fixture = createCallService();
    const now = fixture.clock.now();
    fixture.receive(report.answer(now), 'wacid.x', 'ringdesk:out/other');
    fixture.receive(report.status(now, 'ringing'), 'wacid.x', 'ringdesk:out/other');
    fixture.receive(report.talked(now, 5, { direction: 'outbound' }), 'wacid.x');
    expect(fixture.history.list({}, undefined, 10).rows).toEqual([]);
    expect(fixture.cursor.get()?.cursor).toBe(3);
  });

  test('calling back marks the missed call as seen', async () => {
    const fixture = createCallService();
    fixture.receive(report.offer(fixture.clock.now()));
    fixture.receive(report.terminated(fixture.clock.now()));
    expect(fixture.log.unseenMissed()).toBe(1);
    fixture.clock.advance(1000);
    fixture.service.dial({ accountId: ACCOUNT, to });
    expect(fixture.log.unseenMissed()).toBe(1);
    fixture.service.handleMediaReport(id, { kind: 'offer-ready', sdp: 'our-offer' });
    await settled();
    expect(fixture.log.unseenMissed()).toBe(0);
  });
});
