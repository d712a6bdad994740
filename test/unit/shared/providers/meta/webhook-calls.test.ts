import { expect, test } from 'vitest';
import { normaliseMetaWebhook } from '../../../../../src/shared/providers/meta/webhook.ts';

/** Deliveries as other senders of Meta's envelope spell them: nothing that they say is lost. */

const AT = 1_793_000_130;
const RECEIVED_AT = AT * 1000 + 500;
const ended = {
  id: 'wacid.1',
  from: '16315553602',
  to: '15551112222',
  event: 'terminate',
  direction: 'USER_INITIATED',
  timestamp: `${AT}`,
  status: 'COMPLETED',
  start_time: `${AT - 125}`,
  end_time: `${AT - 5}`,
  duration: 120,
};
const metadata = { display_phone_number: '15551112222', phone_number_id: '1' };

const read = (body: unknown) => normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
const readCall = (change: object) =>
  read({
    entry: [
      { changes: [{ field: 'calls', value: { metadata, calls: [{ ...ended, ...change }] } }] },
    ],
  });

test.each([
  ['a call', { entry: [{ changes: [{ field: 'calls', value: { metadata, calls: ended } }] }] }],
  ['a change', { entry: [{ changes: { field: 'calls', value: { metadata, calls: [ended] } } }] }],
  ['an entry', { entry: { changes: [{ field: 'calls', value: { metadata, calls: [ended] } }] } }],
  [
    'its field',
    { entry: [{ changes: [{ field: ' Calls', value: { metadata, calls: [ended] } }] }] },
  ],
])('%s without its list, or in other letters, is read', (_, body) => {
  expect(read(body).events).toMatchObject([{ event: { kind: 'terminated' } }]);
});

test('an error without its list still says why a call failed', () => {
  const errors = { code: 138_021, title: 'No audio' };
  expect(readCall({ status: ' failed ', errors }).events).toMatchObject([
    { event: { failed: true, errors: [{ code: '138021' }] } },
  ]);
});

test.each([
  [
    'a length that stands for “unknown”',
    { start_time: undefined, duration: 4_294_967_295 },
    undefined,
  ],
  ['a start after its end', { start_time: `${AT - 5}`, end_time: `${AT - 125}` }, AT - 245],
  [
    'times of the ISO',
    { start_time: '2026-10-26T05:33:25Z' },
    Date.UTC(2026, 9, 26, 5, 33, 25) / 1000,
  ],
])('V7 a call with %s was not answered in 1970', (_, change, startedAt) => {
  const [report] = readCall(change).events;
  const event = report?.event.kind === 'terminated' ? report.event : undefined;
  expect(event?.startedAt).toBe(startedAt && startedAt * 1000);
});

test.each([
  ['call_recording_available', { call_recording: { type: 'constructor', audio: { id: '7' } } }],
  ['call_recording_available', { call_recording: { id: '7', mime_type: 'audio/ogg' } }],
  ['call_transcription_available', { call_transcript: { id: '7', url: 'https://example.com' } }],
])('F1 the id of a file of %s is found in %j', (event, change) => {
  expect(readCall({ event, ...change }).events).toMatchObject([{ event: { mediaId: '7' } }]);
});

test.each([
  ['inbound', 'inbound'],
  ['Outbound', 'outbound'],
  [' BUSINESS_INITIATED', 'outbound'],
])('a call whose direction is %j is %s', (direction, ours) => {
  expect(readCall({ direction }).events).toMatchObject([{ event: { direction: ours } }]);
});

const inField = (field: string | undefined, value: object) =>
  read({ entry: [{ changes: [{ field, value: { metadata, ...value } }] }] });
const permission = {
  id: 'wamid.1',
  from: '16315553602',
  timestamp: `${AT}`,
  interactive: { call_permission_reply: { response: ' Accept ', is_permanent: 1 } },
};

test.each([['messages'], [undefined], ['call_events']])(
  'the end of a call that comes in field %s ends it',
  (field) => {
    expect(inField(field, { calls: [ended] }).events).toMatchObject([
      { numberId: '1', providerCallId: 'wacid.1', event: { kind: 'terminated' } },
    ]);
  },
);

test('W3 a call, a status of a call and a permission are read from one delivery in either field', () => {
  const statuses = [{ id: 'wacid.2', type: 'Call', status: ' ACCEPTED', timestamp: `${AT}` }];
  for (const field of ['calls', 'messages']) {
    const { events } = inField(field, { calls: [ended], statuses, messages: [permission] });
    expect(events).toMatchObject([
      { event: { kind: 'terminated' } },
      { providerCallId: 'wacid.2', event: { kind: 'status', status: 'accepted' } },
      { event: { kind: 'permission', granted: true, permanent: true } },
    ]);
  }
});

test('the status of a call among those of messages is not lost', () => {
  const statuses = [
    { id: 'wamid.2', status: 'delivered', timestamp: `${AT}` },
    { id: 'wacid.2', type: 'call', status: 'RINGING', timestamp: `${AT}` },
  ];
  expect(inField('messages', { statuses }).events).toMatchObject([
    { event: { kind: 'message-status', status: 'delivered' } },
    { event: { kind: 'status', status: 'ringing' } },
  ]);
});

test.each([
  ['nothing, but how it went', { event: undefined }],
  ['nothing, but when it was over', { event: null, status: undefined }],
  ['ended', { event: 'ended' }],
  ['Terminated', { event: 'Terminated' }],
  ['missed', { event: 'missed', start_time: undefined, duration: undefined }],
])('a call whose event says %s has ended', (_, change) => {
  expect(readCall(change).events).toMatchObject([{ event: { kind: 'terminated' } }]);
});

test.each([['in_call'], ['__proto__'], ['call_created']])('but none whose event is %s', (event) => {
  expect(readCall({ event }).events).toEqual([]);
});

test('one wrong field costs none of its neighbours', () => {
  const { events } = read({
    entry: [
      {
        changes: [
          {
            field: 'calls',
            value: {
              metadata: { display_phone_number: {}, phone_number_id: '1' },
              contacts: [{ wa_id: '16315553602', profile: { name: 5, username: 'ana' } }],
              calls: [ended],
            },
          },
        ],
      },
    ],
  });
  expect(events).toMatchObject([
    { numberId: '1', event: { kind: 'terminated', party: { username: 'ana' } } },
  ]);
});

test.each([
  ['16315553602@s.whatsapp.net'],
  ['16315553602:12@s.whatsapp.net'],
  ['whatsapp:+16315553602'],
  ['16315553602\u200e'],
])('V3 %s is a number, and no user id', (from) => {
  expect(readCall({ from }).events).toMatchObject([
    { event: { kind: 'terminated', party: { waId: '16315553602' } } },
  ]);
});

test('what is too long for an id of a person costs no call', () => {
  const [report] = readCall({ from: 'x'.repeat(400), from_user_id: 'US.1' }).events;
  expect(report?.event).toMatchObject({ kind: 'terminated', party: { userId: 'US.1' } });
});

test('what an envelope holds is read without it', () => {
  const status = { id: 'wacid.2', type: 'call', status: 'RINGING', timestamp: `${AT}` };
  expect(
    read({ metadata, calls: [ended], statuses: [status], messages: [permission] }).events,
  ).toMatchObject([
    { numberId: '1', event: { kind: 'terminated' } },
    { event: { kind: 'status' } },
    { event: { kind: 'permission' } },
  ]);
});
