import { assertNever } from '../lib/assert-never.ts';

/** What the agent is told about the connection to the relay. Times are Unix ms. */
export type Connection =
  | { state: 'connecting'; since: number }
  /** `provenAt`: when the relay last answered. */
  | { state: 'connected'; since: number; provenAt: number }
  | { state: 'reconnecting'; retryAt: number; attempt: number; lostAt: number; why: Loss }
  /** The machine has no network at all. */
  | { state: 'offline'; since: number }
  /** The relay itself said no, which is seldom over soon. `retryAt` is missing where only a person may try again. */
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
  /** The line broke, or was closed by somebody other than the relay. */
  | 'dropped'
  /** The line is there, but nobody answers on it. */
  | 'silent'
  /** No answer to the try to connect. */
  | 'timeout'
  | 'host-unknown'
  /** Nobody listens there, or there is no way to it. */
  | 'unreachable'
  /** `about`: the status with which somebody other than the relay answered. */
  | 'http'
  /** `about`: who issued the certificate that nothing here vouches for. */
  | 'certificate-untrusted'
  | 'certificate-expired'
  /** Nearly always a wrong clock on this machine. */
  | 'certificate-early'
  /** `about`: the host that the certificate is not for. */
  | 'certificate-name'
  /** What came was no TLS at all. */
  | 'not-tls'
  /** `about`: the proxy, in all of these. */
  | 'proxy-unreachable'
  | 'proxy-password'
  /** The proxy wants to be told who we are in a way that is not known here. */
  | 'proxy-sign-in'
  | 'proxy-refused'
  /** The address would carry the token in clear. */
  | 'insecure'
  /** Something came that this version cannot read. */
  | 'unreadable'
  /** What the relay told could not be stored here. */
  | 'not-stored'
  /** The relay is being stopped. */
  | 'shutting-down'
  /** Replaced by ourselves: after sleep, a change of network, or because the agent asked for it. */
  | 'renewed';

/** Why there is no connection. */
export interface Loss {
  code: LossCode;
  /** What the sentence for `code` needs to name. */
  about?: string | undefined;
}

/** Since when calls cannot reach this console, Unix ms; undefined while they can, or where no relay is set up. */
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
 * The longest pause between two tries, in ms. Whoever waits for calls is to be back within 5 s after the way is, however
 * long it was gone; 1,000 consoles then make about 330 tries a second, all of which a dead way costs nothing.
 */
const LONGEST_WAIT_MS = 4_000;

/**
 * Wait before the next try to connect, in ms: at once, then longer and longer. Spread at random, so that a restarted
 * relay is not met by all consoles in the same instant.
 *
 * @param attempt failed tries so far, from 0
 * @param random 0 ≤ random < 1
 */
export function backoff(attempt: number, random: number): number {
  if (attempt === 0) return Math.round(random * 250);
  const base = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(base * (0.5 + random / 2));
}

const FIRST_REFUSED_WAIT_MS = 30_000;
const LONGEST_REFUSED_WAIT_MS = 300_000;

/**
 * Wait before a relay that refused us is asked again, in ms: somebody may have put right what it disliked, but it is not
 * to be bothered.
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
