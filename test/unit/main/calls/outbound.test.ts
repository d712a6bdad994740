import { describe, expect, test } from 'vitest';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

const id = 'out/uuid-1';
const callbackData = 'ringdesk:out/uuid-1';
const to = '16315553602';

async function dialled({ manual = false } = {}) {
  const desk = createCallService();
  desk.provider.manual = manual;
  expect(desk.service.dial({ accountId: ACCOUNT, to })).toEqual({
    ok: true,
    value: { callId: id },
  });
  desk.service.fromMedia(id, { kind: 'offer-ready', sdp: 'our-offer' });
  await settled();
  return desk;
}

const call = (desk: ReturnType<typeof createCallService>) => desk.log.get(id);

describe('an outbound call', () => {
  test('is placed with our callback data, rings, is answered, ends', async () => {
    const desk = await dialled();
    const { clock } = desk;
    expect(desk.provider.asked).toEqual([`place ${to} our-offer ${callbackData}`]);
    desk.say(told.status(clock.now(), 'ringing'), 'wacid.placed', callbackData);
    desk.say(told.answer(clock.now()), 'wacid.placed', callbackData);
    expect(call(desk)?.phase.name).toBe('customer-ringing');
    desk.say(told.status(clock.now(), 'accepted'), 'wacid.placed', callbackData);
    expect(call(desk)?.phase.name).toBe('connected');
    clock.advance(42_000);
    desk.say(told.talked(clock.now(), 42), 'wacid.placed', callbackData);
    expect(desk.did()).toEqual(['offer', 'apply-answer', 'live', 'close']);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 42 });
  });

  test('accepts the customer’s SDP before the HTTP answer', async () => {
    const desk = await dialled({ manual: true });
    desk.say(told.answer(desk.clock.now()), 'wacid.placed', callbackData);
    expect(call(desk)).toMatchObject({ providerCallId: 'wacid.placed', phase: { answered: true } });
    desk.provider.answer('place');
    await settled();
    expect(call(desk)?.phase).toMatchObject({ name: 'calling', answered: true });
    expect(desk.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('has sound when ACCEPTED precedes the customer’s SDP', async () => {
    const desk = await dialled();
    desk.say(told.status(desk.clock.now(), 'accepted'), 'wacid.placed', callbackData);
    desk.say(told.answer(desk.clock.now()), 'wacid.placed', callbackData);
    expect(call(desk)?.phase.name).toBe('connected');
    expect(desk.did()).toEqual(['offer', 'apply-answer', 'live']);
  });

  test('connects when the customer is heard, however late ACCEPTED comes', async () => {
    const desk = await dialled();
    desk.say(told.answer(desk.clock.now()), 'wacid.placed', callbackData);
    desk.service.fromMedia(id, { kind: 'audio' });
    expect(call(desk)?.phase.name).toBe('connected');
    desk.clock.advance(5000);
    const { connectedAt } = call(desk) ?? {};
    desk.say(told.status(desk.clock.now(), 'accepted'), 'wacid.placed', callbackData);
    expect(call(desk)?.connectedAt).toBe(connectedAt);
  });

  test('is unanswered when it ends as COMPLETED without a start', async () => {
    const desk = await dialled();
    desk.say(told.status(desk.clock.now(), 'ringing'), 'wacid.placed');
    desk.say(told.terminated(desk.clock.now()), 'wacid.placed');
    expect(desk.history.get(id)).toMatchObject({ outcome: 'unanswered', talkSeconds: undefined });
  });

  test('is rejected, not unanswered, even though a terminate follows', async () => {
    const desk = await dialled();
    desk.say(told.status(desk.clock.now(), 'rejected'), 'wacid.placed', callbackData);
    desk.say(told.terminated(desk.clock.now()), 'wacid.placed', callbackData);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'rejected' });
  });

  test('cancelled before the provider named it: its late id triggers the terminate', async () => {
    const desk = await dialled({ manual: true });
    desk.service.hangUp(id);
    expect(desk.did().at(-1)).toBe('close');
    desk.provider.answer('place');
    await settled();
    expect(desk.provider.open).toEqual(['terminate wacid.placed']);
    expect(desk.history.get(id)).toMatchObject({ outcome: 'cancelled' });
  });

  test('survives a timeout of the place request', async () => {
    const desk = await dialled({ manual: true });
    desk.provider.refuse('place', { code: 'timeout', transient: true });
    await settled();
    expect(call(desk)?.phase).toMatchObject({ name: 'ended', reason: { kind: 'failed' } });
    desk.say(told.status(desk.clock.now(), 'ringing'), 'wacid.placed', callbackData);
    await settled();
    expect(desk.provider.open).toEqual(['terminate wacid.placed']);
  });

  test('keeps the provider’s message when refused', async () => {
    const desk = await dialled({ manual: true });
    desk.provider.refuse('place', { code: '138006', message: 'No approved call permission' });
    await settled();
    expect(desk.history.get(id)).toMatchObject({
      outcome: 'failed',
      endReason: { error: { code: '138006', message: 'No approved call permission' } },
    });
  });

  test('unanswered, is ended at the provider too', async () => {
    const desk = await dialled();
    desk.say(told.status(desk.clock.now(), 'ringing'), 'wacid.placed', callbackData);
    desk.clock.advance(90_000);
    await settled();
    expect(desk.provider.asked.at(-1)).toBe('terminate wacid.placed');
    expect(desk.history.get(id)).toMatchObject({ outcome: 'unanswered' });
  });

  test('refuses a second call, an unknown number of ours, and nonsense', async () => {
    const desk = await dialled();
    const dial = (more: object) => desk.service.dial({ accountId: ACCOUNT, to, ...more });
    expect(dial({})).toMatchObject({ error: { code: 'busy' } });
    expect(dial({ to: '4915112345' })).toMatchObject({ error: { code: 'busy' } });
    expect(dial({ accountId: 'none' })).toMatchObject({ error: { code: 'no-such-account' } });
    expect(dial({ to: 'x' })).toMatchObject({ error: { code: 'bad-number' } });
  });

  test('refuses to call a customer who is ringing us', () => {
    const desk = createCallService();
    desk.say(told.offer(desk.clock.now()));
    expect(desk.service.dial({ accountId: ACCOUNT, to })).toMatchObject({
      error: { code: 'busy' },
    });
    expect(desk.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({ ok: true });
  });

  test('ignores calls placed by another console', () => {
    const desk = createCallService();
    const now = desk.clock.now();
    desk.say(told.answer(now), 'wacid.x', 'ringdesk:out/other');
    desk.say(told.status(now, 'ringing'), 'wacid.x', 'ringdesk:out/other');
    desk.say(told.talked(now, 5, { direction: 'outbound' }), 'wacid.x');
    expect(desk.history.list({}, undefined, 10).rows).toEqual([]);
    expect(desk.cursor.get()?.cursor).toBe(3);
  });

  test('calling back marks the missed call as seen', async () => {
    const desk = createCallService();
    desk.say(told.offer(desk.clock.now()));
    desk.say(told.terminated(desk.clock.now()));
    expect(desk.log.unseenMissed()).toBe(1);
    desk.clock.advance(1000);
    desk.service.dial({ accountId: ACCOUNT, to });
    expect(desk.log.unseenMissed()).toBe(1);
    desk.service.fromMedia(id, { kind: 'offer-ready', sdp: 'our-offer' });
    await settled();
    expect(desk.log.unseenMissed()).toBe(0);
  });
});
