import { t } from '../../shared/i18n/i18n.ts';
import type { ServerResponse } from 'node:http';
import type { Account } from '../config/account.ts';
import { sendError } from '../http/responses.ts';
import type { Log } from '../log.ts';
import type { AuthFailure } from './webhook-auth.ts';
import { sameText } from '../http/constant-time.ts';

/**
 * Answers Meta's verification request (docs/providers/meta.md#signature-and-delivery). No other
 * provider sends one.
 *
 * @param refuse counts a guess and answers it
 */
export function answerChallenge(
  { log }: { log: Log },
  account: Extract<Account, { provider: 'meta' }>,
  query: URLSearchParams,
  response: ServerResponse,
  refuse: (status: number, failure: AuthFailure) => Promise<void>,
): Promise<void> | void {
  const challenge = query.get('hub.challenge');
  const token = query.get('hub.verify_token');
  if (query.get('hub.mode') !== 'subscribe' || challenge === null || token === null) {
    return sendError(response, 400, 'not-a-handshake', t('relay.notAHandshake'));
  }
  if (!sameText(token, account.verifyToken)) {
    log.warn('webhook.handshake-refused', { account: account.id });
    return refuse(403, { code: 'verify-token', message: t('relay.verifyTokenWrong') });
  }
  log.info('webhook.verified', { account: account.id });
  // Text, never HTML: what is echoed here comes from outside.
  response.writeHead(200, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  response.end(challenge);
}
