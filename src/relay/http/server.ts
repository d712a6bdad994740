import { t } from '../../shared/i18n/i18n.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Listen } from '../config/schema.ts';
import { sendError } from './responses.ts';
import { reasonOf, type Log } from '../log.ts';
import { REDEEM_PATH } from '../../shared/links/invitation.ts';
import { readTarget } from './target.ts';

/** The parts of a webhook's address: `/webhooks/<provider>/<account id>[/<secret>]`. */
export interface WebhookAddress {
  provider: string;
  accountId: string;
  secret: string | undefined;
}

/** Paths for operators and their tools, besides `/healthz`. */
export type OperationsPath = '/readyz' | '/metrics' | '/admin';

/** Handlers of the relay's addresses. */
export interface Routes {
  health: (response: ServerResponse) => Promise<void>;
  webhook: (
    address: WebhookAddress,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** A console fetches what customers of a number hear before a recording. */
  announcement: (
    accountId: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** A console fetches what a recording consists of, or the sound of one side. */
  recording: (
    what: { id: string; track: number | undefined },
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** A console redeems an invitation. */
  redeem: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  operations: (
    path: OperationsPath,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** Called for an address without a handler. */
  unknown: (path: string, method: string | undefined) => void;
}

/** Time limit for a whole request with its body, in ms. Meta itself gives up after 20 s. */
const REQUEST_TIMEOUT_MS = 20_000;
/** Time limit for its headers, in ms: they fit into a packet or two. */
const HEADERS_TIMEOUT_MS = 5_000;
/** Limits of a request's headers, in bytes and in number. Providers send some 20. */
const MOST_HEADER_BYTES = 16_384;
const MOST_HEADERS = 100;
/** When to retry after the store failed. */
const RETRY_SECONDS = 5;

/** How often slow requests are looked for, in ms. */
const LOOK_MS = 2_000;

/** The relay's HTTP server. A route that rejects is answered with 500, so that providers retry. */
export function createHttpServer(routes: Routes, log: Log, timeoutMs = REQUEST_TIMEOUT_MS): Server {
  const bounds = {
    connectionsCheckingInterval: Math.min(LOOK_MS, timeoutMs),
    maxHeaderSize: MOST_HEADER_BYTES,
  };
  const server = createServer(bounds, (request, response) => {
    route(routes, request, response).catch((error: unknown) => {
      log.error('http.failed', { method: request.method, why: reasonOf(error) });
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        response.setHeader('retry-after', String(RETRY_SECONDS));
        sendError(response, 500, 'internal', t('relay.failed'));
      }
    });
  });
  server.requestTimeout = timeoutMs;
  server.headersTimeout = Math.min(HEADERS_TIMEOUT_MS, timeoutMs);
  server.maxHeadersCount = MOST_HEADERS;
  return server;
}

async function route(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = readTarget(request.url);
  if ('status' in target) {
    return sendError(response, target.status, target.code, target.message);
  }
  const { path, query } = target;
  if (path === '/healthz') return routes.health(response);
  if (path === '/readyz' || path === '/metrics' || path === '/admin') {
    return routes.operations(path, request, response);
  }
  if (path === REDEEM_PATH) return routes.redeem(request, response);
  const [, recording, track] =
    /^\/v1\/recordings\/([\w-]{1,100})(?:\/(\d{1,2}))?$/.exec(path) ?? [];
  if (recording !== undefined) {
    const what = { id: recording, track: track === undefined ? undefined : Number(track) };
    return routes.recording(what, request, response);
  }
  const [, announced] = /^\/v1\/announcements\/([^/]{1,100})$/.exec(path) ?? [];
  if (announced !== undefined) return routes.announcement(announced, request, response);
  const [, provider, accountId, secret] =
    /^\/webhooks\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (provider !== undefined && accountId !== undefined) {
    return routes.webhook({ provider, accountId, secret }, query, request, response);
  }
  if (path === '/v1/agents') {
    response.setHeader('upgrade', 'websocket');
    return sendError(response, 426, 'upgrade-required', t('relay.upgradeRequired'));
  }
  routes.unknown(path, request.method);
  return sendError(response, 404, 'not-found', t('relay.nothingHere'));
}

/**
 * Starts listening.
 *
 * @returns the base URL with the actual port
 * @throws Error that says what to do
 */
export async function listen(server: Server, { host, port }: Listen): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new Error(
          `Cannot listen on ${host}:${port}: ${error.message}. Change listen in the config.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}
