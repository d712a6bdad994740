import * as fc from 'fast-check';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { ProviderError } from '../../../../src/shared/providers/events.ts';

/** The moment at which every generated history begins. */
export const START = 1_700_000_000_000;

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
      })
      .map(({ talked, ...rest }) => ({
        kind: 'terminated' as const,
        party: {},
        direction: undefined,
        ...rest,
        ...(talked && { startedAt: rest.at - 7_000, endedAt: rest.at, durationSeconds: 7 }),
      })),
  )
  .map((event): CallEvent => ({ from: 'provider', providerCallId: 'wacid.1', event }));

const plain = fc.oneof(
  ...(
    [
      { from: 'relay', kind: 'alone', alone: true },
      { from: 'relay', kind: 'alone', alone: false },
      { from: 'relay', kind: 'hold-granted' },
      { from: 'relay', kind: 'hold-refused' },
      { from: 'relay', kind: 'claim-granted' },
      { from: 'relay', kind: 'claim-refused', by: 'Bob' },
      { from: 'relay', kind: 'unreachable' },
      { from: 'relay', kind: 'taken', by: 'Bob' },
      { from: 'agent', kind: 'accept' },
      { from: 'agent', kind: 'decline' },
      { from: 'agent', kind: 'hang-up' },
      { from: 'agent', kind: 'mute', muted: true },
      { from: 'agent', kind: 'mute', muted: false },
      { from: 'agent', kind: 'dial', accountId: 'a', party: { waId: '16315553602' } },
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

/** Every softphone makes an SDP of its own, so that a mix-up shows. */
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

const event: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: provider },
  { weight: 5, arbitrary: plain },
  { weight: 1, arbitrary: answerReady },
  { weight: 1, arbitrary: refused },
);

type History = { after: number; event: CallEvent }[];

/** Anything in any order, with the time that passes before each, in ms. Most of these are over soon. */
const chaos: fc.Arbitrary<History> = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 30_000 }), event }),
  { maxLength: 40 },
);

const providerSays = (event: Extract<CallEvent, { from: 'provider' }>['event']): CallEvent => ({
  from: 'provider',
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

/** Calls as they should go; the first event is made by the test. */
const scripts: CallEvent[][] = [
  [
    { from: 'media', kind: 'answer-ready', sdp: 'our-answer-a' },
    { from: 'relay', kind: 'alone', alone: true },
    { from: 'relay', kind: 'hold-granted' },
    { from: 'api', kind: 'pre-accepted' },
    { from: 'agent', kind: 'accept' },
    { from: 'relay', kind: 'claim-granted' },
    { from: 'api', kind: 'accepted' },
    { from: 'media', kind: 'audio' },
    { from: 'agent', kind: 'hang-up' },
    says.ended,
  ],
  [
    { from: 'relay', kind: 'alone', alone: false },
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

/** A script in which events are lost, doubled, late or joined by others. */
const faulty: fc.Arbitrary<History> = fc.constantFrom(...scripts).chain((script) =>
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

export const history: fc.Arbitrary<History> = fc.oneof(
  { weight: 1, arbitrary: chaos },
  { weight: 4, arbitrary: faulty },
);
