import type { ExportColumn } from '../../../shared/ipc/export.ts';
import type { CallRecord } from '../call-record.ts';

/**
 * One column of a spreadsheet. Empty cells mean "not known" or "does not apply". The kind tells
 * each format how to write the value so that it keeps its type: `moment` is Unix ms, `duration`
 * whole seconds, `phone` digits with or without a `+`.
 */
export type Column = { name: ExportColumn } & (
  | { kind: 'text' | 'phone'; of: (record: CallRecord) => string | undefined }
  | { kind: 'number' | 'moment' | 'duration'; of: (record: CallRecord) => number | undefined }
);

/**
 * In the order of the file. New columns are added at the end, so that programs that read these
 * files keep working.
 */
export const columns: readonly Column[] = [
  { name: 'call_id', kind: 'text', of: (call) => call.id },
  { name: 'provider_call_id', kind: 'text', of: (call) => call.providerCallId },
  { name: 'direction', kind: 'text', of: (call) => call.direction },
  { name: 'outcome', kind: 'text', of: (call) => call.outcome },
  { name: 'account', kind: 'text', of: (call) => call.accountLabel },
  { name: 'account_number', kind: 'phone', of: (call) => digitsOf(call.accountNumber) },
  { name: 'customer_name', kind: 'text', of: (call) => call.party.name },
  { name: 'phone', kind: 'phone', of: (call) => digitsOf(call.party.waId) },
  { name: 'phone_e164', kind: 'phone', of: (call) => e164Of(call.party.waId) },
  { name: 'customer_id', kind: 'text', of: (call) => call.party.userId },
  { name: 'started_at', kind: 'text', of: (call) => isoOf(call.createdAt) },
  { name: 'started_local', kind: 'moment', of: (call) => call.createdAt },
  { name: 'answered_at', kind: 'text', of: (call) => isoOf(call.connectedAt) },
  { name: 'ended_at', kind: 'text', of: (call) => isoOf(call.endedAt) },
  { name: 'ring_seconds', kind: 'number', of: (call) => ringSeconds(call) },
  { name: 'talk_seconds', kind: 'number', of: (call) => call.talkSeconds },
  { name: 'talk_time', kind: 'duration', of: (call) => call.talkSeconds },
  { name: 'end_reason', kind: 'text', of: (call) => call.endReason.kind },
  { name: 'end_detail', kind: 'text', of: endDetail },
  { name: 'button_payload', kind: 'text', of: (call) => call.payload },
  { name: 'mos', kind: 'number', of: (call) => call.quality?.mos },
  { name: 'packets_lost', kind: 'number', of: (call) => call.quality?.packetsLost },
  { name: 'packets_received', kind: 'number', of: (call) => call.quality?.packetsReceived },
  { name: 'jitter_ms', kind: 'number', of: (call) => call.quality?.jitterMs },
  { name: 'rtt_ms', kind: 'number', of: (call) => call.quality?.rttMs },
  { name: 'handed_over_by', kind: 'text', of: (call) => call.callOffer?.from },
  { name: 'handover_note', kind: 'text', of: (call) => call.callOffer?.note },
  { name: 'handed_over_to', kind: 'text', of: (call) => handedTo(call)?.to },
  { name: 'handed_over_note', kind: 'text', of: (call) => handedTo(call)?.note },
  { name: 'whole_call_seconds', kind: 'number', of: (call) => call.wholeSeconds },
  { name: 'note', kind: 'text', of: (call) => call.note },
  { name: 'team_notes', kind: 'text', of: teamNotes },
  { name: 'disposition', kind: 'text', of: (call) => call.disposition },
  { name: 'tags', kind: 'text', of: (call) => call.tags.join(', ') || undefined },
  { name: 'voicemail', kind: 'text', of: (call) => (call.voicemail ? 'yes' : undefined) },
];

/** The chosen ones, in the order of the file; all by default. */
export function chosenColumns(names?: readonly ExportColumn[]): readonly Column[] {
  return names ? columns.filter(({ name }) => names.includes(name)) : columns;
}

/** The teammate or customer's device that took it from us in the end. */
function handedTo({ parts }: CallRecord) {
  return parts.flatMap(({ transfers = [] }) => transfers).findLast(({ end }) => end === 'accepted');
}

/** One line for each teammate. */
function teamNotes(call: CallRecord): string | undefined {
  const written = call.teamNotes.filter(({ text }) => text !== '');
  return written.map(({ by, text }) => `${by}: ${text}`).join('\n') || undefined;
}

function digitsOf(number: string | undefined): string | undefined {
  return number?.replaceAll(/\D/g, '');
}

function e164Of(number: string | undefined): string | undefined {
  const digits = digitsOf(number);
  return digits === undefined || digits === '' ? undefined : `+${digits}`;
}

/** Time until somebody answered, or until it ended unanswered, in whole seconds. */
export function ringSeconds(call: CallRecord): number {
  return Math.max(0, Math.round(((call.connectedAt ?? call.endedAt) - call.createdAt) / 1000));
}

/** The message of the party that ended it: the provider's, or a teammate's name. */
function endDetail({ endReason }: CallRecord): string | undefined {
  switch (endReason.kind) {
    case 'failed':
      return [endReason.error.message, endReason.error.details, `(${endReason.error.code})`]
        .filter((part) => part !== undefined && part !== '')
        .join(' ');
    case 'media-failed':
      return endReason.why;
    case 'answered-elsewhere':
      return endReason.by;
    case 'transferred':
    case 'lost-to-team':
      return endReason.to;
    case 'call-offer-withdrawn':
      return endReason.why;
    default:
      return undefined;
  }
}

const two = (n: number) => String(n).padStart(2, '0');

/** ISO 8601 with this machine's offset at that time, e.g. `2026-03-01T14:05:09+01:00`. */
export function isoOf(at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const offset = -new Date(at).getTimezoneOffset();
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `${localOf(at).replace(' ', 'T')}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The same to the millisecond: nothing is lost. */
export function exactIsoOf(at: number | undefined): string | undefined {
  const ms = String((((at ?? 0) % 1000) + 1000) % 1000).padStart(3, '0');
  return isoOf(at)?.replace(/(?<=T\d\d:\d\d:\d\d)/, `.${ms}`);
}

/** Local wall-clock time, in the form that spreadsheets read as a date. */
export function localOf(at: number): string {
  const d = new Date(at);
  const day = `${String(d.getFullYear()).padStart(4, '0')}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${day} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** `h:mm:ss`. */
export function clockOf(seconds: number): string {
  const s = Math.round(seconds);
  return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
