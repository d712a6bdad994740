import { setImmediate } from 'node:timers/promises';
import type { Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { routingOf, traitsOf } from '../../../shared/providers/media-path.ts';
import type { ProviderReport } from '../../../shared/providers/events.ts';
import type { Log } from '../../log.ts';
import type { Provider, ReadMarks } from '../ports.ts';

/** Calls that began before are not read any more. */
const FURTHEST_BACK_MS = 7 * 24 * 3_600_000;
/** Calls may have begun before the mark and ended after it; what comes twice changes nothing. */
const OVERLAP_MS = 2 * 3_600_000;
const MOST_CALLS = 10_000;
/** How often the time of the last good connection is noted. */
const BEAT_MS = 30_000;
/** Webhooks may fail while the relay is fine; without a relay there are none at all. */
const ROUTINE_MS = 3_600_000;
const ROUTINE_ALONE_MS = 5 * 60_000;
/** A shorter gap loses nothing: the relay keeps its log, and providers repeat what it missed. */
const GAP_MS = 60_000;
/** How long the webhook of a new call may take. */
const WEBHOOK_FIRST_MS = 5_000;
/** How long the relay's replay may take before the providers are read. */
const RELAY_FIRST_MS = 10_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 15 * 60_000;

export interface CallBackfillPorts {
  accounts: readonly string[];
  provider: (accountId: string) => Provider | undefined;
  marks: ReadMarks;
  known: (accountId: string, providerCallId: string) => Call | undefined;
  /** @returns the calls that the reports changed */
  handleReports: (accountId: string, events: readonly ProviderReport[]) => readonly Call[];
  /** Calls from before this console was set up need no call back. */
  markSeen: (callId: string) => void;
  /** Ended calls that were never reported, oldest first. */
  found: (calls: readonly Call[]) => void;
  clock: Clock;
  log: Log;
}

/**
 * Backfills calls that no webhook reported: after the start, after a time offline, and at intervals, reads
 * the calls since the last mark at every provider that lists them, and handles them like webhooks.
 */
export class CallBackfill {
  readonly #ports: CallBackfillPorts;
  readonly #retries = new Map<string, () => void>();
  readonly #running = new Map<string, Promise<void>>();
  #connected = false;
  /** When the connection was last good; undefined before the first read. */
  #wellAt: number | undefined;
  #readAt = 0;
  #routineMs = ROUTINE_MS;
  #cancelTimer: () => void = () => undefined;
  #closed = false;

  constructor(ports: CallBackfillPorts) {
    this.#ports = ports;
  }

  /** @param relay whether one is set up; its replay brings most of it */
  start(relay: boolean): void {
    const { clock } = this.#ports;
    if (relay) {
      this.#cancelTimer = clock.at(clock.now() + RELAY_FIRST_MS, () => this.#handleGap('start'));
      return;
    }
    this.#connected = true;
    this.#routineMs = ROUTINE_ALONE_MS;
    this.#handleGap('start');
  }

  /** The relay's replay is over. */
  handleReplayComplete(): void {
    this.#connected = true;
    if (this.#gap() > GAP_MS) this.#handleGap(this.#wellAt === undefined ? 'start' : 'offline');
    this.#tick();
  }

  /** The relay's log lacks something that a provider may know. */
  handleIncomplete(): void {
    this.#handleGap('incomplete');
  }

  handleLost(): void {
    // After sleep the loss is noticed long after it happened.
    if (this.#connected && this.#gap() <= BEAT_MS + GAP_MS) this.#wellAt = this.#ports.clock.now();
    this.#connected = false;
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    for (const cancel of this.#retries.values()) cancel();
  }

  #gap(): number {
    return this.#wellAt === undefined ? Infinity : this.#ports.clock.now() - this.#wellAt;
  }

  #handleGap(why: string): void {
    this.#wellAt = this.#ports.clock.now();
    this.#readAt = this.#wellAt;
    for (const accountId of this.#ports.accounts) this.#begin(accountId, why, RETRY_MS);
    this.#tick();
  }

  /** Notes that the connection is good. After sleep, this is where the gap shows. */
  #tick(): void {
    const { clock } = this.#ports;
    this.#cancelTimer();
    if (this.#closed) return;
    const now = clock.now();
    if (this.#connected) {
      if (this.#gap() > BEAT_MS + GAP_MS) return this.#handleGap('woken');
      if (now - this.#readAt >= this.#routineMs) return this.#handleGap('routine');
      this.#wellAt = now;
    }
    this.#cancelTimer = clock.at(now + BEAT_MS, () => this.#tick());
  }

  #begin(accountId: string, why: string, retryMs: number): void {
    this.#retries.get(accountId)?.();
    this.#retries.delete(accountId);
    if (this.#closed || this.#running.has(accountId)) return;
    const run = this.#read(accountId, why, retryMs);
    this.#running.set(accountId, run);
    void this.#forget(accountId, run);
  }

  async #forget(accountId: string, run: Promise<void>): Promise<void> {
    await run;
    this.#running.delete(accountId);
  }

  /** Never rejects: one number's failure must not stop another's read. */
  async #read(accountId: string, why: string, retryMs: number): Promise<void> {
    const { clock, log, marks } = this.#ports;
    const provider = this.#ports.provider(accountId);
    if (!provider?.reads) return;
    const now = clock.now();
    try {
      const mark = marks.get(accountId);
      const since = Math.max(Math.min(mark ?? 0, now) - OVERLAP_MS, now - FURTHEST_BACK_MS);
      log.info(`backfill: ${accountId} after ${why}, calls since ${new Date(since).toISOString()}`);
      const reader = new Reader(this.#ports, accountId, provider, mark === undefined);
      const answer = await provider.reads.callsSince(since);
      if (!answer.ok) {
        const { code, message } = answer.error;
        return this.#retryLater(accountId, `${code}: ${message}`, retryMs);
      }
      for (const page of answer.value) {
        if (this.#closed) return;
        await reader.put(page);
        if (reader.read < MOST_CALLS) continue;
        log.warn(`backfill: ${accountId} has more calls than are read at once`);
        break;
      }
      await reader.end();
      marks.set(accountId, now);
      log.info(
        `backfill: ${accountId} had ${reader.read} calls, ${reader.found.length} of them new`,
      );
      if (reader.found.length > 0 && mark !== undefined) this.#ports.found(reader.found);
    } catch (error) {
      this.#retryLater(accountId, String(error), retryMs);
    }
  }

  #retryLater(accountId: string, why: string, retryMs: number): void {
    if (this.#closed) return;
    const { clock, log } = this.#ports;
    log.warn(`backfill: ${accountId} could not be read: ${why}`);
    const later = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    const again = () => this.#begin(accountId, 'failure', later);
    this.#retries.set(accountId, clock.at(clock.now() + retryMs, again));
  }
}

/** Handles one number's calls, call by call. */
class Reader {
  readonly #ports: CallBackfillPorts;
  readonly #accountId: string;
  readonly #provider: Provider;
  readonly #isFirst: boolean;
  #group: ProviderReport[] = [];
  readonly found: Call[] = [];
  read = 0;

  constructor(ports: CallBackfillPorts, accountId: string, provider: Provider, isFirst: boolean) {
    this.#ports = ports;
    this.#accountId = accountId;
    this.#provider = provider;
    this.#isFirst = isFirst;
  }

  /** @param page the reports of one call are next to each other */
  async put(page: readonly ProviderReport[]): Promise<void> {
    for (const event of page) {
      if (event.providerCallId !== this.#group[0]?.providerCallId) await this.end();
      this.#group.push(event);
    }
  }

  async end(): Promise<void> {
    const group = this.#group;
    this.#group = [];
    if (group.length === 0) return;
    this.read++;
    this.#handle(group);
    // Every call is a write: let windows' requests in between.
    await setImmediate();
  }

  #handle(group: readonly ProviderReport[]): void {
    const [{ providerCallId = '', secondaryId } = {}] = group;
    const { known, handleReports, markSeen } = this.#ports;
    const before =
      known(this.#accountId, providerCallId) ??
      (secondaryId === undefined ? undefined : known(this.#accountId, secondaryId));
    const reports = before ? group : this.#ofUnknown(group);
    const [call] = handleReports(this.#accountId, reports).slice(-1);
    if (before || call?.phase.name !== 'ended') return;
    if (this.#isFirst) markSeen(call.id);
    this.found.push(call);
  }

  /** Ordered so that a call that is over, or that somebody is on, never rings. */
  #ofUnknown(group: readonly ProviderReport[]): readonly ProviderReport[] {
    const isEnd = ({ event }: ProviderReport) => event.kind === 'terminated';
    const ends = group.filter(isEnd);
    if (ends.length > 0) return [...ends, ...group.filter((one) => !isEnd(one))];
    if (this.#hasJustBegun(group)) return [];
    const taken = group.some(({ event }) => event.kind === 'status' && event.status === 'accepted');
    const hasStream = this.#provider.stream !== undefined;
    const { path, mediaServer } = routingOf({
      path: this.#provider.capabilities.path,
      hasStream,
      relayPath: undefined,
    });
    // An external call is shown wherever it is spoken, and one that the relay picked up still waits for an agent.
    return taken && traitsOf(path).isSpokenHere && mediaServer !== 'relay' ? [] : group;
  }

  /** The webhook knows more: it also says whether the relay carries the call. */
  #hasJustBegun(group: readonly ProviderReport[]): boolean {
    const began = Math.min(...group.map(({ event }) => event.at));
    return this.#ports.clock.now() - began < WEBHOOK_FIRST_MS;
  }
}
