import { z } from 'zod';
import type { Call } from '../../shared/call/model.ts';
import { parseColumn } from './json.ts';

const state = z.looseObject({ state: z.string() });
const waiting = { deadlineAt: z.number() };
const answering = { ...waiting, answer: state, reservation: state };
const leg = { ...waiting, leg: state };
const step = { step: z.string() };

const phase = <Name extends string, More extends z.core.$ZodLooseShape>(name: Name, more: More) =>
  z.looseObject({ name: z.literal(name), ...more });
const dialling = <More extends z.core.$ZodLooseShape>(more: More) =>
  z.looseObject({
    name: z.enum(['placing', 'calling', 'customer-ringing']),
    ...waiting,
    ...more,
  });
const connected = phase('connected', {});
const ended = phase('ended', { at: z.number(), reason: z.looseObject({ kind: z.string() }) });

const facts = {
  id: z.string().min(1),
  accountId: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  party: z.looseObject({}),
  createdAt: z.number(),
};
const spokenHere = { ...facts, muted: z.boolean() };

/** What the call rules require. A whole call has more, and later versions may add to it. */
const storedCall = z.discriminatedUnion('path', [
  z.looseObject({
    path: z.literal('direct'),
    ...spokenHere,
    phase: z.discriminatedUnion('name', [
      phase('ringing', answering),
      phase('accepting', { ...answering, ...step }),
      phase('preparing', waiting),
      dialling({ answered: z.boolean() }),
      connected,
      ended,
    ]),
  }),
  z.looseObject({
    path: z.literal('relayed'),
    ...spokenHere,
    phase: z.discriminatedUnion('name', [
      phase('ringing', leg),
      phase('accepting', { ...leg, ...step }),
      dialling({ legReady: z.boolean() }),
      connected,
      phase('rejoining', waiting),
      ended,
    ]),
  }),
  z.looseObject({
    path: z.literal('streamed'),
    ...spokenHere,
    mediaServer: z.enum(['provider', 'relay']),
    phase: z.discriminatedUnion('name', [
      phase('ringing', waiting),
      phase('accepting', { ...waiting, ...step }),
      dialling({}),
      connected,
      ended,
    ]),
  }),
  z.looseObject({
    path: z.literal('external'),
    ...facts,
    phase: z.discriminatedUnion('name', [
      phase('external', { ...waiting, stage: z.string() }),
      ended,
    ]),
  }),
]);

/**
 * A call as its row stores it: without the SDPs of its media. They hold the call's credentials and
 * are useless after a restart, except for the offer of a ringing call, which the relay sends again.
 */
export function redactedSnapshot(call: Call): string {
  return JSON.stringify(withoutSdp(call));
}

function withoutSdp(call: Call): Call {
  if (call.path !== 'direct') return call;
  const { phase } = call;
  if (phase.name !== 'ringing' && phase.name !== 'accepting') return call;
  const answer = phase.answer.state === 'ready' ? ({ state: 'preparing' } as const) : phase.answer;
  return { ...call, phase: { ...phase, offer: undefined, answer } };
}

/** A call from its row; undefined if the row does not hold one. */
export function readSnapshot(text: string): Call | undefined {
  const content = parseColumn(text);
  return isCall(content) ? content : undefined;
}

/** Only `redactedSnapshot` writes it, and migrations update it. */
function isCall(content: unknown): content is Call {
  return storedCall.safeParse(content).success;
}
