import { t } from '../../shared/i18n/i18n.ts';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from '../http/client-address.ts';
import { readRefusedBody, readBody, sendError, sendJson } from '../http/responses.ts';
import type { Routes, WebhookAddress } from '../http/server.ts';
import { describePath } from '../http/target.ts';
import { markProven } from '../http/unproven-sockets.ts';
import { ingestDelivery } from './ingest.ts';
import { answerChallenge } from './challenge.ts';
import { readHealthQuestion } from './health-question.ts';
import { answerProbe } from './probe.ts';
import type { Account } from '../config/account.ts';
import type { WebhookPorts } from './ports.ts';
import { MAX_EXAMINED_BYTES, senderOf, suggestsWrongSecret } from './refusals.ts';
import {
  verifySecret,
  verifySignature,
  webhookCredentialsOf,
  type AuthFailure,
} from './webhook-auth.ts';

/** Deliveries are a few kB, most of it SDP. In bytes. */
const BODY_LIMIT = 1_048_576;

/** Somebody must set this machine's clock, unless the delivery is fraudulent. */
const RETRY_TOO_OLD_SECONDS = 600;
/** When to retry while an account has too many webhooks waiting. */
const RETRY_BUSY_SECONDS = 2;
/** When to retry after the disk failed. */
const RETRY_SECONDS = 5;

/** Set by `relay replay`. */
export const REPLAY_HEADER = 'x-ringdesk-replay';

/** Serves the webhooks of all accounts. */
export function createWebhookHandler(ports: WebhookPorts): Routes['webhook'] {
  return (...request) => handleWebhook(ports, ...request);
}

/**
 * Serves a provider's webhook: authenticate, store raw, normalise, commit, and only then answer
 * 200, so that the provider repeats what is not safe yet. That takes some ms; the strictest
 * provider waits 5 s (docs/providers/zernio.md#webhooks).
 *
 * @throws if the store fails; the provider must then not get a 200
 */
async function handleWebhook(
  ports: WebhookPorts,
  { provider, accountId, secret }: WebhookAddress,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { log, strangers } = ports;
  const account = ports.accounts.find((one) => one.id === accountId && one.provider === provider);
  if (!account) {
    strangers.warn('webhook.unknown-account', {
      address: describePath(`/webhooks/${provider}/${accountId}`, ports.known),
    });
    return sendError(response, 404, 'unknown-account', t('relay.noSuchAccount'));
  }
  const address = clientAddress(request, ports.proxies);
  const brake = (waitMs: number) => {
    strangers.warn('webhook.refused', { account: account.id, code: 'too-many', address });
    response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
    sendError(response, 429, 'too-many', t('relay.tooMany'));
  };
  const refuse = async (status: number, { code, message }: AuthFailure, body?: Buffer) => {
    const waitMs = ports.guesses.handleWrong(address, account.id);
    if (waitMs > 0) return brake(waitMs);
    const shown = { shown: secret, headers: request.headers };
    const sender = body && senderOf(ports.accounts, account, shown, body);
    if (sender) return misdirected(sender);
    strangers.warn('webhook.refused', { account: account.id, code, address });
    if (body && (await suggestsWrongSecret(ports, account, body)))
      ports.health.refused(account.id, code);
    return sendError(response, status, code, message);
  };
  const misdirected = ({ id, provider: by }: Account) => {
    ports.guesses.handleRight(address);
    const code = 'wrong-address';
    strangers.warn('webhook.refused', { account: id, code, cameTo: account.id, address });
    ports.health.refused(id, code, ports.areTogether(id, account.id) ? account.id : undefined);
    const message = t('relay.wrongAddress', { path: `/webhooks/${by}/${id}` });
    return sendError(response, 401, code, message);
  };
  const tooLarge = () => {
    strangers.warn('webhook.too-large', { account: account.id, address });
    return sendError(response, 413, 'too-large', t('relay.bodyTooLarge', { bytes: BODY_LIMIT }));
  };
  const refuseUnread = async (failure: AuthFailure) => {
    const isDelivery = request.method === 'POST';
    const body = isDelivery && (await readRefusedBody(request, BODY_LIMIT, MAX_EXAMINED_BYTES));
    return body === 'too-large' ? tooLarge() : refuse(401, failure, body || undefined);
  };
  if (await answerProbe(ports, account, query, response)) return;
  const waitMs = ports.guesses.waitMs(address);
  if (waitMs > 0) return brake(waitMs);
  const asked = readHealthQuestion(account, query, request);
  if (asked === 'allowed') {
    const stored = await ports.store.lastWebhooks();
    return sendJson(response, 200, ports.health.of(account.id, stored.get(account.id)));
  }
  if (asked) return refuse(401, asked);
  const proof = webhookCredentialsOf(account);
  const doubt = verifySecret(proof, secret, request.headers);
  if (doubt) return refuseUnread(doubt);
  if (request.method === 'GET' && account.provider === 'meta') {
    return answerChallenge(ports, account, query, response, refuse);
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', account.provider === 'meta' ? 'GET, POST' : 'POST');
    return sendError(response, 405, 'method', t('relay.notPost'));
  }
  const unsigned = verifySignature(proof, request.headers, undefined);
  if (unsigned) return refuseUnread(unsigned);
  const body = await readBody(request, BODY_LIMIT);
  if (body === 'too-large') return tooLarge();
  const forged = verifySignature(proof, request.headers, body);
  if (forged) return refuse(401, forged, body);
  markProven(request.socket);
  ports.guesses.handleRight(address);
  if (!(await ports.turns.take(account.id, body.length))) {
    log.warn('webhook.busy', { account: account.id });
    response.setHeader('retry-after', String(RETRY_BUSY_SECONDS));
    return sendError(response, 503, 'busy', t('relay.busy'));
  }
  const isReplayed = request.headers[REPLAY_HEADER] !== undefined;
  const headers = headersOfInterest(request.headers);
  const added = await ingestDelivery(ports, account, body, headers, isReplayed);
  if (added === 'too-old') {
    response.setHeader('retry-after', String(RETRY_TOO_OLD_SECONDS));
    return sendError(response, 503, 'too-old', t('relay.tooOld'));
  }
  // Only now, because a 200 ends repetitions. A delivery that is only in memory rings, but must be
  // repeated.
  if (ports.store.durable()) sendJson(response, 200, { received: true, added: added.length });
  else {
    response.setHeader('retry-after', String(RETRY_SECONDS));
    sendError(response, 503, 'not-stored', t('relay.notStored'));
  }
  if (added.length > 0) ports.coordinator.handleProviderEvents(added);
}

/** None of them contains a secret: a signature reveals nothing without its key. */
const OF_INTEREST = [
  'content-type',
  'user-agent',
  'x-forwarded-for',
  'x-hub-signature-256',
  'x-360dialog-signature',
  'x-zernio-signature',
  'x-late-signature',
  'x-zernio-event',
  'x-zernio-event-id',
  REPLAY_HEADER,
] as const;

function headersOfInterest(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    OF_INTEREST.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
