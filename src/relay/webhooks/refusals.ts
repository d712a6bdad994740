import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from '../config/account.ts';
import { isAboutNumber } from './ingest.ts';
import type { WebhookPorts } from './ports.ts';
import { verifySecret, verifySignature, webhookCredentialsOf } from './webhook-auth.ts';

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
  ports: Pick<WebhookPorts, 'accounts' | 'clock' | 'health'> & {
    store: Pick<WebhookPorts['store'], 'lastWebhooks'>;
  },
  account: Account,
  body: Buffer,
): Promise<boolean> {
  if (body.length > MAX_EXAMINED_BYTES) return false;
  const { accounts, clock, health, store } = ports;
  const { id } = account;
  const isRecent = (at = -Infinity) => clock.now() - at < RECENT_MS;
  if (isRecent(health.takenAt(id)) || !isAboutNumber(account, body, accounts)) return false;
  // Another relay of the store may take them now, or this one did before it was restarted.
  const stored = await store.lastWebhooks().catch(() => undefined);
  return !isRecent(stored?.get(id)?.takenAt);
}

/**
 * The account that a delivery refused at another's address belongs to: it is about that number, and
 * has its secrets, which strangers do not know.
 *
 * @param shown the secret at the end of the address, if there is one
 */
export function senderOf(
  accounts: readonly Account[],
  addressed: Account,
  { shown, headers }: { shown: string | undefined; headers: IncomingHttpHeaders },
  body: Buffer,
): Account | undefined {
  if (body.length > MAX_EXAMINED_BYTES) return undefined;
  return accounts.find((one) => {
    if (one.id === addressed.id) return false;
    const proof = webhookCredentialsOf(one);
    return (
      !verifySecret(proof, shown, headers) &&
      !verifySignature(proof, headers, body) &&
      isAboutNumber(one, body, accounts)
    );
  });
}
