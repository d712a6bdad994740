import type { CallEvent } from '../../shared/call/events.ts';
import type { Call } from '../../shared/call/model.ts';
import { lastThree } from '../../shared/lib/redact.ts';
import type { PermissionChanged } from '../../shared/providers/events.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';

/** What the service says. Every listener is called after the fact is committed. */
export interface CallServiceEvents {
  /** A call, or who else it rings at, is no longer what it was. */
  changed: [call: Call];
  /** Once per call, when it is over. Corrections that come later are `changed`. */
  ended: [call: Call];
  /** The provider has given a call of this console these ids. */
  named: [accountId: string, ids: readonly string[]];
  /** An event that changed nothing, and why. */
  ignored: [callId: string, event: CallEvent, why: string];
  /** A call of ours to answer, whose offer has not come yet. */
  announced: [accountId: string, providerCallId: string];
  /** A customer's answer to a permission request, or a rule of the provider. */
  permission: [accountId: string, event: PermissionChanged];
}

/** An entry of the relay's log. */
export interface RelayEntry {
  cursor: number;
  at: number;
  body: LogBody;
}

/** One line of the log for each step. */
export function describeStep(before: Call | undefined, after: Call, event: CallEvent): string {
  const what = event.from === 'provider' ? event.event.kind : event.kind;
  const end = after.phase.name === 'ended' ? ` (${after.phase.reason.kind})` : '';
  const from = before?.phase.name ?? 'new';
  return `call ${after.id} ${lastThree(after.party.waId)}: ${from} -> ${after.phase.name}${end} by ${event.from} ${what}`;
}
