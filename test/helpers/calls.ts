import type { CallLog } from '../../src/main/calls/ports.ts';
import type { CallEvent } from '../../src/shared/call/events.ts';
import type { Call, EndReason } from '../../src/shared/call/model.ts';

const restarted: CallEvent = { from: 'app', kind: 'restarted' };

/** An ended call as it is logged. */
export function endedCall(n: number, more: Partial<Call> = {}, reason?: EndReason): Call {
  const createdAt = more.createdAt ?? 1_700_000_000_000 + n * 60_000;
  return {
    id: `support/wacid.${n}`,
    accountId: 'support',
    path: 'direct',
    direction: 'inbound',
    party: { waId: `1631555${String(n).padStart(4, '0')}`, name: `Customer ${n}` },
    providerCallId: `wacid.${n}`,
    createdAt,
    muted: false,
    phase: {
      name: 'ended',
      at: createdAt + 30_000,
      reason: reason ?? { kind: 'caller-gone' },
    },
    ...more,
  };
}

/** Commits calls as they are. */
export function put(log: CallLog, ...calls: Call[]): void {
  for (const call of calls) {
    log.commit({ call, callId: call.id, event: restarted, at: call.createdAt });
  }
}
