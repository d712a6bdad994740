import type { Answer } from '../../shared/providers/client.ts';
import type { ProviderReport } from '../../shared/providers/events.ts';
import type { UnassignedReport } from '../../shared/providers/webhook.ts';
import { mapResult } from '../../shared/lib/result.ts';
import type { Reads } from '../calls/ports.ts';

/** How to fetch a provider's calls and read the result. */
interface CallSource<Call> {
  accountId: string;
  call: (providerCallId: string) => Promise<Answer<Call>>;
  /** `since` in Unix ms; oldest first. */
  callsSince: (since: number) => Promise<Answer<readonly Call[]>>;
  reportsOf: (call: Call) => readonly UnassignedReport[];
}

/** Reads calls as the reports that the relay would have sent. */
export function readsOf<Call>(source: CallSource<Call>): Reads {
  const reportsOf = (call: Call): ProviderReport[] =>
    source.reportsOf(call).map(({ numberId: _number, identity: _identity, ...report }) => ({
      accountId: source.accountId,
      ...report,
    }));
  return {
    call: async (callId) => mapResult(await source.call(callId), reportsOf),
    callsSince: async (since) =>
      mapResult(await source.callsSince(since), (calls) => calls.map(reportsOf)),
  };
}
