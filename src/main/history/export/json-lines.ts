import type { TimelineEntry } from '../../../shared/ipc/history.ts';
import type { CallRecord } from '../call-record.ts';
import { exactIsoOf, ringSeconds } from './columns.ts';

/** One call as one line of JSON, for machines: nothing is guarded or shortened. */
export function jsonLine(record: CallRecord, timeline: readonly TimelineEntry[]): string {
  const { seq: _, accountId, accountLabel, accountNumber, ...call } = record;
  return `${JSON.stringify({
    ...call,
    account: { id: accountId, label: accountLabel, number: accountNumber },
    createdAt: exactIsoOf(call.createdAt),
    connectedAt: exactIsoOf(call.connectedAt),
    endedAt: exactIsoOf(call.endedAt),
    ringSeconds: ringSeconds(record),
    timeline: timeline.map((entry) => ({ ...entry, at: exactIsoOf(entry.at) })),
  })}\n`;
}
