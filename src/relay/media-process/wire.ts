import { z } from 'zod';
import type { BridgeEvent, BridgeReport } from '../media/call-bridge.ts';
import type { LegReport } from '../media/leg.ts';
import { announcementLanguages } from '../../shared/recording/policy.ts';
import { recordingFailures } from '../../shared/recording/state.ts';
import type { RecorderRequest } from '../media/recorder/call-recorder.ts';
import type { Routing } from '../media/routing.ts';

/**
 * Part of the socket's name: a relay of another version starts its own host and lets this one
 * finish.
 */
export const WIRE_VERSION = 4;

/** Interval of heartbeats in both directions, in ms. */
export const HEARTBEAT_MS = 1_000;
/**
 * After this long without a heartbeat the other side counts as gone, in ms. A process that dies
 * closes its socket at once; this is for one that hangs, and it is generous, because calls that are
 * given up cannot be recovered.
 */
export const SILENCE_MS = 10 * HEARTBEAT_MS;

const nonce = z.string().regex(/^[\da-f]{32}$/);
const proof = z.string().regex(/^[\da-f]{64}$/);
const call = z.string().min(1);
const leg = z.string().min(1);
const sdp = z.string().min(1);
const playing = z.enum(['hold', 'silence']);
const supervisors = z
  .array(z.object({ leg, mode: z.enum(['listen', 'whisper', 'barge']) }))
  .optional();

const routing: z.ZodType<Routing> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on-hold'), playing }),
  z.object({
    kind: z.literal('talking'),
    agent: leg,
    supervisors,
    isConsoleGone: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('consulting'), agent: leg, teammate: leg, supervisors }),
]);

const recorderRequest: z.ZodType<RecorderRequest> = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('announce'),
    language: z.enum(announcementLanguages),
    file: z.string().optional(),
  }),
  z.object({
    do: z.literal('start'),
    id: z.string().min(1),
    path: z.string().min(1),
    facts: z.object({
      callId: call,
      accountId: z.string(),
      by: z.literal('relay'),
      consent: z.enum(['announcement', 'agent']),
      agent: z.string().optional(),
      customer: z.array(z.string()).optional(),
    }),
    secret: z.string().optional(),
  }),
  z.object({
    do: z.literal('mark'),
    mark: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('announcement'),
        from: z.number(),
        to: z.number(),
        sha256: z.string().optional(),
      }),
      z.object({ kind: z.literal('confirmed'), at: z.number(), by: z.string() }),
      z.object({ kind: z.literal('transfer'), to: z.string() }),
    ]),
  }),
  z.object({ do: z.literal('pause'), forMs: z.number().nonnegative() }),
  z.object({ do: z.literal('continue') }),
  z.object({ do: z.literal('stop'), by: z.string(), discard: z.boolean() }),
]);

/** Requests of the relay to the process with the media; each is a method of `MediaHost`. */
const hostRequest = z.discriminatedUnion('method', [
  z.object({ method: z.literal('calls') }),
  z.object({ method: z.literal('listen') }),
  z.object({ method: z.literal('answerCustomer'), call, sdp }),
  z.object({ method: z.literal('offerCustomer'), call }),
  z.object({ method: z.literal('startCustomer'), call }),
  z.object({ method: z.literal('applyCustomerAnswer'), call, sdp }),
  z.object({ method: z.literal('openGate'), call }),
  z.object({ method: z.literal('addLeg'), call, leg, sdp }),
  z.object({ method: z.literal('removeLeg'), call, leg }),
  z.object({ method: z.literal('route'), call, routing }),
  z.object({ method: z.literal('record'), call, request: recorderRequest }),
  z.object({ method: z.literal('report'), call }),
  z.object({ method: z.literal('echo'), agentId: z.string().min(1), sdp }),
  z.object({ method: z.literal('end'), call }),
]);
export type HostRequest = z.infer<typeof hostRequest>;

/**
 * Messages to the host, one JSON text per line; `hello` and `proof` come first (see greeting.ts).
 */
export const toHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), nonce }),
  z.object({ type: z.literal('proof'), proof }),
  z.object({ type: z.literal('request'), id: z.number().int(), request: hostRequest }),
  z.object({ type: z.literal('alive') }),
  /** The relay leaves; unless there are calls, the host need not wait for it. */
  z.object({ type: z.literal('bye') }),
]);
export type ToHost = z.infer<typeof toHost>;

const legRef = z.discriminatedUnion('side', [
  z.object({ side: z.literal('customer') }),
  z.object({ side: z.literal('agent'), leg }),
]);

const bridgeEvent: z.ZodType<BridgeEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connected'), leg: legRef, afterMs: z.number() }),
  z.object({ type: z.literal('first-audio'), leg: legRef }),
  z.object({ type: z.literal('media-lost'), leg: legRef, silentMs: z.number() }),
  z.object({ type: z.literal('media-back'), leg: legRef }),
  z.object({
    type: z.literal('closed'),
    leg: legRef,
    reason: z.enum(['ice-failed', 'dtls-failed', 'peer-closed']),
  }),
  z.object({ type: z.literal('dtmf'), digit: z.string(), durationMs: z.number() }),
  z.object({
    type: z.literal('recorder'),
    report: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('announced'),
        from: z.number(),
        to: z.number(),
        sha256: z.string().optional(),
      }),
      z.object({ kind: z.literal('not-announced') }),
      z.object({ kind: z.literal('started'), id: z.string(), startedAt: z.number() }),
      z.object({ kind: z.literal('continued') }),
      z.object({ kind: z.literal('failed'), why: z.enum(recordingFailures) }),
    ]),
  }),
  z.object({ type: z.literal('rerouted'), routing, because: leg }),
]);

/** Messages from the host, one JSON text per line. */
export const fromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), nonce, proof }),
  z.object({ type: z.literal('reply'), id: z.number().int(), value: z.unknown().optional() }),
  z.object({ type: z.literal('failed'), id: z.number().int(), why: z.string() }),
  z.object({ type: z.literal('event'), call, event: bridgeEvent }),
  z.object({ type: z.literal('alive') }),
]);
export type FromHost = z.infer<typeof fromHost>;

const maybe = z.number().optional();
const legReport = z
  .object({
    connected: z.boolean(),
    path: z.object({ local: z.string(), remote: z.string() }).optional(),
    received: z.object({
      packets: z.number(),
      lost: z.number(),
      lossPercent: z.number(),
      jitterMs: z.number(),
    }),
    sent: z.object({ packets: z.number(), dropped: z.number(), lossPercent: maybe }),
    rttMs: maybe,
    lastPacketAgeMs: maybe,
  })
  // JSON drops undefined fields.
  .transform(({ path, sent, rttMs, lastPacketAgeMs, ...rest }): LegReport => ({
    ...rest,
    path,
    sent: { ...sent, lossPercent: sent.lossPercent },
    rttMs,
    lastPacketAgeMs,
  }));

const done = z
  .unknown()
  .optional()
  .transform(() => undefined);
const failure = z.object({ ok: z.literal(false), error: z.string() });
const sdpReply = z.union([z.object({ ok: z.literal(true), value: z.string() }), failure]);

/** The answer to each request. */
export const replies = {
  calls: z.array(z.string()),
  listen: done,
  answerCustomer: sdpReply,
  offerCustomer: sdpReply,
  startCustomer: done,
  applyCustomerAnswer: z.union([
    z.object({ ok: z.literal(true), value: z.literal(true) }),
    failure,
  ]),
  openGate: done,
  record: done,
  addLeg: sdpReply,
  removeLeg: done,
  route: z.union([
    z.object({ ok: z.literal(true), value: z.literal(true) }),
    z.object({ ok: z.literal(false), error: z.enum(['unknown-leg', 'leg-named-twice']) }),
  ]),
  report: z
    .object({
      routing,
      gateOpen: z.boolean(),
      customer: legReport.optional(),
      agents: z.record(z.string(), legReport),
    })
    .transform((report): BridgeReport => ({ ...report, customer: report.customer }))
    .optional(),
  echo: sdpReply,
  end: done,
} as const;

/** Parses a line as JSON; undefined if it is not. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Splits a stream into lines and passes each to `take`; returns the function to feed it with. */
export function lines(take: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) take(line);
  };
}
