import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../../../../src/shared/providers/events.ts';
import { normaliseMetaWebhook } from '../../../../../src/shared/providers/meta/webhook.ts';
import { vendorSample } from '../../../../helpers/vendor.ts';
import { RECEIVED_AT, envelope, only, problemsOf, SAMPLES } from './samples.ts';

describe('an inbound call (user-initiated connect)', () => {
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

  it('is recognised by its SDP when the direction is missing', () => {
    const { direction: _, ...call } = SAMPLES.userConnect.calls[0];
    expect(only({ calls: [call] }).event.kind).toBe('offer');
  });

  it('may carry a user id instead of a number', () => {
    const { from: _, ...call } = SAMPLES.userConnect.calls[0];
    const contacts = [{ profile: { name: 'Ana' }, user_id: 'US.1' }];
    expect(only({ calls: [call], contacts }).event).toMatchObject({
      party: { userId: 'US.1', name: 'Ana' },
    });
  });

  it('takes number and name from a lone contact that does not contradict it', () => {
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

  it('keeps the payload of a deep link', () => {
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
    const none = { webrtc: { sdp: 'no such thing' } };
    expect(problemsOf({ calls: [{ ...call, connection: none }] })).toContainEqual(
      expect.objectContaining({ why: 'a connect without an SDP' }),
    );
  });

  const offer = 'v=0\r\nm=audio 1 UDP/TLS/RTP/SAVPF 111\r\na=setup:actpass\r\n';

  it.each([
    ['plain text in connection.webrtc', { connection: { webrtc: { sdp: offer } } }],
    [
      'JSON in connection.webrtc',
      { connection: { webrtc: { sdp: JSON.stringify({ sdp: offer }) } } },
    ],
    ['JSON of JSON', { connection: JSON.stringify({ webrtc: JSON.stringify({ sdp: offer }) }) }],
    ['a session that is text', { session: offer }],
    ['a session of another case', { session: { sdp_type: 'OFFER', sdp: offer } }],
    ['a session without a type', { session: { sdp: offer } }],
    ['lines that end in LF', { session: { sdp: offer.replaceAll('\r\n', '\n') } }],
    ['no line end at the end', { session: { sdp: offer.trimEnd() } }],
    ['line ends spelled out', { session: { sdp: offer.replaceAll('\r\n', '\\r\\n') } }],
    ['a list of lines', { session: { sdp: offer.trimEnd().split('\r\n') } }],
    ['a field of its own', { sdp: offer, session: null }],
  ])('W1 rings when its SDP is %s', (_, where) => {
    const { session: __, direction: ___, ...call } = SAMPLES.userConnect.calls[0];
    const { events } = run({ calls: [{ ...call, ...where }] });
    expect(events.map(({ event }) => event)).toMatchObject([{ kind: 'offer', sdp: offer }]);
  });

  it('W1 does not treat a lone CR as a line break', () => {
    const sdp = 'v=0\r\na=x:1\ra=fingerprint:evil\r\n';
    const call = { ...SAMPLES.userConnect.calls[0], session: { sdp_type: 'offer', sdp } };
    expect(only({ calls: [call] }).event).toMatchObject({ sdp });
  });

  it('W6 rings with SDES keys and names the setting to change', () => {
    const sdp =
      'v=0\r\nm=audio 3480 RTP/SAVP 111\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n';
    const call = { ...SAMPLES.userConnect.calls[0], session: { sdp_type: 'offer', sdp } };
    const { events } = run({ calls: [call] });
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'offer' },
      { kind: 'number', change: { what: 'fact', fact: { kind: 'key-exchange' } } },
    ]);
  });

  it.each([
    ['15551112222', '16315553602', 'USER_INITIATED'],
    ['16315553602', '15551112222', 'BUSINESS_INITIATED'],
    [undefined, '15551112222', 'BUSINESS_INITIATED'],
    ['+1 (555) 111-2222', '16315553602', 'USER_INITIATED'],
  ])('V7 never takes our own number for the customer: from %s to %s, %s', (from, to, direction) => {
    const contacts = [
      { profile: { name: 'Us' }, wa_id: '15551112222' },
      { profile: { name: 'Ana' }, wa_id: '16315553602' },
    ].slice(from === undefined ? 1 : 0);
    const { from: _, to: __, from_user_id: ___, ...call } = SAMPLES.userConnect.calls[0];
    const { events } = run({ contacts, calls: [{ ...call, from, to, direction }] });
    expect(events[0]?.event).toMatchObject({ party: { waId: '16315553602', name: 'Ana' } });
  });

  it('is a problem without an SDP', () => {
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

describe('the answer to an outbound call (business-initiated connect)', () => {
  it('becomes an answer with our callback data', () => {
    expect(only(SAMPLES.businessConnect)).toMatchObject({
      identity: 'answer:wacid.B:1724467313000',
      callbackData: 'ringdesk:out/1',
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

  it('keeps active and passive, and resolves actpass', () => {
    expect(answer('v=0\r\na=setup:active\r\n')).toBe('v=0\r\na=setup:active\r\n');
    expect(answer('v=0\r\na=setup:passive\r\n')).toBe('v=0\r\na=setup:passive\r\n');
    expect(answer('v=0\r\na=setup:actpass\r\na=x\r\n')).toBe('v=0\r\na=setup:active\r\na=x\r\n');
    expect(answer('v=0\r\na=setup:actpass\r\n', 'passive')).toBe('v=0\r\na=setup:passive\r\n');
    expect(answer('v=0\r\na=x-a=setup:actpass2\r\n')).toBe('v=0\r\na=x-a=setup:actpass2\r\n');
  });

  it('trusts the direction over sdp_type and reports the mismatch', () => {
    const call = SAMPLES.businessConnect.calls[0];
    const { events, problems } = run({
      calls: [{ ...call, session: { ...call.session, sdp_type: 'offer' } }],
    });
    expect(events[0]?.event.kind).toBe('answer');
    expect(problems).toHaveLength(1);
  });
});

describe('a call status', () => {
  it.each(['RINGING', 'Accepted', 'rejected'])('is recognised in any case: %s', (status) => {
    expect(only({ statuses: [{ ...SAMPLES.status.statuses[0], status }] })).toMatchObject({
      identity: `status:${status.toLowerCase()}:wacid.B:1671644824000`,
      providerCallId: 'wacid.B',
      callbackData: 'ringdesk:out/1',
      event: { kind: 'status', at: 1_671_644_824_000, status: status.toLowerCase() },
    });
  });

  it('is ignored when unknown or about something else', () => {
    const status = SAMPLES.status.statuses[0];
    for (const other of [{ type: 'message' }, { status: 'SLEEPING' }]) {
      expect(problemsOf({ statuses: [{ ...status, ...other }] })).toEqual([
        expect.objectContaining({ kind: 'unsupported' }),
      ]);
    }
  });
});

describe('a terminate', () => {
  it('of an answered call has its times in ms and its duration in seconds', () => {
    expect(only(SAMPLES.terminate)).toEqual({
      numberId: '105615555715855',
      identity: 'terminated:wacid.C',
      providerCallId: 'wacid.C',
      callbackData: 'random_string',
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

  it('takes errors listed beside the calls, and title case', () => {
    const call = { ...SAMPLES.terminate.calls[0], status: 'Failed' };
    const errors = [
      { code: 138021, message: 'no media', href: 'x', error_data: { details: 'for 20 s' } },
    ];
    expect(only({ calls: [call], errors }).event).toMatchObject({
      failed: true,
      errors: [{ code: '138021', message: 'no media', details: 'for 20 s', transient: false }],
    });
  });

  it('assigns errors to the failed calls among several', () => {
    const [call] = SAMPLES.terminate.calls;
    const calls = [call, { ...call, id: 'wacid.D', status: 'FAILED' }];
    const { events } = run({ calls, errors: [{ code: 138007, message: 'timeout' }] });
    expect(events.map(({ event }) => event.kind === 'terminated' && event.errors.length)).toEqual([
      0, 1,
    ]);
  });

  it('without times means nobody answered', () => {
    const { start_time: _, end_time: __, duration: ___, ...call } = SAMPLES.terminate.calls[0];
    const { event } = only({ calls: [call] });
    expect(event).not.toHaveProperty('startedAt');
    expect(event).not.toHaveProperty('durationSeconds');
  });

  it('without a direction finds the customer by our number', () => {
    const { direction: _, ...call } = SAMPLES.terminate.calls[0];
    expect(only({ calls: [call] }).event).toMatchObject({
      direction: 'inbound',
      party: { waId: '16315553602' },
    });
    const placed = { ...call, from: '15551112222', to: '16501230000', from_user_id: undefined };
    expect(only({ calls: [placed] }).event).toMatchObject({
      direction: 'outbound',
      party: { waId: '16501230000' },
    });
  });

  it.each([['0'], [0], [''], [null], ['-1'], [-5], ['000'], ['soon'], [1e20]])(
    'V7 does not count a start of %j as answered',
    (start) => {
      const call = {
        ...SAMPLES.terminate.calls[0],
        start_time: start,
        end_time: start,
        duration: 0,
      };
      const { events } = run({ calls: [call] });
      expect(events[0]?.event).toMatchObject({ kind: 'terminated' });
      expect(events[0]?.event).not.toHaveProperty('startedAt');
    },
  );

  it.each([
    ['1749197360000', 'milliseconds'],
    [1_749_197_360_000_000, 'microseconds'],
    ['1749197360', 'seconds'],
  ])('V7 reads a start of %s in %s', (start, _unit) => {
    const call = { ...SAMPLES.terminate.calls[0], start_time: start, end_time: undefined };
    expect(run({ calls: [call] }).events[0]?.event).toMatchObject({ startedAt: 1_749_197_360_000 });
  });

  it('V7 derives a start in the future from the duration, which proves an answer', () => {
    const call = { ...SAMPLES.terminate.calls[0], start_time: '4102444800', end_time: undefined };
    expect(run({ calls: [call] }).events[0]?.event).toMatchObject({
      startedAt: 1_749_197_480_000 - 120_000,
      durationSeconds: 120,
    });
  });

  it('W2 reports an error once though it stands in two places', () => {
    const error = { code: 138021, message: 'No media', error_data: { details: 'for long' } };
    const call = { ...SAMPLES.terminate.calls[0], status: 'FAILED', errors: [error, error] };
    const { events } = run({ calls: [call], errors: [{ code: '138021', title: 'No media' }] });
    expect(events[0]?.event).toMatchObject({
      errors: [{ code: '138021', message: 'No media', details: 'for long' }],
    });
  });

  it('with an unknown status still ends the call', () => {
    const { events, problems } = run({
      calls: [{ ...SAMPLES.terminate.calls[0], status: 'REJECTED' }],
    });
    expect(events[0]?.event).toMatchObject({ kind: 'terminated', failed: false });
    expect(problems).toHaveLength(1);
  });
});

describe('a permission reply (field messages)', () => {
  const reply = (reported: Record<string, unknown>) => {
    const message = SAMPLES.permission.messages[0];
    const interactive = { call_permission_reply: reported };
    return only({ messages: [{ ...message, interactive }] }, 'messages');
  };

  it('may be temporary, from the user', () => {
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

  it('may be permanent, declined, or revoked by a rule, with a numeric time', () => {
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

  it('is found among ordinary messages', () => {
    const text = {
      from: '1631',
      id: 'wamid.2',
      timestamp: '1767945600',
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

describe('a payload that only looks like a message', () => {
  const [reply] = SAMPLES.permission.messages;

  it.each([
    ['no body', { interactive: { type: 'call_permission_reply' } }],
    [
      'an empty body',
      { interactive: { type: 'call_permission_reply', call_permission_reply: null } },
    ],
    ['a body of another kind', { interactive: { call_permission_reply: 'accept' } }],
    ['its name as the type', { type: 'call_permission_reply', interactive: undefined }],
    ['nothing interactive', { interactive: undefined }],
  ])('W3 is reported when it is a permission reply with %s', (_, change) => {
    expect(problemsOf({ messages: [{ ...reply, ...change }] }, 'messages').length).toBeGreaterThan(
      0,
    );
  });

  it('V7 is dropped when our own number wrote it', () => {
    const [text] = SAMPLES.message.messages;
    const own = { ...text, from: '15551112222' };
    expect(problemsOf({ messages: [own] }, 'messages')).toMatchObject([{ kind: 'unsupported' }]);
  });
});

describe('vendor samples that are not calls', () => {
  const eventsOf = (name: string) =>
    normaliseMetaWebhook(vendorSample('meta', name), { receivedAt: RECEIVED_AT }).events;
  const factOf = (name: string) => {
    const event = eventsOf(name)[0]?.event;
    return event?.kind === 'number' ? event : undefined;
  };

  const textOf = (event?: ProviderEvent) => (event?.kind === 'message' ? event.text : undefined);

  it.each([
    ['account-disabled', 'disabled'],
    ['account-disabling', 'disabling'],
    ['account-deleted', 'deleted'],
    ['account-offboarded', 'offboarded'],
    ['account-partner-removed', 'unshared'],
    ['number-payment', 'payment'],
    ['standby', 'routing'],
    ['handover', 'routing'],
  ])('V4 %s becomes the number fact %s', (name, kind) => {
    expect(factOf(name)?.change).toMatchObject({ what: 'fact', fact: { kind } });
  });

  it('V4 a reinstatement lifts a ban', () => {
    expect(factOf('account-reinstated')?.change).toEqual({
      what: 'fact-over',
      kinds: ['disabled', 'disabling'],
    });
  });

  it('F4 a restriction and a warning name their number', () => {
    expect(factOf('account-restriction')).toMatchObject({ number: '15551112222' });
    expect(factOf('account-violation')).toMatchObject({ number: '15551112222' });
    expect(factOf('account-deleted')).toMatchObject({ owner: '102290129340398' });
  });

  it.each(['messaging_account_id', 'paid_messaging_account_id'])(
    'F16 %s names the account',
    (name) => {
      const { event } = only({ event: 'ACCOUNT_DELETED', [name]: '77' }, 'account_update');
      expect(event).toMatchObject({ kind: 'number', owner: '77' });
    },
  );

  it('F5 conversation routing is read for the number in recipient or metadata', () => {
    expect(eventsOf('handover')[0]?.numberId).toBe('105615555715855');
    expect(eventsOf('standby')[0]?.numberId).toBe('105615555715855');
  });

  it.each([['transcript'], ['transcript-other-name']])('F1 %s names the file', (name) => {
    expect(eventsOf(name)).toMatchObject([
      {
        providerCallId: 'wacid.uic',
        event: { kind: 'recording', what: 'transcript', mediaId: '1002764438271669' },
      },
    ]);
  });

  it('F1 the transcript is read under its former key', () => {
    const file = { type: 'document', document: { id: '7' } };
    const call = { id: 'w', event: 'call_transcript_available', call_transcription: file };
    expect(run({ calls: [call] }).events[0]?.event).toMatchObject({ mediaId: '7' });
  });

  it.each([
    ['message-edit', 'edit', 'Where is my order 991?'],
    ['message-revoke', 'revoke', undefined],
    ['message-reaction', 'reaction', '👍'],
    ['message-unsupported', 'unsupported', undefined],
  ])('V7 %s is read as what it is', (name, type, text) => {
    expect(eventsOf(name)[0]?.event).toMatchObject({ kind: 'message', type });
    expect(textOf(eventsOf(name)[0]?.event)).toBe(text);
  });

  it.each([
    ['message-image', { id: '1003383421387256', mime: 'image/jpeg' }],
    ['message-audio', { id: '1003383421387257', mime: 'audio/ogg; codecs=opus', voice: true }],
    ['message-sticker', { id: '1003383421387258', mime: 'image/webp' }],
    ['message-document', { id: '1003383421387259', mime: 'application/pdf', name: 'invoice.pdf' }],
  ])('%s has a file to fetch', (name, file) => {
    expect(eventsOf(name)[0]?.event).toMatchObject({ kind: 'message', file });
  });

  it.each(['message-reply', 'message-reaction', 'message-edit', 'message-revoke'])(
    '%s names the message that it is about',
    (name) => {
      expect(eventsOf(name)[0]?.event).toMatchObject({ replyTo: 'wamid.before' });
    },
  );
});

describe('a message', () => {
  const [text] = SAMPLES.message.messages;
  const message = (reported: Record<string, unknown>) =>
    only({ messages: [{ ...text, ...reported }] }, 'messages').event;

  it('from a customer keeps its text', () => {
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
  ])('reads %j', (reported, words) => {
    const event = message({ text: undefined, ...reported });
    expect(event).toMatchObject({ kind: 'message', type: reported.type });
    expect(event.kind === 'message' && event.text).toBe(words);
  });

  it('from WhatsApp itself, or without an id, is ignored', () => {
    expect(problemsOf({ messages: [{ ...text, type: 'system' }] }, 'messages')).toMatchObject([
      { kind: 'unsupported' },
    ]);
    expect(problemsOf({ messages: [{ ...text, id: null }] }, 'messages')).toMatchObject([
      { kind: 'malformed' },
    ]);
  });

  it.each(['sent', 'delivered', 'read'])('of ours is %s', (status) => {
    const reported = {
      id: 'wamid.3',
      status,
      timestamp: '1767945600',
      recipient_id: '16315553602',
    };
    expect(only({ statuses: [reported] }, 'messages')).toMatchObject({
      identity: `message-status:${status}:wamid.3`,
      event: { kind: 'message-status', messageId: 'wamid.3', status, errors: [] },
    });
  });

  it('of ours that failed has Meta’s words', () => {
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

  it('F10 standalone errors become facts of the number in Meta’s words', () => {
    const errors = [{ code: 130429, title: 'Rate limit hit' }];
    expect(only({ errors }, 'messages').event).toMatchObject({
      kind: 'number',
      change: { fact: { kind: 'provider-error', code: '130429', quote: 'Rate limit hit' } },
    });
    expect(problemsOf({ messages: [] }, 'messages')).toMatchObject([{ why: 'is empty' }]);
    expect(problemsOf({}, 'messages')).toMatchObject([{ why: 'neither messages nor statuses' }]);
  });
});

describe('a recording', () => {
  it('is identified by its file, not by its URL', () => {
    const reported = only(SAMPLES.recording);
    expect(reported).toEqual({
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

describe('a notice about the number', () => {
  it('reports changed settings', () => {
    const reported = only(SAMPLES.settings, 'account_settings_update');
    expect(reported).toMatchObject({
      numberId: '105615555715855',
      event: { kind: 'number', at: 1_767_945_600_000, change: { what: 'settings' } },
    });
    const upper = { ...SAMPLES.settings, type: 'PHONE_NUMBER_SETTINGS' };
    expect(only(upper, 'account_settings_update').identity).toBe(reported.identity);
    const calling = { ...SAMPLES.settings.phone_number_settings.calling, status: 'DISABLED' };
    const off = { ...SAMPLES.settings, phone_number_settings: { calling } };
    expect(only(off, 'account_settings_update').identity).not.toBe(reported.identity);
    expect(problemsOf({ type: 'business' }, 'account_settings_update')).toMatchObject([
      { kind: 'unsupported' },
    ]);
  });

  const change = (value: object) => {
    const { event } = only(value, 'account_update');
    return event.kind === 'number' ? event.change : undefined;
  };

  it('reports warnings, restrictions and the price tier', () => {
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

  it('takes its time from the surrounding entry', () => {
    const body = envelope(SAMPLES.violation, 'account_update');
    const timed = { ...body, entry: body.entry.map((one) => ({ ...one, time: 1_767_945_600 })) };
    const options = { receivedAt: RECEIVED_AT };
    expect(normaliseMetaWebhook(timed, options).events[0]?.event.at).toBe(1_767_945_600_000);
    expect(normaliseMetaWebhook(body, options)).toMatchObject({
      events: [{ event: { at: RECEIVED_AT } }],
      problems: [],
    });
  });

  it('is listed as a problem when incomplete or not about calls', () => {
    const problem = (value: object) => problemsOf(value, 'account_update')[0]?.kind;
    expect(problem({ event: 'ACCOUNT_VIOLATION' })).toBe('malformed');
    expect(problem({ event: 'ACCOUNT_RESTRICTION', restriction_info: [] })).toBe('malformed');
    expect(problem({ event: 'VERIFIED_ACCOUNT' })).toBe('unsupported');
    const marketing = { pricing_category: 'MARKETING', tier: '1:2' };
    expect(problem({ ...SAMPLES.tier, volume_tier_info: marketing })).toBe('unsupported');
  });
});

describe('an unsupported payload', () => {
  it.each(['call_created', 'in_call'])('is listed: event %s', (event) => {
    expect(problemsOf({ calls: [{ id: 'wacid.1', event }] })).toEqual([
      {
        path: 'entry[0].changes[0].value.calls[0].event',
        why: `nothing is done with event ${event}`,
        kind: 'unsupported',
      },
    ]);
  });

  it('is listed: another field', () => {
    expect(problemsOf({ event: 'x' }, 'message_template_status_update')).toEqual([
      expect.objectContaining({ kind: 'unsupported', path: 'entry[0].changes[0].field' }),
    ]);
  });

  it('F10 errors without a call become facts of the number', () => {
    const reported = only({ errors: [{ code: 131044, message: 'no payment method' }] });
    expect(reported).toMatchObject({
      numberId: '105615555715855',
      event: {
        kind: 'number',
        change: {
          what: 'fact',
          fact: { kind: 'payment', code: '131044', quote: 'no payment method' },
        },
      },
    });
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
  ])('is a problem: %j', (body) => {
    const { events, problems } = normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
    expect(events).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('a lenient reader', () => {
  it('reads every call of every change of every entry', () => {
    const one = envelope(SAMPLES.userConnect);
    const body = { ...one, entry: [...one.entry, ...envelope(SAMPLES.terminate).entry] };
    const { events } = normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
    expect(events.map(({ event }) => event.kind)).toEqual(['offer', 'terminated']);
  });

  it('keeps a call with an invalid minor field and reports the field', () => {
    const call = { ...SAMPLES.userConnect.calls[0], cta_payload: { no: 'text' }, to: false };
    const { events, problems } = run({ calls: [call] });
    expect(events[0]?.event).toMatchObject({ kind: 'offer' });
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      'entry[0].changes[0].value.calls[0].cta_payload',
      'entry[0].changes[0].value.calls[0].to',
    ]);
  });

  it('replaces an unreadable time by the time of arrival and reports it', () => {
    for (const timestamp of [undefined, 'yesterday', -1, '']) {
      const { events, problems } = run({ calls: [{ ...SAMPLES.userConnect.calls[0], timestamp }] });
      expect(events[0]?.event.at).toBe(RECEIVED_AT);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('accepts times as numbers and in ms', () => {
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
