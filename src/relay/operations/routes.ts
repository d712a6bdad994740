import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { t } from '../../shared/i18n/i18n.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { clientAddress } from '../http/client-address.ts';
import { GuessBrake } from '../http/guess-brake.ts';
import { sendError, sendJson } from '../http/responses.ts';
import type { OperationsPath } from '../http/server.ts';
import { markProven } from '../http/unproven-sockets.ts';
import type { Log } from '../log.ts';
import { adminScope, hasAdmins } from './admin-access.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';
import { PAGE_HEADERS, statusPage } from './status-page.ts';
import { notReady, readStatus, type StatusPorts } from './status.ts';

/** Limit of wrong admin tokens per address. */
const WRONG_TOKENS = { burst: 20, perSecond: 0.2 };

interface OperationsPorts {
  status: StatusPorts;
  health: Pick<Health, 'isOk'>;
  metrics: Metrics;
  clock: Clock;
  proxies: BlockList;
  strangers: Pick<Log, 'warn'>;
}

/** Answers operators and their tools. */
export type AnswerOperations = (
  path: OperationsPath,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/**
 * `/readyz` for load balancers; `/metrics` and `/admin` for holders of an admin token. Without such
 * a token in the config these two do not exist.
 */
export function createOperationsHandler(ports: OperationsPorts): AnswerOperations {
  const { status, health, metrics, clock, proxies, strangers } = ports;
  const guesses = new GuessBrake(WRONG_TOKENS, clock, false);

  return async (path, request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendError(response, 405, 'method', t('relay.onlyGet'));
    }
    if (path === '/readyz') {
      // A store that takes nothing is noticed even if nobody has anything to store.
      await health.isOk();
      const because = notReady(status);
      return sendJson(response, because.length === 0 ? 200 : 503, {
        ready: because.length === 0,
        because,
      });
    }
    if (!hasAdmins(status.config)) {
      return sendError(response, 404, 'not-found', t('relay.nothingHere'));
    }
    const address = clientAddress(request, proxies);
    const brake = (waitMs: number) => {
      strangers.warn('admin.refused', { code: 'too-many-wrong-tokens', address });
      response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
      return sendError(response, 429, 'too-many-wrong-tokens', t('relay.tooMany'));
    };
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) return brake(waitMs);
    const scope = adminScope(status.config, request.headers);
    if (!scope) {
      const isTried = request.headers.authorization !== undefined;
      const tooSoonMs = isTried ? guesses.handleWrong(address, 'admin') : 0;
      if (tooSoonMs > 0) return brake(tooSoonMs);
      if (isTried) strangers.warn('admin.refused', { code: 'token-unknown', address });
      response.setHeader('www-authenticate', 'Basic realm="Ringdesk relay", charset="UTF-8"');
      return sendError(response, 401, 'admin-token', t('relay.adminToken'));
    }
    markProven(request.socket);
    if (path === '/metrics') {
      // Metrics cover the whole relay.
      if (scope.kind !== 'all') return sendError(response, 403, 'scope', t('relay.wholeRelay'));
      const { type, body } = await metrics.text();
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
      return;
    }
    await health.isOk();
    response.writeHead(200, PAGE_HEADERS);
    response.end(statusPage(await readStatus(status, scope)));
  };
}
