import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import {
  backoff,
  refusedBackoff,
  type Connection,
  type Loss,
} from '../../shared/protocol/connection.ts';
import type { Log } from '../log.ts';
import type { Link, LinkEnd, LinkOptions } from './link.ts';

/**
 * An attempt that hangs for so long, and up to half as long again, gets another one beside it, in ms:
 * the network may be back, and a packet on the old route never learns of it. So a console is back
 * within 2 s after its network is.
 */
const HANGS_AFTER_MS = 1_000;
/**
 * No more attempts at the same time: the oldest, because a slow relay will answer it first, and the
 * youngest.
 */
const MOST_ATTEMPTS = 3;
/** How often `provenAt` is updated on the screen, in ms. */
const SHOWN_EVERY_MS = 10_000;
/**
 * The agent signed in on another computer. Two consoles that replaced each other automatically
 * would never stop.
 */
const REPLACED = 'replaced';

export interface RelayConnectionPorts {
  clock: Clock;
  /** 0 ≤ random < 1. */
  random: () => number;
  log: Log;
  /** Starts to connect. */
  openLink: (handlers: Pick<LinkOptions, 'onOpen' | 'onEnd'>) => Link;
  /** The link is open and is now the connection. */
  onOpen: (link: Link) => void;
  /** The connection and all attempts were dropped; no answer will come. */
  onDrop: () => void;
  onChange: (state: Connection) => void;
}

/** Keeps one connection to the relay, and decides when to try again. */
export class RelayConnection {
  readonly #ports: RelayConnectionPorts;
  #state: Connection = { state: 'unconfigured' };
  #link: Link | undefined;
  /** Links that are not open yet; the first to open becomes the connection. */
  readonly #attempts = new Set<Link>();
  #cancelRetry: () => void = () => undefined;
  #failures = 0;
  #refusals = 0;
  #lostAt: number | undefined;
  /** Since when calls cannot reach us. */
  #awayAt = 0;

  constructor(ports: RelayConnectionPorts) {
    this.#ports = ports;
  }

  get state(): Connection {
    return this.#state;
  }

  /** The open link, which may not be welcomed yet. */
  get link(): Link | undefined {
    return this.#link;
  }

  get isConnected(): boolean {
    return this.#state.state === 'connected';
  }

  start(): void {
    this.#renew();
  }

  /** Disconnects for good. */
  close(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.leave();
    this.#drop({ code: 'renewed' });
    this.#become({ state: 'unconfigured' });
  }

  /** The agent wants to be connected now, even after a refusal. */
  tryNow(): void {
    if (this.#state.state === 'unconfigured' || this.isConnected) return;
    this.#renew();
  }

  /**
   * Reconnects whatever the socket's state says: after sleep, unlock or a change of network it is
   * wrong.
   *
   * @param why for the log
   */
  replaceSocket(why: string): void {
    const { state } = this.#state;
    if (state === 'unconfigured' || state === 'offline' || this.#isReplaced()) return;
    this.#ports.log.info(`relay: connecting anew: ${why}`);
    this.#renew();
  }

  /** Whether the machine has any network. */
  setOnline(online: boolean): void {
    const { state } = this.#state;
    if (state === 'unconfigured' || this.#isReplaced()) return;
    if (online === (state !== 'offline')) return;
    if (online) return this.#renew();
    this.#noteLost();
    this.#drop({ code: 'renewed' });
    this.#failures = 0;
    this.#become({ state: 'offline', since: this.#awayAt });
  }

  /** The relay has welcomed us. */
  handleWelcome(now: number): void {
    this.#refusals = 0;
    this.#become({ state: 'connected', since: now, provenAt: now });
  }

  /**
   * Everything that was missed is stored. Only now the next loss counts as the first: a relay whose
   * log cannot be stored must not be asked again and again without a pause.
   *
   * @returns when the connection before was lost, Unix ms
   */
  handleReplayComplete(): number | undefined {
    this.#failures = 0;
    const since = this.#lostAt;
    this.#lostAt = undefined;
    return since;
  }

  /** The relay has just given a sign of life. */
  handleProof(provenAt: number): void {
    if (this.#state.state !== 'connected') return;
    if (provenAt - this.#state.provenAt < SHOWN_EVERY_MS) return;
    this.#become({ ...this.#state, provenAt });
  }

  #isReplaced(): boolean {
    return this.#state.state === 'refused' && this.#state.code === REPLACED;
  }

  #renew(): void {
    this.#failures = 0;
    this.#noteLost();
    this.#drop({ code: 'renewed' });
    this.#connect();
  }

  /** Begins an attempt. While it hangs, further ones begin beside it. */
  #connect(): void {
    const { clock, random, openLink } = this.#ports;
    this.#showAttempt();
    const second = [...this.#attempts][1];
    if (this.#attempts.size >= MOST_ATTEMPTS && second) {
      this.#attempts.delete(second);
      second.lose({ code: 'renewed' });
    }
    const link = openLink({
      onOpen: () => this.#handleOpen(link),
      onEnd: (end) => this.#handleEnd(link, end),
    });
    this.#attempts.add(link);
    this.#cancelRetry();
    this.#cancelRetry = clock.at(clock.now() + HANGS_AFTER_MS * (1 + random() / 2), () => {
      this.#failures++;
      this.#connect();
    });
  }

  /** Only the first link to open is used; none of the others has said hello. */
  #handleOpen(link: Link): void {
    if (!this.#attempts.delete(link)) return;
    this.#cancelRetry();
    this.#abandonAttempts();
    this.#link = link;
    this.#ports.onOpen(link);
  }

  #handleEnd(link: Link, end: LinkEnd): void {
    const isAttempt = this.#attempts.delete(link);
    if (!isAttempt && this.#link !== link) return;
    if (end.kind === 'refused') {
      this.#noteLost();
      return this.#handleRefused(end);
    }
    // Another attempt is under way; this one is only worth a line.
    if (this.#attempts.size > 0) return this.#logLoss(end, 'another try is on its way');
    this.#noteLost(end.why.code === 'silent' ? link.provenAt : undefined);
    this.#drop(end.why);
    const { clock, random } = this.#ports;
    const wait = backoff(this.#failures, random(), end.why.code);
    this.#logLoss(end, `trying again in ${wait} ms`);
    this.#become(this.#reconnecting(clock.now() + wait, end.why));
    this.#failures++;
    this.#cancelRetry = clock.at(clock.now() + wait, () => this.#connect());
  }

  #handleRefused({ code, message }: Extract<LinkEnd, { kind: 'refused' }>): void {
    const { clock, random, log } = this.#ports;
    this.#drop({ code: 'renewed' });
    log.warn(`relay: refused (${code}): ${message}`);
    const since = this.#awayAt;
    if (code === REPLACED) return this.#become({ state: 'refused', since, code, message });
    const retryAt = clock.now() + refusedBackoff(this.#refusals, random());
    this.#refusals++;
    this.#become({ state: 'refused', since, retryAt, code, message });
    this.#cancelRetry = clock.at(retryAt, () => this.#connect());
  }

  #logLoss({ why, said }: Extract<LinkEnd, { kind: 'lost' }>, next: string): void {
    const what = [why.code, why.about, said].filter((part) => part !== undefined).join(', ');
    this.#ports.log.warn(`relay: lost (${what}), ${next}`);
  }

  /** Keeps the reason of the last loss, and a refusal until there is another answer. */
  #showAttempt(): void {
    const state = this.#state;
    const now = this.#ports.clock.now();
    switch (state.state) {
      case 'unconfigured':
        this.#awayAt = now;
        return this.#become({ state: 'connecting', since: now });
      case 'connecting':
      case 'refused':
        return undefined;
      case 'connected':
      case 'offline':
        return this.#become(this.#reconnecting(now, { code: 'renewed' }));
      case 'reconnecting':
        return this.#become(this.#reconnecting(now, state.why));
      default:
        return assertNever(state, 'connection');
    }
  }

  #reconnecting(retryAt: number, why: Loss): Connection {
    const [attempt, lostAt] = [this.#failures, this.#awayAt];
    return { state: 'reconnecting', retryAt, attempt, lostAt, why };
  }

  /** @param at when it was lost, if that is noticed only now */
  #noteLost(at = this.#ports.clock.now()): void {
    if (!this.isConnected) return;
    this.#awayAt = at;
    this.#lostAt ??= at;
  }

  #drop(why: Loss): void {
    const link = this.#link;
    this.#link = undefined;
    this.#cancelRetry();
    this.#abandonAttempts();
    link?.lose(why);
    this.#ports.onDrop();
  }

  #abandonAttempts(): void {
    const attempts = [...this.#attempts];
    this.#attempts.clear();
    for (const other of attempts) other.lose({ code: 'renewed' });
  }

  #become(state: Connection): void {
    this.#state = state;
    this.#ports.onChange(state);
  }
}
