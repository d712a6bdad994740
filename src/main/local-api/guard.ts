import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../shared/lib/clock.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';

/** A request that is refused. */
export interface Refused {
  status: number;
  /** For programs. */
  error: string;
  /** For their authors. */
  message: string;
  headers?: Readonly<Record<string, string>>;
}

/** `headers` keeps only the first of several hosts. */
type AskedHeaders = Pick<IncomingMessage, 'headers' | 'headersDistinct'>;

/** A program that asks more often is broken. */
const USUAL = { burst: 30, perSecond: 5 };
/** Nobody mistypes a token this often. */
const WRONG = { burst: 10, perSecond: 0.2 };

/** Decides whether a request may be read at all. Only a program of this agent's may ask. */
export class Guard {
  readonly #usual: RateLimits;
  readonly #wrong: RateLimits;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#usual = new RateLimits(USUAL, clock);
    this.#wrong = new RateLimits(WRONG, clock);
  }

  /** Why the request is refused; undefined if it is not. */
  check(request: AskedHeaders, port: number, token: string): Refused | undefined {
    const { headers, headersDistinct } = request;
    // A page whose name was made to mean this machine still sends its own name.
    const hosts = headersDistinct['host'] ?? [];
    if (hosts.length !== 1 || !hosts.every((host) => isOwnHost(host, port)))
      return { status: 421, error: 'wrong-host', message: `Use http://127.0.0.1:${port}.` };
    // Browsers add these to the requests of pages, which have no business here.
    if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
      return { status: 403, error: 'no-pages', message: 'Pages in a browser may not ask.' };
    if (!isToken(headers.authorization, token)) {
      if (!this.#wrong.take('')) return tooOften(this.#wrong.waitMs(''));
      return {
        status: 401,
        error: 'wrong-token',
        message: 'Send the token of Settings as “Authorization: Bearer …”.',
        headers: { 'WWW-Authenticate': 'Bearer' },
      };
    }
    return this.#usual.take('') ? undefined : tooOften(this.#usual.waitMs(''));
  }
}

const isOwnHost = (host: string, port: number): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase());

/** Compared in constant time, so that timing does not reveal where a guess is wrong. */
function isToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const isSame = timingSafeEqual(digest(given), digest(token));
  return isSame && given !== '';
}

function tooOften(waitMs: number): Refused {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return {
    status: 429,
    error: 'too-often',
    message: `Ask again after ${seconds} s.`,
    headers: { 'Retry-After': seconds },
  };
}
