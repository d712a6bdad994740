import * as fc from 'fast-check';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { ProviderError } from '../../../../src/shared/providers/events.ts';

/** When every generated history begins. */
export const START = 1_700_000_000_000;
/** Of all these calls. */
export const address = { id: 'a/wacid.1', accountId: 'a' };

const error = fc.record<ProviderError>({
  code: fc.constantFrom('network', 'timeout', '138006', '100'),
  message: fc.constant('words'),
  transient: fc.boolean(),
});
const at = fc.integer({ min: START - 5_000, max: START + 120_000 });
const party = fc.record({
  waId: fc.constant('16315553602'),
  name: fc.constantFrom('Mia', undefined),
});

/** Bills come in parts, and late. */
const bill = fc.option(
  fc.record(
    { billable: fc.constantFrom('0.05', '0.06'), meta: fc.constant('0.01') },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const provider = fc
  .oneof(
    fc.record({ kind: fc.constant('offer' as const), at, party, sdp: fc.constant('their-offer') }),
    fc.record({
      kind: fc.constant('answer' as const),
      at,
      party,
      sdp: fc.constant('their-answer'),
    }),
    fc.record({
      kind: fc.constant('status' as const),
      at,
      status: fc.constantFrom('ringing' as const, 'accepted' as const, 'rejected' as const),
    }),
    fc
      .record({
        at,
        failed: fc.boolean(),
        errors: fc.array(error, { maxLength: 1 }),
        talked: fc.boolean(),
        bill,
        recorded: fc.constantFrom(undefined, false, true),
      })
      .map(({ talked, ...rest }) => ({
        kind: 'terminated' as const,
        party: {},
        direction: undefined,
        ...rest,
        ...(talked && { startedAt: rest.at - 7_000, endedAt: rest.at, durationSeconds: 7 }),
      })),
    fc.record({
      kind: fc.constant('announced' as const),
      at,
      party,
      direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    }),
    fc.record({
      kind: fc.constant('recording' as const),
      at,
      what: fc.constantFrom('audio' as const, 'transcript' as const),
      mediaId: fc.option(fc.constant('media-1'), { nil: undefined }),
    }),
  )
  .chain((event) =>
    fc.constantFrom(undefined, 'call_1').map((secondaryId): CallEvent => ({
      from: 'provider',
      accountId: 'a',
      providerCallId: 'wacid.1',
      event,
      ...(secondaryId !== undefined && { secondaryId }),
    })),
  );

function refusal(transient: boolean): ProviderError {
  return { code: '131000', message: 'words', transient };
}

const plain = fc.oneof(
  ...(
    [
      { from: 'relay', kind: 'candidates', soleCandidate: true },
      { from: 'relay', kind: 'candidates', soleCandidate: false },
      { from: 'relay', kind: 'reservation-granted' },
      { from: 'relay', kind: 'reservation-refused' },
      { from: 'relay', kind: 'claim-granted' },
      { from: 'relay', kind: 'claim-refused', by: 'Bob' },
      { from: 'relay', kind: 'unreachable' },
      { from: 'relay', kind: 'taken', by: 'Bob' },
      { from: 'agent', kind: 'accept' },
      { from: 'agent', kind: 'decline' },
      { from: 'agent', kind: 'undo-decline' },
      { from: 'agent', kind: 'silence' },
      { from: 'agent', kind: 'hang-up' },
      { from: 'agent', kind: 'mute', muted: true },
      { from: 'agent', kind: 'mute', muted: false },
      { from: 'agent', kind: 'dismiss' },
      {
        from: 'agent',
        kind: 'dial',
        accountId: 'a',
        path: 'direct',
        party: { waId: '16315553602' },
      },
      { from: 'media', kind: 'offer-ready', sdp: 'our-offer' },
      { from: 'media', kind: 'connected' },
      { from: 'media', kind: 'audio' },
      { from: 'media', kind: 'failed', why: 'no microphone' },
      { from: 'media', kind: 'lost' },
      { from: 'api', kind: 'pre-accepted' },
      { from: 'api', kind: 'accepted' },
      { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
      { from: 'clock', kind: 'deadline' },
      { from: 'app', kind: 'restarted' },
    ] satisfies CallEvent[]
  ).map((event) => fc.constant<CallEvent>(event)),
);

/** Events of relayed calls only. */
const relayedOnly = fc.oneof(
  ...(
    [
      { from: 'relay', kind: 'claim-refused', by: '', error: refusal(true) },
      { from: 'relay', kind: 'claim-released', why: 'words' },
      { from: 'relay', kind: 'claim-refused', by: '', error: refusal(false) },
      { from: 'relay', kind: 'call-offer-withdrawn', end: 'cancelled' },
      { from: 'relay', kind: 'call-offer-withdrawn', end: 'unanswered' },
      { from: 'relay', kind: 'call-offer-withdrawn', end: 'accepted' },
      { from: 'relay', kind: 'call-offer-withdrawn', end: 'accepted', by: 'Bob' },
      { from: 'relay', kind: 'transfer-offered', to: 'Bob', note: 'words' },
      { from: 'relay', kind: 'transfer-ended', end: 'declined' },
      { from: 'relay', kind: 'reassigned', to: 'Bob', why: 'transfer' },
      { from: 'relay', kind: 'reassigned', to: '', why: 'requeue' },
      { from: 'relay', kind: 'leg-lost', deadlineAt: START + 20_000 },
      { from: 'relay', kind: 'leg-back' },
      { from: 'media', kind: 'leg-ready' },
      { from: 'relay', kind: 'hold', onHold: true },
      { from: 'relay', kind: 'hold', onHold: false },
      { from: 'relay', kind: 'still-ours' },
      { from: 'relay', kind: 'dtmf', digit: '5' },
      { from: 'relay', kind: 'given-up', why: 'media-gone' },
      { from: 'relay', kind: 'supervision', by: 'Eve', mode: 'listen' },
      { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
    ] satisfies CallEvent[]
  ).map((event) => fc.constant<CallEvent>(event)),
);

/** Every softphone makes its own SDP, so that a mix-up shows. */
const answerReady = fc
  .integer({ min: 1, max: 5 })
  .map((n): CallEvent => ({ from: 'media', kind: 'answer-ready', sdp: `our-answer-${n}` }));

const refused = fc
  .tuple(
    fc.constantFrom(
      'accept-failed' as const,
      'pre-accept-failed' as const,
      'place-failed' as const,
    ),
    error,
  )
  .map(([kind, error]): CallEvent => ({ from: 'api', kind, error }));

const direct: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: provider },
  { weight: 5, arbitrary: plain },
  { weight: 1, arbitrary: answerReady },
  { weight: 1, arbitrary: refused },
);

const relayed: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: direct },
  { weight: 2, arbitrary: relayedOnly },
);

export type History = { after: number; event: CallEvent }[];

/** Any events in any order, each after a delay in ms. Most of these calls end soon. */
const chaosOf = (event: fc.Arbitrary<CallEvent>): fc.Arbitrary<History> =>
  fc.array(fc.record({ after: fc.integer({ min: 0, max: 30_000 }), event }), { maxLength: 40 });

const providerSays = (event: Extract<CallEvent, { from: 'provider' }>['event']): CallEvent => ({
  from: 'provider',
  accountId: 'a',
  providerCallId: 'wacid.1',
  event,
});
const says = {
  ended: providerSays({
    kind: 'terminated',
    at: START + 20_000,
    party: {},
    direction: undefined,
    failed: false,
    startedAt: START + 5_000,
    endedAt: START + 20_000,
    durationSeconds: 15,
    errors: [],
  }),
  answer: providerSays({ kind: 'answer', at: START, party: {}, sdp: 'their-answer' }),
  ringing: providerSays({ kind: 'status', at: START, status: 'ringing' }),
  accepted: providerSays({ kind: 'status', at: START + 5_000, status: 'accepted' }),
};

/** Calls as they should go; the test adds the first event. */
const scripts: CallEvent[][] = [
  [
    { from: 'media', kind: 'answer-ready', sdp: 'our-answer-a' },
    { from: 'relay', kind: 'candidates', soleCandidate: true },
    { from: 'relay', kind: 'reservation-granted' },
    { from: 'api', kind: 'pre-accepted' },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'api', kind: 'accepted' },
    { from: 'media', kind: 'audio' },
    { from: 'agent', kind: 'hang-up' },
    says.ended,
  ],
  [
    { from: 'relay', kind: 'candidates', soleCandidate: false },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'media', kind: 'answer-ready', sdp: 'our-answer-b' },
    {
      from: 'api',
      kind: 'accept-failed',
      error: { code: 'network', message: '', transient: true },
    },
    { from: 'media', kind: 'lost' },
    { from: 'media', kind: 'answer-ready', sdp: 'our-answer-c' },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'api', kind: 'accepted' },
    says.ended,
  ],
  [
    { from: 'media', kind: 'offer-ready', sdp: 'our-offer' },
    { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
    says.answer,
    says.ringing,
    says.accepted,
    { from: 'media', kind: 'audio' },
    { from: 'agent', kind: 'hang-up' },
    says.ended,
  ],
];

/** Begins a relayed call of a customer's. */
export const relayedOffer: CallEvent = {
  from: 'provider',
  accountId: 'a',
  providerCallId: 'wacid.1',
  event: { kind: 'offer', at: START, party: {} },
  path: 'relayed',
};

/** Begins a relayed call that a teammate transfers. */
export const callOffered: CallEvent = {
  from: 'relay',
  kind: 'call-offered',
  callOffer: {
    callOfferId: address.id,
    callId: 'a/wacid.0',
    accountId: 'a',
    providerCallId: 'wacid.1',
    direction: 'inbound',
    party: {},
    why: 'transfer',
    from: { id: 'bob', name: 'Bob' },
    to: [{ id: 'ana', name: 'Ana' }],
    deadlineAt: START + 30_000,
  },
};

/** Relayed calls as they should go. */
const relayedScripts: CallEvent[][] = [
  [
    { from: 'media', kind: 'leg-ready' },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'media', kind: 'connected' },
    { from: 'relay', kind: 'hold', onHold: true },
    { from: 'relay', kind: 'hold', onHold: false },
    { from: 'relay', kind: 'transfer-offered', to: 'Bob' },
    { from: 'relay', kind: 'transfer-ended', end: 'unanswered' },
    { from: 'media', kind: 'lost' },
    { from: 'relay', kind: 'leg-lost', deadlineAt: START + 30_000 },
    { from: 'media', kind: 'leg-ready' },
    { from: 'media', kind: 'connected' },
    { from: 'relay', kind: 'transfer-offered', to: 'Bob' },
    { from: 'relay', kind: 'reassigned', to: 'Bob', why: 'transfer' },
    says.ended,
  ],
  [
    { from: 'agent', kind: 'accept' },
    { from: 'media', kind: 'leg-ready' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'relay', kind: 'call-offer-withdrawn', end: 'accepted' },
    { from: 'app', kind: 'restarted' },
    { from: 'relay', kind: 'reassigned', to: '', why: 'requeue' },
    { from: 'relay', kind: 'reassigned', to: 'Bob', why: 'transfer' },
    says.ended,
  ],
  [
    { from: 'media', kind: 'offer-ready', sdp: 'our-offer' },
    { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
    { from: 'media', kind: 'leg-ready' },
    says.ringing,
    says.accepted,
    { from: 'media', kind: 'failed', why: 'connection-lost' },
    { from: 'media', kind: 'leg-ready' },
    { from: 'media', kind: 'connected' },
    { from: 'agent', kind: 'hang-up' },
    says.ended,
  ],
];

/** Streamed calls as they should go. */
const streamedScripts: CallEvent[][] = [
  [
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'api', kind: 'accepted' },
    { from: 'media', kind: 'connected' },
    { from: 'media', kind: 'lost' },
    { from: 'app', kind: 'restarted' },
    { from: 'media', kind: 'audio' },
    { from: 'agent', kind: 'hang-up' },
    says.ended,
  ],
  [
    { from: 'agent', kind: 'accept' },
    { from: 'app', kind: 'restarted' },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'unreachable' },
    { from: 'api', kind: 'accept-failed', error: refusal(true) },
    says.accepted,
    says.ended,
  ],
  [
    { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
    says.ringing,
    { from: 'app', kind: 'restarted' },
    says.accepted,
    { from: 'media', kind: 'audio' },
    says.ended,
  ],
];

/** External calls as they should go. */
const externalScripts: CallEvent[][] = [
  [
    { from: 'api', kind: 'placed', providerCallId: 'wacid.1' },
    says.ringing,
    { from: 'agent', kind: 'dismiss' },
    { from: 'app', kind: 'restarted' },
    says.accepted,
    says.ended,
  ],
  [
    { from: 'app', kind: 'restarted' },
    says.accepted,
    { from: 'agent', kind: 'dismiss' },
    says.ended,
  ],
];

/** A script with events lost, duplicated, delayed or added. */
const faultyOf = (known: CallEvent[][], event: fc.Arbitrary<CallEvent>): fc.Arbitrary<History> =>
  fc.constantFrom(...known).chain((script) =>
    fc
      .tuple(
        ...script.map((planned) =>
          fc.record({
            planned: fc.constant(planned),
            fate: fc.oneof(
              { weight: 12, arbitrary: fc.constant('as planned' as const) },
              { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'twice' as const) },
              { weight: 1, arbitrary: fc.constant('late' as const) },
            ),
            stranger: fc.option(event, { freq: 9 }),
            after: fc.integer({ min: 0, max: 3_000 }),
          }),
        ),
      )
      .map((steps) => {
        const events: History = [];
        const late: History = [];
        for (const { planned, fate, stranger, after } of steps) {
          if (stranger) events.push({ after, event: stranger });
          if (fate === 'late') late.push({ after, event: planned });
          else if (fate !== 'lost') events.push({ after, event: planned });
          if (fate === 'twice') events.push({ after: 0, event: planned });
          if (fate === 'as planned') events.push(...late.splice(0));
        }
        return [...events, ...late];
      }),
  );

const mixed = (known: CallEvent[][], event: fc.Arbitrary<CallEvent>) =>
  fc.oneof(
    { weight: 1, arbitrary: chaosOf(event) },
    { weight: 4, arbitrary: faultyOf(known, event) },
  );

/** What can happen to a direct call. */
export const history: fc.Arbitrary<History> = mixed(scripts, direct);
/** What can happen to a streamed call. */
export const streamedHistory: fc.Arbitrary<History> = mixed(streamedScripts, direct);
/** What can happen to an external call. */
export const externalHistory: fc.Arbitrary<History> = mixed(externalScripts, direct);
/** What can happen to a relayed call. */
export const relayedHistory: fc.Arbitrary<History> = mixed(relayedScripts, relayed);
