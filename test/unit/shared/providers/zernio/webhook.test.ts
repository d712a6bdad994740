import { describe, expect, it } from 'vitest';
import {
  normaliseZernioWebhook,
  zernioSignature,
} from '../../../../../src/shared/providers/zernio/webhook.ts';
import { fuzz } from '../d360/fuzz.ts';
import { DELIVERIES, RECEIVED_AT } from './samples.ts';

const run = (body: unknown) => normaliseZernioWebhook(body, { receivedAt: RECEIVED_AT });
const at = Date.parse('2026-11-22T10:00:00.000Z');

/** The events of a body that has no problems. */
function clean(body: unknown) {
  const { events, problems } = run(body);
  expect(problems).toEqual([]);
  return events;
}

describe('a call event', () => {
  it('announces a call', () => {
    expect(clean(DELIVERIES.received)).toEqual([
      {
        numberId: 'acc_1',
        identity: 'call.announced:call_1',
        providerCallId: 'call_1',
        event: { kind: 'announced', at, party: { waId: '5511999990000' }, direction: 'inbound' },
      },
    ]);
  });

  it('ends a call with its exact bill and without the recording URL', () => {
    const [ended] = clean(DELIVERIES.ended);
    expect(ended).toMatchObject({
      identity: 'call.terminated:call_1',
      event: {
        kind: 'terminated',
        direction: 'outbound',
        party: { waId: '5511999990000' },
        failed: false,
        startedAt: at + 10_000,
        endedAt: at + 70_000,
        durationSeconds: 60,
        bill: {
          billable: '0.0672',
          meta: '0.0336',
          carrier: '0.01',
          recording: '0.004',
          total: '0.1008',
        },
        recorded: true,
      },
    });
    expect(JSON.stringify(ended)).not.toContain('signature=1');
  });

  it.each([
    ['no_answer', 0, false, ['terminated']],
    ['rejected', 0, false, ['status', 'terminated']],
    ['error', 0, true, ['terminated']],
    ['hangup', 0, false, ['terminated']],
  ])('that ends by %s was not answered', (endReason, durationSeconds, failed, kinds) => {
    const call = { ...DELIVERIES.ended.call, endReason, durationSeconds };
    const events = clean({ ...DELIVERIES.ended, call });
    expect(events.map(({ event }) => event.kind)).toEqual(kinds);
    expect(events.at(-1)?.event).toMatchObject({ failed });
    expect(events.at(-1)?.event).not.toHaveProperty('startedAt');
  });

  it('that went to voicemail was not answered', () => {
    const call = { ...DELIVERIES.ended.call, isVoicemail: true };
    const [ended] = clean({ ...DELIVERIES.ended, call });
    expect(ended?.event).not.toHaveProperty('startedAt');
    expect(ended?.event).toMatchObject({ kind: 'terminated', voicemail: true });
  });

  it('carries its errors; code 0 is unknown', () => {
    const callErrors = [{ code: 0, message: 'odd' }, { code: 138021, message: 'silence' }, 7];
    const call = { ...DELIVERIES.ended.call, callErrors };
    expect(clean({ ...DELIVERIES.ended, call })[0]?.event).toMatchObject({
      errors: [
        { code: 'unknown', message: 'odd' },
        { code: '138021', message: 'silence' },
        { code: 'unknown', message: '' },
      ],
    });
  });

  it('reports a failed call', () => {
    expect(clean(DELIVERIES.failed)).toMatchObject([
      {
        event: {
          kind: 'terminated',
          at: at + 4000,
          failed: true,
          errors: [{ code: '138013', message: 'not available', transient: false }],
        },
      },
    ]);
  });
});

describe('a permission event', () => {
  const { permission } = DELIVERIES;

  it('is the customer’s answer, identified by the delivery id', () => {
    expect(clean(permission)).toMatchObject([
      {
        identity: `call.permission:${permission.id}:accept`,
        numberId: 'acc_1',
        event: {
          kind: 'permission',
          at,
          granted: true,
          permanent: false,
          expiresAt: 1_780_600_000_000,
          source: 'user',
        },
      },
    ]);
  });

  it('may be a refusal or come from a rule', () => {
    const refused = { ...permission.permission, response: 'reject', responseSource: 'automatic' };
    expect(clean({ ...permission, permission: refused })).toMatchObject([
      { event: { granted: false, source: 'automatic' } },
    ]);
  });
});

describe('an incomplete or unknown event', () => {
  const { received } = DELIVERIES;

  it.each([
    [{ ...received, event: 'message.received' }, 'event'],
    [{ ...received, call: null }, 'call'],
    [{ ...received, call: { ...received.call, id: null } }, 'call.id'],
    [{ ...received, call: { ...received.call, direction: 'sideways' } }, 'call.direction'],
    [{ ...received, call: { ...received.call, from: null } }, 'call'],
    [{ ...DELIVERIES.permission, permission: { response: 'maybe' } }, 'permission.response'],
  ])('is listed as a problem (case %#)', (body, path) => {
    expect(run(body).problems).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
  });

  it('gets the time of arrival if it has none', () => {
    const { startedAt: _, ...call } = received.call;
    const { events, problems } = run({ ...received, timestamp: 'now', call });
    expect(events).toMatchObject([{ event: { at: RECEIVED_AT } }]);
    expect(problems.map(({ path }) => path)).toContain('timestamp');
  });
});

it('a webhook is signed in the current or the older header', () => {
  expect(zernioSignature).toEqual({
    header: 'x-zernio-signature',
    aliases: ['x-late-signature'],
  });
});

describe('a Zernio webhook body', () => {
  fuzz(run, Object.values(DELIVERIES));
});

describe('another spelling', () => {
  const account = { id: 'acc_1' };
  const call = { id: 'call_1', direction: 'inbound', from: '+5511999990000' };
  const reply = { from: '+5511999990000', response: ' Accept', isPermanent: 'true' };

  it.each([
    ['call.received', { call: { ...call, direction: 'Incoming' } }, { kind: 'announced' }],
    [
      'Call.Ended',
      { call: { ...call, endReason: 'Hangup', durationSeconds: '9', isVoicemail: 'true' } },
      { voicemail: true },
    ],
    [
      'call.failed',
      { call: { ...call, error: 'no route' } },
      { errors: [{ message: 'no route' }] },
    ],
    ['call.permission_request', { permission: reply }, { granted: true, permanent: true }],
    [
      'call.permission_request',
      { permission: { ...reply, from: 'BR.1349' } },
      { party: { userId: 'BR.1349' } },
    ],
  ])('of %s is read', (event, block, expected) => {
    expect(run({ event, account, ...block }).events).toMatchObject([{ event: expected }]);
  });
});
