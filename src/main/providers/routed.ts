import type { RoutedEvent } from '../../shared/providers/events.ts';
import type { WebhookEvent } from '../../shared/providers/webhook.ts';

/** What was read of one call, as the relay would tell it. */
export function routed(accountId: string, events: readonly WebhookEvent[]): RoutedEvent[] {
  return events.map(({ providerCallId, secondaryId, callbackData, event }) => ({
    accountId,
    providerCallId,
    ...(secondaryId !== undefined && { secondaryId }),
    ...(callbackData !== undefined && { callbackData }),
    event,
  }));
}

/** One call's events after the other. */
export async function* oneByOne<Call>(
  calls: Promise<readonly Call[]>,
  eventsOf: (call: Call) => readonly RoutedEvent[],
): AsyncIterable<readonly RoutedEvent[]> {
  for (const call of await calls) yield eventsOf(call);
}
