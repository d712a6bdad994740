import type { ProviderReport } from '../../shared/providers/events.ts';
import type { UnassignedReport } from '../../shared/providers/webhook.ts';

/** What was read of one call, as the relay would report it. */
export function reportsOf(
  accountId: string,
  events: readonly UnassignedReport[],
): ProviderReport[] {
  return events.map(({ numberId: _number, identity: _identity, ...report }) => ({
    accountId,
    ...report,
  }));
}

/** One call's events after the other. */
export async function* oneByOne<Call>(
  calls: Promise<readonly Call[]>,
  eventsOf: (call: Call) => readonly ProviderReport[],
): AsyncIterable<readonly ProviderReport[]> {
  for (const call of await calls) yield eventsOf(call);
}
