import type { IncomingMessage } from 'node:http';
import type { Account } from '../config/account.ts';
import {
  proofOf,
  verifySecret,
  verifySignature,
  webhookCredentialsOf,
  type AuthFailure,
} from './webhook-auth.ts';

/**
 * `relay doctor` asks for this at the address of a number's webhooks, with 32 hex digits: what has
 * become of them since the relay started. It proves that it has the number's secrets as the
 * provider does, over these digits instead of a body.
 */
const HEALTH_QUESTION = 'ringdesk-health';

/** The question, and the headers that go with it. */
export function healthQuestion(account: Account, digits: string) {
  return {
    query: `${HEALTH_QUESTION}=${digits}`,
    headers: proofOf(account, Buffer.from(digits)),
  };
}

/**
 * Whether a request is such a question, and may be answered.
 *
 * @returns undefined: it is none
 */
export function readHealthQuestion(
  account: Account,
  query: URLSearchParams,
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
): 'allowed' | AuthFailure | undefined {
  const digits = query.get(HEALTH_QUESTION);
  if (method !== 'GET' || digits === null || !/^[0-9a-f]{32}$/.test(digits)) return undefined;
  const proof = webhookCredentialsOf(account);
  return (
    verifySecret(proof, undefined, headers) ??
    verifySignature(proof, headers, Buffer.from(digits)) ??
    'allowed'
  );
}
