import { z } from 'zod';
import type { CallAnnounced, ProviderError, ProviderEvent } from '../events.ts';
import { direction, duration, flag, maybe, person, text, time, word } from '../fields.ts';
import type { UnassignedReport } from '../webhook.ts';
import { zernioBill } from './billing.ts';

const callErrors = z
  .array(z.unknown())
  .nullish()
  .transform((items) => (items ?? []).map(zernioCallError));

const segment = z.object({ text, at: maybe(time).catch(undefined) });
/** An unreadable segment does not affect the others. */
const transcript: z.ZodType<z.infer<typeof segment>[]> = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((items) => (items ?? []).flatMap((item) => segment.safeParse(item).data ?? []));

/**
 * A call in the list, in its detail and in webhooks, which name its id `id`
 * (docs/providers/zernio.md#calls, #webhooks).
 */
export const zernioCall = z
  .object({
    _id: maybe(text),
    id: maybe(text),
    direction: maybe(direction),
    from: maybe(person),
    to: maybe(person),
    accountId: maybe(text),
    status: maybe(word),
    startedAt: maybe(time),
    answeredAt: maybe(time),
    endedAt: maybe(time),
    durationSeconds: maybe(duration),
    endReason: maybe(word),
    isVoicemail: maybe(flag),
    callErrors,
    /** In the detail alone. */
    transcript,
    recordingUrl: maybe(z.string()),
    billing: maybe(zernioBill),
  })
  .transform(({ _id, id, recordingUrl, ...call }, context) => {
    const known = _id ?? id;
    if (known !== undefined) return { ...call, id: known, recorded: recordingUrl !== undefined };
    context.addIssue({ code: 'custom', message: 'no id of the call', path: ['id'] });
    return z.NEVER;
  });
export type ZernioCall = z.infer<typeof zernioCall>;

const errorItem = z.object({
  code: z.union([z.number(), z.string()]).optional().catch(undefined),
  message: z.string().catch(''),
});

/** Code 0 means unknown. */
export function zernioCallError(item: unknown): ProviderError {
  const read = errorItem.safeParse(typeof item === 'string' ? { message: item } : item);
  const { code, message } = read.success ? read.data : { code: undefined, message: '' };
  const known = code === undefined || code === 0 || code === '' ? 'unknown' : String(code);
  return { code: known, message, transient: false };
}

/** The customer's number; undefined without a direction, because either end may be theirs. */
function partyOf(call: ZernioCall): { waId?: string | undefined } {
  if (call.direction === undefined) return {};
  return (call.direction === 'inbound' ? call.from : call.to) ?? {};
}

export function announcedEvent(call: ZernioCall, at: number): CallAnnounced | undefined {
  if (call.direction === undefined) return undefined;
  return { kind: 'announced', at, party: partyOf(call), direction: call.direction };
}

/**
 * The end of a call, preceded by the customer's refusal if that ended it. Includes the bill if
 * settled. A recording is only announced, because its URL expires within minutes
 * (docs/providers/zernio.md#webhooks).
 */
export function endOf(call: ZernioCall, endedAt: number): ProviderEvent[] {
  const { durationSeconds, answeredAt, endReason, direction: way } = call;
  const seconds = durationSeconds ?? 0;
  const talked =
    !call.isVoicemail && (answeredAt !== undefined || (endReason === 'hangup' && seconds > 0));
  const startedAt = answeredAt ?? Math.max(0, endedAt - Math.round(seconds * 1000));
  const terminated: ProviderEvent = {
    kind: 'terminated',
    at: endedAt,
    party: partyOf(call),
    direction: way,
    failed: endReason === 'error' || call.status === 'failed',
    ...(talked && { startedAt }),
    endedAt,
    ...(talked && durationSeconds !== undefined && { durationSeconds }),
    errors: call.callErrors,
    ...(call.billing && { bill: call.billing }),
    ...(call.isVoicemail && { voicemail: true }),
    recorded: call.recorded,
  };
  if (endReason !== 'rejected' || way !== 'outbound' || talked) return [terminated];
  return [{ kind: 'status', at: endedAt, status: 'rejected' }, terminated];
}

/**
 * What was said in a call. Nothing tells who said it, or what form the time has (docs/providers/zernio.md#calls): where it
 * is no moment of the call, a segment begins where the one before did.
 */
export function saidIn({
  transcript: said,
  answeredAt,
  startedAt,
}: ZernioCall): readonly SaidLine[] {
  const begin = answeredAt ?? startedAt;
  let fromMs = 0;
  return said.flatMap(({ text: words, at }) => {
    const trimmed = words.trim();
    if (at !== undefined && begin !== undefined) fromMs = Math.max(fromMs, at - begin);
    return trimmed === '' ? [] : [{ fromMs, text: trimmed }];
  });
}

/** Words of a transcript, and when they begin in the call. */
interface SaidLine {
  fromMs: number;
  text: string;
}

/** Identities of a call's events, the same by webhook and by read. */
export function aboutCall(call: ZernioCall, events: readonly ProviderEvent[]): UnassignedReport[] {
  return events.map((event) => ({
    numberId: call.accountId,
    identity: `call.${event.kind === 'status' ? event.status : event.kind}:${call.id}`,
    providerCallId: call.id,
    event,
  }));
}

/**
 * Events from a call that was read; no webhook reports ringing or answering. Always all of them:
 * the reader drops known identities.
 *
 * @param readAt Unix ms; replaces missing times
 */
export function zernioCallEvents(call: ZernioCall, readAt: number): UnassignedReport[] {
  const announced = announcedEvent(call, call.startedAt ?? readAt);
  const begun = announced ? [announced] : [];
  switch (call.status) {
    case 'answered':
      return aboutCall(call, [
        ...begun,
        { kind: 'status', at: call.answeredAt ?? readAt, status: 'accepted' },
      ]);
    case 'ended':
    case 'failed':
      return aboutCall(call, [...begun, ...endOf(call, call.endedAt ?? readAt)]);
    default: {
      const ringing = call.status === 'ringing' && call.direction === 'outbound';
      const at = call.startedAt ?? readAt;
      return aboutCall(
        call,
        ringing ? [...begun, { kind: 'status', at, status: 'ringing' }] : begun,
      );
    }
  }
}
