import type { Account } from '../config/account.ts';
import { concerns } from './ingest.ts';
import type { WebhookPorts } from './ports.ts';

/** What is longer than this tells nothing: a delivery is a few kB, most of it SDP. In bytes. */
export const LARGEST_TELLING = 65_536;
/** While webhooks are believed, a secret cannot be wrong. In ms. */
const BELIEVED_MS = 60_000;

/**
 * Whether a refused delivery tells that a secret differs from the provider's. Anybody can have one
 * refused, and agents must not be alarmed by it: it has to read as the provider's, about this
 * number by its id, which strangers do not know; and in the minute before, none was believed.
 */
export async function isTelling(
  { accounts, clock, health, store }: WebhookPorts,
  account: Account,
  body: Buffer,
): Promise<boolean> {
  if (body.length > LARGEST_TELLING) return false;
  const { id } = account;
  const now = clock.now();
  // Another relay of the store may take them, or this one did before it was restarted.
  const believedAt =
    health.takenAt(id) ?? (await store.lastWebhooks().catch(() => undefined))?.get(id);
  if (believedAt !== undefined && now - believedAt < BELIEVED_MS) return false;
  return concerns(account, body, accounts);
}
