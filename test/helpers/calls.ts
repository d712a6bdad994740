import type { CallLog } from '../../src/main/calls/ports.ts';
import type { CallEvent } from '../../src/shared/call/events.ts';
import type { Call, CallFacts, DirectCall, RelayedCall } from '../../src/shared/call/model.ts';
import type { EndReason, Ended } from '../../src/shared/call/phases.ts';

const restarted: CallEvent = { from: 'app', kind: 'restarted' };

/** An ended direct call as it is logged. */
export function endedCall(
  n: number,
  more: Partial<DirectCall> = {},
  reason?: EndReason,
): DirectCall {
  return { path: 'direct', muted: false, ...ended(n, more, reason), ...more };
}

/** An ended relayed call as it is logged. */
export function endedRelayedCall(
  n: number,
  more: Partial<RelayedCall> = {},
  reason?: EndReason,
): RelayedCall {
  return { path: 'relayed', muted: false, ...ended(n, more, reason), ...more };
}

function ended(
  n: number,
  more: Partial<CallFacts>,
  reason: EndReason = { kind: 'caller-gone' },
): CallFacts & { phase: Ended } {
  const createdAt = more.createdAt ?? 1_700_000_000_000 + n * 60_000;
  return {
    id: `support/wacid.${n}`,
    accountId: 'support',
    direction: 'inbound',
    party: { waId: `1631555${String(n).padStart(4, '0')}`, name: `Customer ${n}` },
    providerCallId: `wacid.${n}`,
    createdAt,
    phase: { name: 'ended', at: createdAt + 30_000, reason },
  };
}

/** A call that must be a relayed one. */
export function asRelayed(call: Call | undefined): RelayedCall {
  if (call?.path !== 'relayed') throw new Error('not a relayed call');
  return call;
}

/** Commits calls as they are. */
export function put(log: CallLog, ...calls: Call[]): void {
  for (const call of calls) {
    log.commit({ call, callId: call.id, event: restarted, at: call.createdAt });
  }
}
