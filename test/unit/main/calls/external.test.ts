import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LiveCalls } from '../../../../src/main/snapshot/live-calls.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = 'out/uuid-1';
const inbound = `${ACCOUNT}/wacid.1`;
const to = '16315553602';

const createExternal = (options: Parameters<typeof createCallService>[0] = {}) =>
  createCallService({ kind: 'zernio', ...options });

async function dialled({ manual = false, ...options }: { manual?: boolean; path?: string } = {}) {
  const fixture = createExternal(options);
  fixture.provider.manual = manual;
  const wish = { forwardTo: 'tel:+4930123456', record: true };
  expect(fixture.service.dial({ accountId: ACCOUNT, to, ...wish })).toMatchObject({ ok: true });
  await settled();
  return fixture;
}

const phase = (fixture: ReturnType<typeof createCallService>, callId = id) =>
  fixture.log.get(callId)?.phase;

describe('an external call', () => {
  test('is dialled with the agent’s options, rings, is answered, and ends with its bill', async () => {
    const fixture = await dialled();
    const { clock } = fixture;
    expect(fixture.provider.asked).toEqual([
      `place ${to}  ringdesk:${id} forwardTo=tel:+4930123456 record=true`,
    ]);
    expect(phase(fixture)).toMatchObject({ name: 'external', stage: 'dialling' });
    fixture.receive(report.status(clock.now(), 'ringing'), 'wacid.placed');
    expect(phase(fixture)).toMatchObject({ name: 'external', stage: 'ringing' });
    fixture.receive(report.status(clock.now(), 'accepted'), 'wacid.placed');
    expect(phase(fixture)).toMatchObject({ name: 'external', stage: 'talking' });
    clock.advance(60_000);
    const bill = { billable: '0.0672', meta: '0.012', total: '0.0792' };
    fixture.receive(report.talked(clock.now(), 60, { bill, recorded: true }), 'wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered', talkSeconds: 60 });
    expect(fixture.log.get(id)).toMatchObject({ bill, recorded: {} });
    expect(fixture.media).toEqual([]);
    expect(fixture.streams.asked).toEqual([]);
  });

  test('a later or partial bill is completed and never replaced', async () => {
    const fixture = await dialled();
    const end = fixture.clock.now();
    fixture.receive(report.talked(end, 5, { bill: { billable: '0.05' } }), 'wacid.placed');
    fixture.receive(
      report.talked(end, 5, { bill: { billable: '0.07', meta: '0.01' } }),
      'wacid.placed',
    );
    expect(fixture.log.get(id)?.bill).toMatchObject({ billable: '0.05', meta: '0.01' });
  });

  test('leaves the agent free to be rung and to dial', async () => {
    const fixture = await dialled();
    expect(fixture.service.dial({ accountId: ACCOUNT, to })).toMatchObject({
      error: { code: 'busy' },
    });
    expect(fixture.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({
      ok: true,
    });
  });

  test('can only be dismissed: it leaves the screen and runs to its end', async () => {
    const fixture = await dialled();
    const live = new LiveCalls(
      {
        account: () => undefined,
        alsoRings: () => [],
        team: () => undefined,
        shown: (party) => party,
        lastMessage: () => undefined,
        before: () => Promise.resolve({}),
        isWrappingUp: () => false,
      },
      fixture.clock,
      () => undefined,
    );
    fixture.service.on('changed', (call) => live.handleCall(call));
    expect(fixture.service.hangUp(id)).toMatchObject({ error: { code: 'too-late' } });
    expect(fixture.service.mute(id, true)).toMatchObject({ error: { code: 'too-late' } });
    expect(fixture.service.dismiss(id)).toEqual({ ok: true, value: null });
    expect(live.list()).toMatchObject([{ id, dismissed: true, phase: { stage: 'dialling' } }]);
    fixture.receive(report.talked(fixture.clock.now(), 5), 'wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({ outcome: 'answered' });
    expect(fixture.provider.asked).toHaveLength(1);
  });

  test.each([
    { name: 'no answer', event: report.terminated(0), outcome: 'unanswered' },
    {
      name: 'failed',
      event: report.terminated(0, {
        failed: true,
        errors: [{ code: '502', message: 'carrier', transient: false }],
      }),
      outcome: 'failed',
    },
    { name: 'declined', event: report.status(0, 'rejected'), outcome: 'rejected' },
  ])('ends as the provider reports: $name', async ({ event, outcome }) => {
    const fixture = await dialled();
    fixture.receive(event, 'wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({ outcome });
  });

  test('is refused with the provider’s message', async () => {
    const fixture = await dialled({ manual: true });
    fixture.provider.refuse('place', { code: '409', message: 'No active call permission.' });
    await settled();
    expect(phase(fixture)).toMatchObject({
      reason: { kind: 'failed', error: { message: 'No active call permission.' } },
    });
  });

  test('counts as lost after long silence, until its real end is reported', async () => {
    const fixture = await dialled();
    fixture.clock.advance(5 * 60_000);
    expect(phase(fixture)).toMatchObject({ reason: { kind: 'failed', error: { code: 'untold' } } });
    fixture.receive(report.talked(fixture.clock.now(), 9), 'wacid.placed');
    expect(fixture.history.get(id)).toMatchObject({
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
    const fixture = createExternal();
    fixture.receive(report.announced(fixture.clock.now()));
    expect(phase(fixture, inbound)).toMatchObject({ name: 'external', stage: 'ringing' });
    expect(fixture.service.accept(inbound)).toMatchObject({ error: { code: 'not-offered' } });
    expect(phase(fixture, inbound)).toMatchObject({ name: 'external' });
    fixture.receive(report.terminated(fixture.clock.now()));
    expect(fixture.history.get(inbound)).toMatchObject({ outcome: 'missed', unseen: true });
  });

  test('does not make the agent busy, whoever dials the number of a streamed account elsewhere', () => {
    const fixture = createExternal();
    fixture.receive(report.announced(fixture.clock.now()));
    expect(fixture.service.dial({ accountId: ACCOUNT, to: '4915112345' })).toMatchObject({
      ok: true,
    });
  });
});
