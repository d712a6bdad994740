import type { WebSocket } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import { GuessBrake } from '../http/guess-brake.ts';

/** Unknown tokens from one address. A removed console retries about once a minute. */
const WRONG_TOKENS = { burst: 60, perSecond: 1 };
/** Maximum number of consoles per address: all those of a large office. */
const MOST_PER_ADDRESS = 5_000;
/**
 * Maximum number of connections per agent: those of a console that lost its network live until the
 * next heartbeat.
 */
const MOST_PER_AGENT = 8;

/** A limit was exceeded; `retryAfterSeconds` says when to retry. */
export interface Excess {
  code: 'too-many-wrong-tokens' | 'too-many-connections';
  retryAfterSeconds: number;
}

/** Limits connections and wrong tokens per address and agent. */
export class ConnectionBounds {
  readonly #tokens: GuessBrake;
  readonly #streams: GuessBrake;
  readonly #byAddress = new Map<string, number>();
  readonly #byAgent = new Map<string, WebSocket[]>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#tokens = new GuessBrake(WRONG_TOKENS, clock, false);
    this.#streams = new GuessBrake(WRONG_TOKENS, clock);
  }

  /** Why an address is locked out, whatever the token; undefined if it is not. */
  excess(address: string | undefined): Excess | undefined {
    if (address === undefined) return undefined;
    const tooMany = tooManyWrong(this.#tokens.waitMs(address));
    if (tooMany) return tooMany;
    if ((this.#byAddress.get(address) ?? 0) < MOST_PER_ADDRESS) return undefined;
    return { code: 'too-many-connections', retryAfterSeconds: 60 };
  }

  /** A token was wrong; why the next one has to wait. */
  handleWrongToken(address: string | undefined): Excess | undefined {
    return tooManyWrong(this.#tokens.handleWrong(address, 'token'));
  }

  /** Why nobody's stream may come from an address. */
  streamExcess(address: string | undefined): Excess | undefined {
    return tooManyWrong(this.#streams.waitMs(address));
  }

  /** A stream's secret or token was wrong, or right; why the next one has to wait. */
  handleStream(address: string | undefined, isRight: boolean): Excess | undefined {
    if (!isRight) return tooManyWrong(this.#streams.handleWrong(address, 'stream'));
    this.#streams.handleRight(address);
    return undefined;
  }

  /** Counts a connection until it closes. If one agent has too many, the oldest is closed. */
  add(socket: WebSocket, agentId: string, address: string | undefined): void {
    const own = [...(this.#byAgent.get(agentId) ?? []), socket];
    this.#byAgent.set(agentId, own);
    for (const old of own.slice(0, -MOST_PER_AGENT)) old.terminate();
    if (address !== undefined) this.#count(address, 1);
    socket.once('close', () => {
      const left = (this.#byAgent.get(agentId) ?? []).filter((one) => one !== socket);
      if (left.length > 0) this.#byAgent.set(agentId, left);
      else this.#byAgent.delete(agentId);
      if (address !== undefined) this.#count(address, -1);
    });
  }

  #count(address: string, by: 1 | -1): void {
    const count = (this.#byAddress.get(address) ?? 0) + by;
    if (count > 0) this.#byAddress.set(address, count);
    else this.#byAddress.delete(address);
  }
}

function tooManyWrong(waitMs: number): Excess | undefined {
  if (waitMs === 0) return undefined;
  return { code: 'too-many-wrong-tokens', retryAfterSeconds: Math.ceil(waitMs / 1000) };
}
