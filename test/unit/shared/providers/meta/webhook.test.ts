import { describe, expect, it } from 'vitest';
import { normaliseMetaWebhook } from '../../../../../src/shared/providers/meta/webhook.ts';
import { RECEIVED_AT, envelope, only, problemsOf, SAMPLES } from './samples.ts';

describe("a customer's call (UIC connect)", () => {
  it('becomes an offer', () => {
    expect(only(SAMPLES.userConnect)).toEqual({
      numberId: '105615555715855',
      identity: 'offer:wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh:1671644824000',
      providerCallId: 'wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh',
      event: {
        kind: 'offer',
        at: 1_671_644_824_000,
        party: { waId: '16315553602', userId: 'US.1', name: 'Ana', username: 'ana' },
        sdp: 'v=0\r\na=setup:actpass\r\n',
        payload: 'order-991',
      },
    });
  });

  it('is known by its SDP when the direction is missing', () => {
    const { direction: _, ...call } = SAMPLES.userConnect.calls[0];
    expect(only({ calls: [call] }).event.kind).toBe('offer');
  });

  it('may come without any number, with a user id instead', () => {
    const { from: _, ...call } = SAMPLES.userConnect.calls[0];
    const contacts = [{ profile: { name: 'Ana' }, user_id: 'US.1' }];
    expect(only({ calls: [call], contacts }).event).toMatchObject({
      party: { userId: 'US.1', name: 'Ana' },
    });
  });

  it('takes number and name from a lone contact that does not contradict', () => {
    const { from: _, from_user_id: __, ...call } = SAMPLES.userConnect.calls[0];
    const contact = { profile: { name: 'Ana' }, wa_id: '16315553602' };
    expect(only({ calls: [call], contacts: [contact] }).event).toMatchObject({
      party: { waId: '16315553602', name: 'Ana' },
    });
    const stranger = { profile: { name: 'Bob' }, wa_id: '99' + contact.wa_id };
    const { event } = only({ calls: [{ ...call, from: '16315553602' }], contacts: [stranger] });
    expect(event).toMatchObject({ party: { waId: '16315553602' } });
    expect(event).not.toMatchObject({ party: { name: 'Bob' } });
  });

  it('takes the payload of a deep link too', () => {
    const { cta_payload: _, ...call } = SAMPLES.userConnect.calls[0];
    const { event } = only({ calls: [{ ...call, deeplink_payload: 'from-mail' }] });
    expect(event).toMatchObject({ payload: 'from-mail' });
  });

  it('is read from the older shape', () => {
    const { session: _, ...call } = SAMPLES.userConnect.calls[0];
    const connection = { webrtc: { sdp: JSON.stringify({ sdp: 'v=0\r\n', type: 'offer' }) } };
    expect(only({ calls: [{ ...call, connection }] }).event).toMatchObject({
      kind: 'offer',
      sdp: 'v=0\r\n',
    });
    const broken = { webrtc: { sdp: 'v=0' } };
    expect(problemsOf({ calls: [{ ...call, connection: broken }] })).toContainEqual(
      expect.objectContaining({ path: expect.stringContaining('connection.webrtc.sdp') }),
    );
  });

  it('without an SDP is a problem, not an event', () => {
    const { session: _, ...call } = SAMPLES.userConnect.calls[0];
    const { events, problems } = run({ calls: [call] });
    expect(events).toEqual([]);
    expect(problems).toEqual([
      {
        path: 'entry[0].changes[0].value.calls[0].session',
        why: 'a connect without an SDP',
        kind: 'malformed',
      },
    ]);
  });
});

describe('the answer to a call of ours (BIC connect)', () => {
  it('becomes an answer, with what we attached', () => {
    expect(only(SAMPLES.businessConnect)).toMatchObject({
      identity: 'answer:wacid.B:1724467313000',
      opaque: 'ringdesk:out/1',
      event: {
        kind: 'answer',
        at: 1_724_467_313_000,
        party: { waId: '16501230000', userId: 'US.2', name: 'Bia' },
      },
    });
  });

  const answer = (sdp: string, actpassAnswer?: 'active' | 'passive') => {
    const call = { ...SAMPLES.businessConnect.calls[0], session: { sdp_type: 'answer', sdp } };
    const { events } = normaliseMetaWebhook(envelope({ calls: [call] }), {
      receivedAt: RECEIVED_AT,
      actpassAnswer,
    });
    const [first] = events;
    return first?.event.kind === 'answer' ? first.event.sdp : undefined;
  };

  it('keeps active and passive, and makes actpass legal', () => {
    expect(answer('v=0\r\na=setup:active\r\n')).toBe('v=0\r\na=setup:active\r\n');
    expect(answer('v=0\r\na=setup:passive\r\n')).toBe('v=0\r\na=setup:passive\r\n');
    expect(answer('v=0\r\na=setup:actpass\r\na=x\r\n')).toBe('v=0\r\na=setup:active\r\na=x\r\n');
    expect(answer('v=0\r\na=setup:actpass\r\n', 'passive')).toBe('v=0\r\na=setup:passive\r\n');
    expect(answer('v=0\r\na=x-a=setup:actpass2\r\n')).toBe('v=0\r\na=x-a=setup:actpass2\r\n');
  });

  it('believes the direction where sdp_type contradicts it, and says so', () => {
    const call = SAMPLES.businessConnect.calls[0];
    const { events, problems } = run({
      calls: [{ ...call, session: { ...call.session, sdp_type: 'offer' } }],
    });
    expect(events[0]?.event.kind).toBe('answer');
    expect(problems).toHaveLength(1);
  });
});

describe('statuses', () => {
  it.each(['RINGING', 'Accepted', 'rejected'])('%s is known in any case', (status) => {
    expect(only({ statuses: [{ ...SAMPLES.status.statuses[0], status }] })).toMatchObject({
      identity: `status:${status.toLowerCase()}:wacid.B:1671644824000`,
      providerCallId: 'wacid.B',
      opaque: 'ringdesk:out/1',
      event: { kind: 'status', at: 1_671_644_824_000, status: status.toLowerCase() },
    });
  });

  it('of something else, and unknown ones, are of no use', () => {
    const status = SAMPLES.status.statuses[0];
    for (const other of [{ type: 'message' }, { status: 'SLEEPING' }]) {
      expect(problemsOf({ statuses: [{ ...status, ...other }] })).toEqual([
        expect.objectContaining({ kind: 'unsupported' }),
      ]);
    }
  });
});

describe('terminate', () => {
  it('of an answered call carries its times in ms and its duration in seconds', () => {
    expect(only(SAMPLES.terminate)).toEqual({
      numberId: '105615555715855',
      identity: 'terminated:wacid.C',
      providerCallId: 'wacid.C',
      opaque: 'random_string',
      event: {
        kind: 'terminated',
        at: 1_749_197_480_000,
        party: { waId: '16315553602', userId: 'US.1' },
        direction: 'inbound',
        failed: false,
        startedAt: 1_671_644_824_000,
        endedAt: 1_671_644_944_000,
        durationSeconds: 120,
        errors: [],
      },
    });
  });

  it('takes the errors that stand beside the calls, and title case', () => {
    const call = { ...SAMPLES.terminate.calls[0], status: 'Failed' };
    const errors = [
      { code: 138021, message: 'no media', href: 'x', error_data: { details: 'for 20 s' } },
    ];
    expect(only({ calls: [call], errors }).event).toMatchObject({
      failed: true,
      errors: [{ code: '138021', message: 'no media', details: 'for 20 s', transient: false }],
    });
  });

  it('gives errors to the calls that failed, if there are several', () => {
    const [call] = SAMPLES.terminate.calls;
    const calls = [call, { ...call, id: 'wacid.D', status: 'FAILED' }];
    const { events } = run({ calls, errors: [{ code: 138007, message: 'timeout' }] });
    expect(events.map(({ event }) => event.kind === 'terminated' && event.errors.length)).toEqual([
      0, 1,
    ]);
  });

  it('without times is a call nobody picked up', () => {
    const { start_time: _, end_time: __, duration: ___, ...call } = SAMPLES.terminate.calls[0];
    const { event } = only({ calls: [call] });
    expect(event).not.toHaveProperty('startedAt');
    expect(event).not.toHaveProperty('durationSeconds');
  });

  it('without a direction finds the customer by our number', () => {
    const { direction: _, ...call } = SAMPLES.terminate.calls[0];
    expect(only({ calls: [call] }).event).toMatchObject({
      direction: undefined,
      party: { waId: '16315553602' },
    });
    const placed = { ...call, from: '15551112222', to: '16501230000', from_user_id: undefined };
    expect(only({ calls: [placed] }).event).toMatchObject({ party: { waId: '16501230000' } });
  });

  it('of an unknown status still ends the call', () => {
    const { events, problems } = run({
      calls: [{ ...SAMPLES.terminate.calls[0], status: 'REJECTED' }],
    });
    expect(events[0]?.event).toMatchObject({ kind: 'terminated', failed: false });
    expect(problems).toHaveLength(1);
  });
});

describe('permission replies (field messages)', () => {
  const reply = (told: Record<string, unknown>) => {
    const message = SAMPLES.permission.messages[0];
    const interactive = { call_permission_reply: told };
    return only({ messages: [{ ...message, interactive }] }, 'messages');
  };

  it('temporary, by the user', () => {
    expect(only(SAMPLES.permission, 'messages')).toEqual({
      numberId: '105615555715855',
      identity: 'permission:wamid.1:accept',
      event: {
        kind: 'permission',
        at: 1_767_945_600_000,
        party: { waId: '16315553602', userId: 'US.1' },
        granted: true,
        permanent: false,
        expiresAt: 1_768_550_400_000,
        source: 'user',
      },
    });
  });

  it('permanent; declined; revoked by a rule; with the time as a number', () => {
    expect(reply({ response: 'accept', is_permanent: true }).event).toMatchObject({
      granted: true,
      permanent: true,
    });
    expect(reply({ response: 'reject', response_source: 'user_action' }).event).toMatchObject({
      granted: false,
      source: 'user',
    });
    expect(reply({ response: 'reject', response_source: 'automatic' }).event).toMatchObject({
      granted: false,
      source: 'automatic',
    });
    expect(reply({ response: 'accept', expiration_timestamp: 1_768_550_400 }).event).toMatchObject({
      expiresAt: 1_768_550_400_000,
    });
  });

  it('of an unknown kind grants nothing', () => {
    const message = SAMPLES.permission.messages[0];
    const interactive = { call_permission_reply: { response: 'perhaps' } };
    const { events, problems } = run({ messages: [{ ...message, interactive }] }, 'messages');
    expect(events).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('are found among ordinary messages', () => {
    const text = {
      from: '1631',
      id: 'wamid.2',
      timestamp: '1',
      type: 'text',
      text: { body: 'hi' },
    };
    const { events, problems } = run(
      { messages: [text, ...SAMPLES.permission.messages] },
      'messages',
    );
    expect(events.map(({ event }) => event.kind)).toEqual(['message', 'permission']);
    expect(problems).toEqual([]);
  });
});

describe('messages', () => {
  const [text] = SAMPLES.message.messages;
  const message = (told: Record<string, unknown>) =>
    only({ messages: [{ ...text, ...told }] }, 'messages').event;

  it('of a customer keep their words', () => {
    expect(only(SAMPLES.message, 'messages')).toEqual({
      numberId: '105615555715855',
      identity: 'message:wamid.2',
      event: {
        kind: 'message',
        at: 1_767_945_600_000,
        party: { waId: '16315553602', userId: 'US.1', name: 'Ana' },
        messageId: 'wamid.2',
        type: 'text',
        text: 'Where is my order?',
      },
    });
  });

  it.each([
    [{ type: 'image', image: { id: '1', caption: 'broken' } }, 'broken'],
    [{ type: 'document', document: { id: '1', filename: 'a.pdf' } }, undefined],
    [{ type: 'audio', audio: { id: '1', voice: true } }, undefined],
    [{ type: 'button', button: { text: 'Yes', payload: 'yes' } }, 'Yes'],
    [{ type: 'interactive', interactive: { button_reply: { id: '1', title: 'Later' } } }, 'Later'],
    [{ type: 'interactive', interactive: { list_reply: { id: '1', title: 'Noon' } } }, 'Noon'],
    [{ type: 'reaction', reaction: { emoji: '👍', message_id: 'wamid.1' } }, '👍'],
    [{ type: 'location', location: { latitude: 1, longitude: 2 } }, undefined],
    [{ type: 'unsupported', errors: [{ code: 131051 }] }, undefined],
  ])('%j', (told, words) => {
    const event = message({ text: undefined, ...told });
    expect(event).toMatchObject({ kind: 'message', type: told.type });
    expect(event.kind === 'message' && event.text).toBe(words);
  });

  it('of WhatsApp itself, and without an id, are none', () => {
    expect(problemsOf({ messages: [{ ...text, type: 'system' }] }, 'messages')).toMatchObject([
      { kind: 'unsupported' },
    ]);
    expect(problemsOf({ messages: [{ ...text, id: null }] }, 'messages')).toMatchObject([
      { kind: 'malformed' },
    ]);
  });

  it.each(['sent', 'delivered', 'read'])('of ours are %s', (status) => {
    const told = { id: 'wamid.3', status, timestamp: '1767945600', recipient_id: '16315553602' };
    expect(only({ statuses: [told] }, 'messages')).toMatchObject({
      identity: `message-status:${status}:wamid.3`,
      event: { kind: 'message-status', messageId: 'wamid.3', status, errors: [] },
    });
  });

  it('of ours fail in Meta’s words', () => {
    expect(only(SAMPLES.failedMessage, 'messages').event).toEqual({
      kind: 'message-status',
      at: 1_767_945_600_000,
      messageId: 'wamid.3',
      status: 'failed',
      errors: [
        {
          code: '131026',
          message: 'Message undeliverable',
          details: 'The recipient may be using an old version of WhatsApp',
          transient: false,
        },
      ],
    });
  });

  it('and errors on their own are told in Meta’s words', () => {
    const errors = [{ code: 130429, title: 'Rate limit hit' }];
    expect(problemsOf({ errors }, 'messages')).toMatchObject([{ why: '130429 Rate limit hit' }]);
    expect(problemsOf({ messages: [] }, 'messages')).toMatchObject([{ why: 'is empty' }]);
    expect(problemsOf({}, 'messages')).toMatchObject([{ why: 'neither messages nor statuses' }]);
  });
});

describe('recordings', () => {
  it('are known by the id of their file, not by its address', () => {
    const told = only(SAMPLES.recording);
    expect(told).toEqual({
      numberId: '105615555715855',
      identity: 'recording:audio:wacid.C:9388',
      providerCallId: 'wacid.C',
      event: { kind: 'recording', at: 1_749_197_490_000, what: 'audio', mediaId: '9388' },
    });
    const [call] = SAMPLES.recording.calls;
    const transcript = { ...call, event: 'call_transcription_available' };
    expect(only({ calls: [transcript] }).event).toEqual({
      kind: 'recording',
      at: 1_749_197_490_000,
      what: 'transcript',
    });
  });
});

describe('what concerns the number', () => {
  it('settings were changed', () => {
    const told = only(SAMPLES.settings, 'account_settings_update');
    expect(told).toMatchObject({
      numberId: '105615555715855',
      event: { kind: 'number', at: 1_767_945_600_000, change: { what: 'settings' } },
    });
    const upper = { ...SAMPLES.settings, type: 'PHONE_NUMBER_SETTINGS' };
    expect(only(upper, 'account_settings_update').identity).toBe(told.identity);
    const calling = { ...SAMPLES.settings.phone_number_settings.calling, status: 'DISABLED' };
    const off = { ...SAMPLES.settings, phone_number_settings: { calling } };
    expect(only(off, 'account_settings_update').identity).not.toBe(told.identity);
    expect(problemsOf({ type: 'business' }, 'account_settings_update')).toMatchObject([
      { kind: 'unsupported' },
    ]);
  });

  const change = (value: object) => {
    const { event } = only(value, 'account_update');
    return event.kind === 'number' ? event.change : undefined;
  };

  it('warnings, restrictions and the price tier', () => {
    expect(change(SAMPLES.violation)).toEqual({
      what: 'warning',
      type: 'USER_INITIATED_CALLS_LOW_PICKUP_RATE',
      remediation: 'Take more calls',
    });
    expect(change(SAMPLES.restriction)).toEqual({
      what: 'restricted',
      restrictions: [
        {
          type: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
          expiresAt: 1_768_550_400_000,
          remediation: 'Wait',
        },
      ],
    });
    expect(change(SAMPLES.tier)).toEqual({
      what: 'price-tier',
      tier: '25000001:50000000',
      month: '2026-11',
      region: 'Brazil',
    });
  });

  it('happened when the entry around it says', () => {
    const body = envelope(SAMPLES.violation, 'account_update');
    const timed = { ...body, entry: body.entry.map((one) => ({ ...one, time: 1_767_945_600 })) };
    const options = { receivedAt: RECEIVED_AT };
    expect(normaliseMetaWebhook(timed, options).events[0]?.event.at).toBe(1_767_945_600_000);
    expect(normaliseMetaWebhook(body, options)).toMatchObject({
      events: [{ event: { at: RECEIVED_AT } }],
      problems: [],
    });
  });

  it('and what does not say enough, or is not about calls, is listed', () => {
    const problem = (value: object) => problemsOf(value, 'account_update')[0]?.kind;
    expect(problem({ event: 'ACCOUNT_VIOLATION' })).toBe('malformed');
    expect(problem({ event: 'ACCOUNT_RESTRICTION', restriction_info: [] })).toBe('malformed');
    expect(problem({ event: 'VERIFIED_ACCOUNT' })).toBe('unsupported');
    const marketing = { pricing_category: 'MARKETING', tier: '1:2' };
    expect(problem({ ...SAMPLES.tier, volume_tier_info: marketing })).toBe('unsupported');
  });
});

describe('what is not understood', () => {
  it.each(['call_created', 'in_call'])('event %s', (event) => {
    expect(problemsOf({ calls: [{ id: 'wacid.1', event }] })).toEqual([
      {
        path: 'entry[0].changes[0].value.calls[0].event',
        why: `nothing is done with event ${event}`,
        kind: 'unsupported',
      },
    ]);
  });

  it('other fields', () => {
    expect(problemsOf({ event: 'x' }, 'message_template_status_update')).toEqual([
      expect.objectContaining({ kind: 'unsupported', path: 'entry[0].changes[0].field' }),
    ]);
  });

  it('errors that belong to no call are told in their own words', () => {
    const problems = problemsOf({ errors: [{ code: 131044, message: 'no payment method' }] });
    expect(problems.map(({ why }) => why)).toContain(
      'belong to no failed call: 131044 no payment method',
    );
  });

  it.each([
    [undefined],
    [null],
    [7],
    ['text'],
    [[]],
    [{}],
    [{ entry: [] }],
    [{ entry: [null] }],
    [{ entry: [{ changes: [] }] }],
    [{ entry: [{ changes: [{ field: 'calls' }] }] }],
    [{ entry: [{ changes: [{ field: 'calls', value: { calls: [] } }] }] }],
    [{ entry: [{ changes: [{ field: 'calls', value: { calls: [null, 3] } }] }] }],
  ])('%j is a problem', (body) => {
    const { events, problems } = normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
    expect(events).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('tolerance', () => {
  it('reads every call of every change of every entry', () => {
    const one = envelope(SAMPLES.userConnect);
    const body = { ...one, entry: [...one.entry, ...envelope(SAMPLES.terminate).entry] };
    const { events } = normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
    expect(events.map(({ event }) => event.kind)).toEqual(['offer', 'terminated']);
  });

  it('keeps a call though one of its lesser fields is wrong, and says which', () => {
    const call = { ...SAMPLES.userConnect.calls[0], cta_payload: { no: 'text' }, to: false };
    const { events, problems } = run({ calls: [call] });
    expect(events[0]?.event).toMatchObject({ kind: 'offer' });
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      'entry[0].changes[0].value.calls[0].cta_payload',
      'entry[0].changes[0].value.calls[0].to',
    ]);
  });

  it('takes the time of arrival for one that cannot be read, and says so', () => {
    for (const timestamp of [undefined, 'yesterday', -1, '']) {
      const { events, problems } = run({ calls: [{ ...SAMPLES.userConnect.calls[0], timestamp }] });
      expect(events[0]?.event.at).toBe(RECEIVED_AT);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('takes times as numbers, and in ms', () => {
    for (const timestamp of [1_671_644_824, 1_671_644_824_000, '1671644824']) {
      const { event } = only({ calls: [{ ...SAMPLES.userConnect.calls[0], timestamp }] });
      expect(event.at).toBe(1_671_644_824_000);
    }
  });

  it('ignores null and unknown fields', () => {
    const call = { ...SAMPLES.userConnect.calls[0], cta_payload: null, from_user_id: null, new: 1 };
    expect(only({ calls: [call], contacts: null }).event).toMatchObject({ kind: 'offer' });
  });
});

const run = (value: Record<string, unknown>, field = 'calls') =>
  normaliseMetaWebhook(envelope(value, field), { receivedAt: RECEIVED_AT });
