import { setImmediate } from 'node:timers/promises';
import type { Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { isSpokenHere, routingOf } from '../../../shared/providers/media-path.ts';
import type { ProviderReport } from '../../../shared/providers/events.ts';
import type { Log } from '../../log.ts';
import type { Provider, ReadMarks } from '../ports.ts';

/** Calls that began before are not read any more. */
const FURTHEST_BACK_MS = 7 * 24 * 3_600_000;
/** Calls may have begun before the mark and ended after it; what comes twice changes nothing. */
const OVERLAP_MS = 2 * 3_600_000;
const MOST_CALLS = 10_000;
/** How often it is noted that all is well. */
const BEAT_MS = 30_000;
/** Webhooks may fail although the relay is well; and without a relay nothing is told at all. */
const ROUTINE_MS = 3_600_000;
const ROUTINE_ALONE_MS = 5 * 60_000;
/** A shorter gap loses nothing: the relay keeps what it is told, and providers repeat what it missed. */
const GAP_MS = 60_000;
/** How long the webhook of a new call may take. */
const WEBHOOK_FIRST_MS = 5_000;
/** How long the relay may take to tell what it has, before the providers are asked. */
const RELAY_FIRST_MS = 10_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 15 * 60_000;

export interface ReconcileDeps {
  accounts: readonly string[];
  provider: (accountId: string) => Provider | undefined;
  marks: ReadMarks;
  known: (accountId: string, providerCallId: string) => Call | undefined;
  /** @returns the calls that what was read has changed */
  told: (accountId: string, events: readonly ProviderReport[]) => readonly Call[];
  /** Calls from before this console was set up are nobody's to return. */
  markSeen: (callId: string) => void;
  /** Ended calls that were never told of, oldest first. */
  found: (calls: readonly Call[]) => void;
  clock: Clock;
  log: Log;
}

/**
 * Makes up for what was never told: after the start, after a time without connection, and now and then all the same, the
 * calls since the last mark are read at every provider that lists them, and fed in like its webhooks.
 */
export class Reconcile {
  private readonly deps: ReconcileDeps;
  private readonly retries = new Map<string, () => void>();
  private readonly running = new Map<string, Promise<void>>();
  private connected = false;
  /** When all was last well; undefined before the first reading. */
  private wellAt: number | undefined;
  private readAt = 0;
  private routineMs = ROUTINE_MS;
  private cancelTimer: () => void = () => undefined;
  private disposed = false;

  constructor(deps: ReconcileDeps) {
    this.deps = deps;
  }

  /** @param relay whether one is set up, which tells most of it by itself */
  start(relay: boolean): void {
    const { clock } = this.deps;
    if (relay) {
      this.cancelTimer = clock.at(clock.now() + RELAY_FIRST_MS, () => this.handleGap('start'));
      return;
    }
    this.connected = true;
    this.routineMs = ROUTINE_ALONE_MS;
    this.handleGap('start');
  }

  /** The relay has told everything it knows. */
  handleReplayComplete(): void {
    this.connected = true;
    if (this.gap() > GAP_MS) this.handleGap(this.wellAt === undefined ? 'start' : 'offline');
    this.tick();
  }

  /** The relay's log lacks something that a provider may know. */
  handleIncomplete(): void {
    this.handleGap('incomplete');
  }

  handleLost(): void {
    // After sleep this comes long after the connection was gone.
    if (this.connected && this.gap() <= BEAT_MS + GAP_MS) this.wellAt = this.deps.clock.now();
    this.connected = false;
  }

  dispose(): void {
    this.disposed = true;
    this.cancelTimer();
    for (const cancel of this.retries.values()) cancel();
  }

  private gap(): number {
    return this.wellAt === undefined ? Infinity : this.deps.clock.now() - this.wellAt;
  }

  private handleGap(why: string): void {
    this.wellAt = this.deps.clock.now();
    this.readAt = this.wellAt;
    for (const accountId of this.deps.accounts) this.begin(accountId, why, RETRY_MS);
    this.tick();
  }

  /** Notes that all is well. A machine that slept finds here that it did. */
  private tick(): void {
    const { clock } = this.deps;
    this.cancelTimer();
    if (this.disposed) return;
    const now = clock.now();
    if (this.connected) {
      if (this.gap() > BEAT_MS + GAP_MS) return this.handleGap('woken');
      if (now - this.readAt >= this.routineMs) return this.handleGap('routine');
      this.wellAt = now;
    }
    this.cancelTimer = clock.at(now + BEAT_MS, () => this.tick());
  }

  private begin(accountId: string, why: string, retryMs: number): void {
    this.retries.get(accountId)?.();
    this.retries.delete(accountId);
    if (this.disposed || this.running.has(accountId)) return;
    const run = this.read(accountId, why, retryMs);
    this.running.set(accountId, run);
    void this.forget(accountId, run);
  }

  private async forget(accountId: string, run: Promise<void>): Promise<void> {
    await run;
    this.running.delete(accountId);
  }

  /** Never rejects: one number's trouble is not another's. */
  private async read(accountId: string, why: string, retryMs: number): Promise<void> {
    const { clock, log, marks } = this.deps;
    const provider = this.deps.provider(accountId);
    if (!provider?.reads) return;
    const now = clock.now();
    try {
      const mark = marks.get(accountId);
      const since = Math.max(Math.min(mark ?? 0, now) - OVERLAP_MS, now - FURTHEST_BACK_MS);
      log.info(
        `reconcile: ${accountId} after ${why}, calls since ${new Date(since).toISOString()}`,
      );
      const reader = new Reader(this.deps, accountId, provider, mark === undefined);
      const answer = await provider.reads.callsSince(since);
      if (!answer.ok) {
        const { code, message } = answer.error;
        return this.retryLater(accountId, `${code}: ${message}`, retryMs);
      }
      for (const page of answer.value) {
        if (this.disposed) return;
        await reader.put(page);
        if (reader.read < MOST_CALLS) continue;
        log.warn(`reconcile: ${accountId} has more calls than are read at once`);
        break;
      }
      await reader.end();
      marks.set(accountId, now);
      log.info(
        `reconcile: ${accountId} told ${reader.read} calls, ${reader.found.length} unheard of`,
      );
      if (reader.found.length > 0 && mark !== undefined) this.deps.found(reader.found);
    } catch (error) {
      this.retryLater(accountId, String(error), retryMs);
    }
  }

  private retryLater(accountId: string, why: string, retryMs: number): void {
    if (this.disposed) return;
    const { clock, log } = this.deps;
    log.warn(`reconcile: ${accountId} could not be read: ${why}`);
    const later = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    const again = () => this.begin(accountId, 'failure', later);
    this.retries.set(accountId, clock.at(clock.now() + retryMs, again));
  }
}

/** Feeds one number's calls in, call by call. */
class Reader {
  private readonly deps: ReconcileDeps;
  private readonly accountId: string;
  private readonly provider: Provider;
  private readonly isFirst: boolean;
  private group: ProviderReport[] = [];
  readonly found: Call[] = [];
  read = 0;

  constructor(deps: ReconcileDeps, accountId: string, provider: Provider, isFirst: boolean) {
    this.deps = deps;
    this.accountId = accountId;
    this.provider = provider;
    this.isFirst = isFirst;
  }

  /** A page: the events of one call stand together. */
  async put(page: readonly ProviderReport[]): Promise<void> {
    for (const event of page) {
      if (event.providerCallId !== this.group[0]?.providerCallId) await this.end();
      this.group.push(event);
    }
  }

  async end(): Promise<void> {
    const { group } = this;
    this.group = [];
    if (group.length === 0) return;
    this.read++;
    this.feed(group);
    // Every call is a write; the windows are not to wait for all of them.
    await setImmediate();
  }

  private feed(group: readonly ProviderReport[]): void {
    const [{ providerCallId = '', secondaryId } = {}] = group;
    const { known, told, markSeen } = this.deps;
    const before =
      known(this.accountId, providerCallId) ??
      (secondaryId === undefined ? undefined : known(this.accountId, secondaryId));
    const [call] = told(this.accountId, before ? group : this.ofUnknown(group)).slice(-1);
    if (before || call?.phase.name !== 'ended') return;
    if (this.isFirst) markSeen(call.id);
    this.found.push(call);
  }

  /** In the order in which a call that is over never rings, and one that somebody is on neither. */
  private ofUnknown(group: readonly ProviderReport[]): readonly ProviderReport[] {
    const isEnd = ({ event }: ProviderReport) => event.kind === 'terminated';
    const ends = group.filter(isEnd);
    if (ends.length > 0) return [...ends, ...group.filter((told) => !isEnd(told))];
    if (this.hasJustBegun(group)) return [];
    const taken = group.some(({ event }) => event.kind === 'status' && event.status === 'accepted');
    const hasStream = this.provider.stream !== undefined;
    const { path, mediaServer } = routingOf({
      path: this.provider.capabilities.path,
      hasStream,
      relayPath: undefined,
    });
    // An external call is shown wherever it is spoken, and one that the relay picked up still waits for an agent.
    return taken && isSpokenHere(path) && mediaServer !== 'relay' ? [] : group;
  }

  /** The webhook is the better word: it also tells whether the relay carries the call. */
  private hasJustBegun(group: readonly ProviderReport[]): boolean {
    const began = Math.min(...group.map(({ event }) => event.at));
    return this.deps.clock.now() - began < WEBHOOK_FIRST_MS;
  }
}
