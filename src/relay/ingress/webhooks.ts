import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Account } from '../config.ts';
import { sendError } from '../http.ts';
import type { Log } from '../log.ts';
import type { AddedEntry, Store } from '../store/store.ts';
import { handleMeta } from './meta.ts';

/** What every provider's webhook needs. */
export interface IngressPorts {
  accounts: readonly Account[];
  store: Pick<Store, 'append'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** Called with the new entries after they were committed. */
  took: (entries: readonly AddedEntry[]) => void;
}

/**
 * Serves `/webhooks/<provider>/<account id>`. A further provider is a further case here, with a member of its own in
 * the config's account union.
 *
 * @throws when the store fails; the provider must then not be told that the event is safe
 */
export async function handleWebhook(
  ports: IngressPorts,
  provider: string,
  accountId: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const account = ports.accounts.find((one) => one.id === accountId && one.provider === provider);
  if (!account) {
    ports.log.warn('webhook.unknown-account', { provider, account: accountId });
    return sendError(
      response,
      404,
      'unknown-account',
      'No such account. Compare the webhook URL with the id under accounts in the config.',
    );
  }
  switch (account.provider) {
    case 'meta':
      return handleMeta(ports, account, url, request, response);
    default:
      return account.provider satisfies never;
  }
}
