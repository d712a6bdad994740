import { assertNever } from '../lib/assert-never.ts';

/** The state of the connection to the relay, as the agent sees it. Times are Unix ms. */
export type Connection =
  | { state: 'connecting'; since: number }
  /** `provenAt`: when the relay last answered. */
  | { state: 'connected'; since: number; provenAt: number }
  | { state: 'reconnecting'; retryAt: number; attempt: number; lostAt: number; why: Loss }
  /** The machine has no network at all. */
  | { state: 'offline'; since: number }
  /**
   * The relay itself refused, which rarely ends soon. `retryAt` is missing if only a person may
   * retry.
   */
  | {
      state: 'refused';
      since: number;
      retryAt?: number | undefined;
      code: string;
      message: string;
    }
  /** No relay is configured yet, or its token cannot be read. */
  | { state: 'unconfigured' };

export type LossCode =
  /** The connection broke, or something other than the relay closed it. */
  | 'dropped'
  /** The connection is open, but the relay does not answer. */
  | 'silent'
  /** The connection attempt got no answer. */
  | 'timeout'
  | 'host-unknown'
  /** This machine's network does not lead there. */
  | 'no-route'
  /** Nothing listens at the address. */
  | 'unreachable'
  /** `about`: the HTTP status, from something other than the relay. */
  | 'http'
  /** `about`: the issuer of the certificate, whom this machine does not trust. */
  | 'certificate-untrusted'
  | 'certificate-expired'
  /** Nearly always a wrong clock on this machine. */
  | 'certificate-early'
  /** `about`: the host that the certificate is not for. */
  | 'certificate-name'
  /** The answer was not TLS. */
  | 'not-tls'
  /** `about`: the proxy, in all of these. */
  | 'proxy-unreachable'
  | 'proxy-password'
  /** The proxy requires an authentication scheme that is not supported. */
  | 'proxy-sign-in'
  | 'proxy-refused'
  /** The address would send the token in clear text. */
  | 'insecure'
  /** The relay sent something that this version cannot read. */
  | 'unreadable'
  /** Entries from the relay could not be stored here. */
  | 'not-stored'
  /** The relay is shutting down. */
  | 'shutting-down'
  /** Replaced by this console itself: after sleep, a network change, or on the agent's request. */
  | 'renewed';

/** Why there is no connection. */
export interface Loss {
  code: LossCode;
  /** What the sentence for `code` names. */
  about?: string | undefined;
}

/**
 * Since when calls cannot reach this console, Unix ms; undefined if they can, or without a relay.
 */
export function unreachableSince(connection: Connection): number | undefined {
  switch (connection.state) {
    case 'connected':
    case 'unconfigured':
      return undefined;
    case 'connecting':
    case 'offline':
    case 'refused':
      return connection.since;
    case 'reconnecting':
      return connection.lostAt;
    default:
      return assertNever(connection, 'connection');
  }
}

/**
 * The longest pause between two attempts, in ms. A console is back within 5 s after the path to the
 * relay is, however long it was gone. 1,000 consoles then make about 330 attempts a second, which
 * cost nothing on a dead path.
 */
const LONGEST_WAIT_MS = 4_000;
/** The same while our own network is the trouble: no relay is loaded by trying again. In ms. */
const LONGEST_LOCAL_WAIT_MS = 1_500;

/** Reasons that lie before the relay. */
const LOCAL: ReadonlySet<LossCode> = new Set([
  'no-route',
  'host-unknown',
  'timeout',
  'proxy-unreachable',
]);

/**
 * Delay before the next connection attempt, in ms: none at first, then growing. Randomised, so that
 * all consoles do not meet a restarted relay at once.
 *
 * @param attempt failed attempts so far, from 0
 * @param random 0 ≤ random < 1
 * @param code why the last attempt failed
 */
export function backoff(attempt: number, random: number, code: LossCode = 'dropped'): number {
  if (attempt === 0) return Math.round(random * 250);
  const longest = LOCAL.has(code) ? LONGEST_LOCAL_WAIT_MS : LONGEST_WAIT_MS;
  const base = Math.min(longest, 500 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(base * (0.5 + random / 2));
}

const FIRST_REFUSED_WAIT_MS = 30_000;
const LONGEST_REFUSED_WAIT_MS = 300_000;

/**
 * Delay before asking a relay again that refused us, in ms: often enough to notice a fix, rarely
 * enough not to load it.
 *
 * @param refusals so far, from 0
 * @param random 0 ≤ random < 1
 */
export function refusedBackoff(refusals: number, random: number): number {
  const base = Math.min(
    LONGEST_REFUSED_WAIT_MS,
    FIRST_REFUSED_WAIT_MS * 2 ** Math.min(refusals, 5),
  );
  return Math.round(base * (0.75 + random / 2));
}
