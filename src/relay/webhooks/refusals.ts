import type { Account } from '../config/account.ts';
import { isAboutNumber } from './ingest.ts';
import type { WebhookPorts } from './ports.ts';

/** Longer bodies are not examined: a delivery is a few kB, most of it SDP. */
export const MAX_EXAMINED_BYTES = 65_536;
/** A number whose webhook was taken this recently has the right secret. In ms. */
const RECENT_MS = 60_000;

/**
 * Whether a refused delivery suggests that a secret differs from the provider's. Anybody can send one,
 * and that must alarm no agent. So it must read like the provider's, name this number by its id, which
 * strangers do not know, and no webhook of the number was taken in the minute before.
 */
export async function suggestsWrongSecret(
  { accounts, clock, health, store }: WebhookPorts,
  account: Account,
  body: Buffer,
): Promise<boolean> {
  if (body.length > MAX_EXAMINED_BYTES) return false;
  const { id } = account;
  const now = clock.now();
  // Another relay of the store may take them, or this one did before it was restarted.
  const takenAt =
    health.takenAt(id) ?? (await store.lastWebhooks().catch(() => undefined))?.get(id);
  if (takenAt !== undefined && now - takenAt < RECENT_MS) return false;
  return isAboutNumber(account, body, accounts);
}
