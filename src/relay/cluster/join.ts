import type { RelayConfig } from '../config/schema.ts';
import type { Log } from '../log.ts';
import { joinNatsNodes } from './nats-nodes.ts';
import { alone, type Nodes } from './nodes.ts';

/**
 * Joins the relays that serve the configured store.
 *
 * @throws Error that tells a person what to do
 */
export async function joinNodes({ store, dataDir }: RelayConfig, log: Log): Promise<Nodes> {
  return store.kind === 'sqlite' ? alone : joinNatsNodes({ ...store, dataDir, log });
}
