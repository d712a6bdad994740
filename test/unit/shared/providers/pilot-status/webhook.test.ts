import { describe, expect, it } from 'vitest';
import { normalisePilotWebhook } from '../../../../../src/shared/providers/pilot-status/webhook.ts';
import { fuzz } from '../d360/fuzz.ts';
import { envelope, SAMPLES } from '../meta/samples.ts';
import { FLAT, MESSAGES, RECEIVED_AT } from './samples.ts';

const options = { receivedAt: RECEIVED_AT };
const run = (body: unknown) => normalisePilotWebhook(body, options);
const at = Date.parse('2026-11-22T10:00:00.000Z');

/** The events of a body that has no problems. */
function clean(body: unknown) {
  const { events, problems } = run(body);
  expect(problems).toEqual([]);
  return events;
}

describe('a flat event', () => {
  it('announces an inbound call under WhatsApp’s id', () => {
    expect(clean(FLAT.ringing)).toEqual([
      {
        numberId: undefined,
        identity: 'call.announced:wacid.A',
        providerCallId: 'wacid.A',
        secondaryId: 'call_01',
        event: { kind: 'announced', at, party: { waId: '5511999990000' }, direction: 'inbound' },
      },
    ]);
  });

  it('reports an outbound call ringing', () => {
    expect(clean(FLAT.ringingOut)).toMatchObject([
      { providerCallId: 'call_02', event: { kind: 'status', at, status: 'ringing' } },
    ]);
  });

  it('reports an outbound call answered', () => {
    expect(clean(FLAT.connected)).toMatchObject([
      { event: { kind: 'status', at: at + 5000, status: 'accepted' } },
    ]);
  });

  it('ends a call, with the start derived from its duration', () => {
    expect(clean(FLAT.ended)).toMatchObject([
      {
        identity: 'call.ended:call_02',
        event: {
          kind: 'terminated',
          direction: 'outbound',
          party: { waId: '5511999990000' },
          failed: false,
          startedAt: at + 5000,
          endedAt: at + 70_000,
          durationSeconds: 65,
        },
      },
    ]);
  });

  it('reports a refusal before the end', () => {
    const { duration: _, ...ended } = FLAT.ended;
    const events = clean({ ...ended, status: 'REJECTED' });
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'status', status: 'rejected' },
      { kind: 'terminated', failed: false },
    ]);
    expect(events[1]?.event).not.toHaveProperty('startedAt');
    expect(clean({ ...ended, status: 'failed' })).toMatchObject([{ event: { failed: true } }]);
  });

  it('reports a missed call as an inbound end without a start', () => {
    const [missed] = clean(FLAT.missed);
    expect(missed?.event).toMatchObject({
      kind: 'terminated',
      direction: 'inbound',
      failed: false,
    });
    expect(missed?.event).not.toHaveProperty('startedAt');
  });

  it.each([
    ['TEMPORARY', true, false],
    ['permanent', true, true],
    ['NO_PERMISSION', false, false],
  ])('reports permission %s', (status, granted, permanent) => {
    const [permission] = clean({ ...FLAT.permission, status });
    expect(permission).toMatchObject({ event: { kind: 'permission', granted, permanent, at } });
    expect(permission).not.toHaveProperty('providerCallId');
  });

  it('is read inside a wrapper', () => {
    const { event, ...data } = FLAT.ringing;
    expect(clean({ event, data })).toEqual(clean(FLAT.ringing));
  });

  it('keeps its identity when repeated', () => {
    const twice = [FLAT.permission, { ...FLAT.permission }].map((body) => clean(body)[0]?.identity);
    expect(twice[0]).toBe(twice[1]);
  });

  it('is listed as a problem when incomplete or unknown', () => {
    const { direction: _, ...ringing } = FLAT.ringing;
    expect(run(ringing).problems).toMatchObject([{ path: 'direction' }]);
    expect(run({ event: 'call.ended' })).toMatchObject({ events: [], problems: [{ path: '' }] });
    expect(run({ ...FLAT.missed, from: 'Ana' }).problems[0]).toMatchObject({ path: 'from' });
    expect(run({ ...FLAT.ended, status: 'VANISHED' }).problems).toMatchObject([{ path: 'status' }]);
    expect(run({ event: 'message.group', data: {} }).problems).toMatchObject([
      { kind: 'unsupported' },
    ]);
    expect(run({}).problems).toMatchObject([{ path: 'event', kind: 'malformed' }]);
  });
});

describe('the native envelope', () => {
  const value = SAMPLES.userConnect;

  it.each([
    ['whole', envelope(value)],
    ['wrapped', { event: 'calls', data: value }],
    ['flat', { event: 'calls', ...value }],
    ['bare', value],
  ])('is read: %s', (_, body) => {
    expect(clean(body)).toMatchObject([
      {
        event: { kind: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n', party: { waId: '16315553602' } },
      },
    ]);
  });

  it('locates its problems in the body', () => {
    const { session: _, ...call } = value.calls[0];
    expect(run({ event: 'calls', data: { calls: [call] } }).problems).toMatchObject([
      { path: 'data.calls[0].session' },
    ]);
    expect(run({ calls: [call] }).problems).toMatchObject([{ path: 'calls[0].session' }]);
  });
});

describe('a message', () => {
  it('from a customer keeps its text, once', () => {
    const [reported] = clean(MESSAGES.received);
    expect(reported).toEqual({
      numberId: undefined,
      identity: 'message:wamid.1',
      event: {
        kind: 'message',
        at,
        party: { waId: '5511999990000', name: 'Ana' },
        messageId: 'wamid.1',
        type: 'text',
        text: 'Hi',
      },
    });
    const reply = clean({ ...MESSAGES.received, event: 'message.reply' });
    expect(reply[0]?.identity).toBe(reported?.identity);
    const { content: _, ...image } = { ...MESSAGES.received.data, type: 'image' };
    const data = { ...image, mediaCaption: 'broken' };
    expect(clean({ event: 'message.received', data })).toMatchObject([
      { event: { type: 'image', text: 'broken' } },
    ]);
  });

  it('of ours is sent, delivered, read or failed', () => {
    const data = { messageId: 'wamid.2', createdAt: '2026-11-22T10:00:00.000Z' };
    for (const status of ['sent', 'delivered', 'read']) {
      expect(clean({ event: `message.${status}`, data })).toMatchObject([
        { event: { kind: 'message-status', at, messageId: 'wamid.2', status, errors: [] } },
      ]);
    }
    expect(clean(MESSAGES.failed)).toMatchObject([
      { event: { status: 'failed', errors: [{ code: '131026', message: 'Undeliverable' }] } },
    ]);
  });

  it('sent elsewhere, or without an id, is ignored', () => {
    const reported = (data: object) => run({ event: 'message.received', data });
    const { data } = MESSAGES.received;
    expect(reported({ ...data, fromMe: true }).problems).toMatchObject([{ kind: 'unsupported' }]);
    expect(reported({ ...data, messageId: null }).problems).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('a Pilot Status webhook body', () => {
  fuzz(run, [
    ...Object.values(FLAT),
    ...Object.values(MESSAGES),
    { event: 'calls', data: SAMPLES.businessConnect },
    { event: 'calls', ...SAMPLES.terminate },
    envelope(SAMPLES.status),
  ]);
});

describe('what is undocumented', () => {
  const ringing = { event: 'call.ringing', callId: 'call_1', timestamp: at / 1000 };

  it.each(['OUTGOING', 'outbound', 'BUSINESS_INITIATED'])(
    'does not ring for a call of ours: %s',
    (direction) => {
      expect(run({ ...ringing, direction, to: '5511999990000' }).events).toMatchObject([
        { event: { kind: 'status', status: 'ringing' } },
      ]);
    },
  );

  it.each([
    '5511999990000@s.whatsapp.net',
    '5511999990000:7@s.whatsapp.net',
    '+55 (11) 99999-0000',
    5_511_999_990_000,
  ])('names the customer: %s', (from) => {
    expect(run({ ...ringing, direction: 'INBOUND', from }).events).toMatchObject([
      { event: { kind: 'announced', party: { waId: '5511999990000' } } },
    ]);
  });

  it.each([
    ['data', (value: object) => ({ event: 'calls', data: value })],
    ['payload', (value: object) => ({ event: 'calls', payload: value })],
    ['a change', (value: object) => ({ event: 'calls', data: { field: 'calls', value } })],
    [
      'an envelope in data',
      (value: object) => ({
        event: 'calls',
        data: { entry: [{ changes: [{ field: 'calls', value }] }] },
      }),
    ],
  ])('reads the native event in %s', (_, wrap) => {
    const calls = [
      { id: 'wacid.1', event: 'terminate', status: 'COMPLETED', from: '5511999990000' },
    ];
    expect(run(wrap({ calls })).events).toMatchObject([
      { providerCallId: 'wacid.1', event: { kind: 'terminated' } },
    ]);
  });

  it('reads a call and a permission within the event', () => {
    const call = { id: 'call_1', direction: 'inbound', from: '5511999990000' };
    const permission = { status: 'permanent', to: '5511999990000' };
    expect(run({ event: 'call.ringing', call }).events).toMatchObject([
      { providerCallId: 'call_1', event: { kind: 'announced', party: { waId: '5511999990000' } } },
    ]);
    expect(run({ event: 'call.permission_updated', permission }).events).toMatchObject([
      { event: { permanent: true, party: { waId: '5511999990000' } } },
    ]);
  });
});
