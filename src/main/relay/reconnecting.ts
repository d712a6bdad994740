import type { Connection } from '../../shared/relay/connection.ts';

type Reconnecting = Extract<Connection, { state: 'reconnecting' }>;

/** What is shown between a loss and the next connection. While a try is under way, the reason of the loss stays. */
export function reconnecting(before: Connection, next: Omit<Reconnecting, 'state'>): Reconnecting {
  const keeps = next.why === 'connecting' && before.state === 'reconnecting';
  return { state: 'reconnecting', ...next, why: keeps ? before.why : next.why };
}
