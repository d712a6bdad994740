import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MetaAccount } from '../config.ts';
import { readBody, sendError, sendJson } from '../http.ts';
import { fileMetaDelivery } from './meta-delivery.ts';
import { sameText, signatureFault } from './signature.ts';
import type { IngressPorts } from './webhooks.ts';

/** Meta's deliveries are a few kB; an SDP is the largest part of one. In bytes. */
const BODY_LIMIT = 1_048_576;

/** `/webhooks/meta/<account id>`: the verification handshake (GET) and deliveries (POST); facts, section 3. */
export async function handleMeta(
  ports: IngressPorts,
  account: MetaAccount,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (request.method) {
    case 'GET':
      return handshake(ports, account, url, response);
    case 'POST':
      return delivery(ports, account, request, response);
    default:
      response.setHeader('allow', 'GET, POST');
      return sendError(response, 405, 'method', 'Only GET and POST are served here.');
  }
}

function handshake(
  { log }: IngressPorts,
  account: MetaAccount,
  { searchParams }: URL,
  response: ServerResponse,
): void {
  const challenge = searchParams.get('hub.challenge');
  const token = searchParams.get('hub.verify_token');
  if (searchParams.get('hub.mode') !== 'subscribe' || challenge === null || token === null) {
    return sendError(
      response,
      400,
      'not-a-handshake',
      'Expected hub.mode=subscribe, hub.challenge and hub.verify_token.',
    );
  }
  if (!sameText(token, account.verifyToken)) {
    log.warn('webhook.handshake-refused', { account: account.id });
    return sendError(
      response,
      403,
      'verify-token',
      "The verify token in Meta's App Dashboard is not the verifyToken in the config.",
    );
  }
  log.info('webhook.verified', { account: account.id });
  // Text, never HTML: what is echoed here comes from outside.
  response.writeHead(200, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  response.end(challenge);
}

async function delivery(
  ports: IngressPorts,
  account: MetaAccount,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { log } = ports;
  const body = await readBody(request, BODY_LIMIT);
  if (body === 'too-large') {
    log.warn('webhook.too-large', { account: account.id });
    return sendError(response, 413, 'too-large', `A delivery may have ${BODY_LIMIT} bytes.`);
  }
  const signature = request.headers['x-hub-signature-256'];
  const fault = signatureFault(
    Array.isArray(signature) ? signature[0] : signature,
    body,
    account.appSecret,
  );
  if (fault !== undefined) {
    log.warn('webhook.signature', { account: account.id, fault });
    return sendError(response, 401, `signature-${fault}`, faultWords[fault]);
  }
  const added = await fileMetaDelivery(ports, account, body, headersOfInterest(request));
  // Only now: what was answered with 200 is not sent again.
  sendJson(response, 200, { received: true, added: added.length });
  if (added.length > 0) ports.took(added);
}

const faultWords = {
  missing: 'The header X-Hub-Signature-256 is missing.',
  'not-a-signature': 'X-Hub-Signature-256 is not of the form sha256=<64 hex digits>.',
  wrong: "The signature does not fit. Compare appSecret in the config with the app's secret.",
} as const;

function headersOfInterest({ headers }: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['content-type', 'user-agent', 'x-forwarded-for', 'x-hub-signature-256']) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}
