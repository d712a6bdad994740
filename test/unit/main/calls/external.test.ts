import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LiveCalls } from '../../../../src/main/snapshot/live-calls.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

const id = 'out/uuid-1';
const inbound = `${ACCOUNT}/wacid.1`;
const to = '16315553602';

const createExternal = (options: Parameters<typeof createCallService>[0] = {}) =>
  createCallService({ kind: 'zernio', ...options });

async function dialled({ manual = false, ...options }: { manual?: boolean; path?: string } = {}) {
  const desk = createExternal(options);
  desk.provider.manual = manual;
  const wish = { forwardTo: 'tel:+4930123456', record: true };
  expect(desk.service.dial({ accountId: ACCOUNT, to, ...wish })).toMatchObject({ ok: true });
  await settled();
  return desk;
}

const phase = (desk: ReturnType<typeof createCallService>, callId = id) =>
  desk.log.get(callId)?.phase;

describe('an external call', () => {
  test('is dialled with the agent’s options, rings, is answered, and ends with its bill', async () => {
    const desk = await dialled();
    const { clock } = desk;
    expect(desk.provider.asked).toEqual([
      `place ${to}  ringdesk:${id} forwardTo=tel:+4930123456 record=true`,
    ]);
    expect(phase(desk)).toMatchObject({ name: 'external', stage: 'dialling' });
    desk.say(told.status(clock.now(), 'ringing'), 'wacid.placed');
    expect(phase(desk)).toMatchObject({ name: 'external', stage: 'ringing' });
    desk.say(told.status(clock.now(), 'accepted'), 'wacid.placed');
    expect(phase(desk)).toMatchObject({ name: 'external', stage: 'talking' });
    clock.advance(60_000);
    const bill = { billable: '0.0672', meta: '0.012', total: '0.0792' };
    desk.say(told.talked(clock.now(), 60, { bill, recorded: true }), 'wacid.placed');
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 60 });
    expect(desk.log.get(id)).toMatchObject({ bill, recorded: {} });
    expect(desk.media).toEqual([]);
    expect(desk.sounds.asked).toEqual([]);
  });

  test('a later or partial bill is completed and never replaced', async () => {
    const desk = await dialled();
    const end = desk.clock.now();
    desk.say(told.talked(end, 5, { bill: { billable: '0.05' } }), 'wacid.placed');
    desk.say(told.talked(end, 5, { bill: { billable: '0.07', meta: '0.01' } }), 'wacid.placed');
    expect(desk.log.get(id)?.bill).toMatchObject({ billable: '0.05', meta: '0.01' });
  });

  test('leaves the agent free to be rung and to dial', async () => {
    const desk = await dialled();
    expect(desk.service.dial({ accountId: ACCOUNT, to })).toMatchObject({
      error: { code: 'busy' },
    });
    expect(desk.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({ ok: true });
  });

  test('can only be dismissed: it leaves the screen and runs to its end', async () => {
    const desk = await dialled();
    const live = new LiveCalls(
      {
        account: () => undefined,
        alsoRings: () => [],
        team: () => undefined,
        history: () => Promise.resolve(undefined),
      },
      desk.clock,
      () => undefined,
    );
    desk.service.on('changed', (call) => live.handleCall(call));
    expect(desk.service.hangUp(id)).toMatchObject({ error: { code: 'too-late' } });
    expect(desk.service.mute(id, true)).toMatchObject({ error: { code: 'too-late' } });
    expect(desk.service.dismiss(id)).toEqual({ ok: true, value: null });
    expect(live.list()).toMatchObject([{ id, dismissed: true, phase: { stage: 'dialling' } }]);
    desk.say(told.talked(desk.clock.now(), 5), 'wacid.placed');
    expect(desk.history.get(id)).toMatchObject({ outcome: 'answered' });
    expect(desk.provider.asked).toHaveLength(1);
  });

  test.each([
    { name: 'no answer', event: told.terminated(0), outcome: 'unanswered' },
    {
      name: 'failed',
      event: told.terminated(0, {
        failed: true,
        errors: [{ code: '502', message: 'carrier', transient: false }],
      }),
      outcome: 'failed',
    },
    { name: 'declined', event: told.status(0, 'rejected'), outcome: 'rejected' },
  ])('ends as the provider reports: $name', async ({ event, outcome }) => {
    const desk = await dialled();
    desk.say(event, 'wacid.placed');
    expect(desk.history.get(id)).toMatchObject({ outcome });
  });

  test('is refused with the provider’s message', async () => {
    const desk = await dialled({ manual: true });
    desk.provider.refuse('place', { code: '409', message: 'No active call permission.' });
    await settled();
    expect(phase(desk)).toMatchObject({
      reason: { kind: 'failed', error: { message: 'No active call permission.' } },
    });
  });

  test('counts as lost after long silence, until its real end is reported', async () => {
    const desk = await dialled();
    desk.clock.advance(5 * 60_000);
    expect(phase(desk)).toMatchObject({ reason: { kind: 'failed', error: { code: 'untold' } } });
    desk.say(told.talked(desk.clock.now(), 9), 'wacid.placed');
    expect(desk.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'over' },
    });
  });

  test('is dialled after a restart with the same key, and never twice', async () => {
    const path = join(tempFolder(), 'calls.db');
    const first = await dialled({ path, manual: true });
    const second = createExternal({ path, clock: first.clock });
    second.service.restore();
    await settled();
    expect(second.provider.asked).toEqual([
      `place ${to}  ringdesk:${id} forwardTo=tel:+4930123456 record=true`,
    ]);
    second.service.restore();
    await settled();
    expect(second.provider.asked).toHaveLength(1);
    expect(phase(second)).toMatchObject({ name: 'external', stage: 'dialling' });
  });
});

describe('a customer’s call that is answered externally', () => {
  test('is shown and never rings', () => {
    const desk = createExternal();
    desk.say(told.announced(desk.clock.now()));
    expect(phase(desk, inbound)).toMatchObject({ name: 'external', stage: 'ringing' });
    expect(desk.service.accept(inbound)).toMatchObject({ error: { code: 'not-offered' } });
    expect(phase(desk, inbound)).toMatchObject({ name: 'external' });
    desk.say(told.terminated(desk.clock.now()));
    expect(desk.history.get(inbound)).toMatchObject({ outcome: 'missed', unseen: true });
  });

  test('does not make the agent busy, whoever dials the number of a streamed account elsewhere', () => {
    const desk = createExternal();
    desk.say(told.announced(desk.clock.now()));
    expect(desk.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({ ok: true });
  });
});
