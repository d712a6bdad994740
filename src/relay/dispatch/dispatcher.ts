import type { Clock } from '../../shared/lib/clock.ts';
import type { WebhookEndpoint } from '../config/webhooks.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Dispatch, NewDispatch } from '../store/dispatch-store.ts';
import type { Store } from '../store/store.ts';
import { dispatchesOf } from './events.ts';
import type { Answered, post } from './post.ts';
import { askedPause, nextAttempt } from './retries.ts';
import { signedHeaders } from './signature.ts';

/** Entries of the log read at once. */
const PAGE = 200;
/** Requests to one endpoint at the same time. */
const TOGETHER = 8;
/** How often it looks for what another process has changed, and for its turn, in ms. */
const LOOK_MS = 5_000;

export interface DispatcherPorts {
  endpoints: readonly WebhookEndpoint[];
  store: Store;
  /** Whether this node is the one that sends, of those that serve the store. */
  isOurTurn: () => boolean;
  clock: Clock;
  log: Log;
  post: typeof post;
  random: () => number;
}

/**
 * Tells other systems about calls, at least once and each call's events in order: first the log's
 * entries become stored dispatches, then each is sent until it is taken. What is stored survives a
 * crash; what was on its way is sent again.
 */
export class Dispatcher {
  readonly #ports: DispatcherPorts;
  /** Calls with a request on its way, by endpoint and call. */
  readonly #sending = new Map<string, Promise<void>>();
  /** How far the log is read for each endpoint; stored only when there is something to tell. */
  readonly #readTo = new Map<string, number>();
  #running: Promise<void> | undefined;
  #isAsked = false;
  #isClosed = false;
  #pausedUntil = 0;
  #cancel: () => void = () => undefined;

  constructor(ports: DispatcherPorts) {
    this.#ports = ports;
  }

  /** Looks at once: at the start, after new entries, and when something was sent. */
  wake(): void {
    this.#isAsked = true;
    if (this.#running || this.#isClosed || this.#ports.endpoints.length === 0) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      // Asked again after the last look, before this.
      if (this.#isAsked) this.wake();
    });
  }

  /** Resolves when nothing is on its way any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#running;
    await Promise.all(this.#sending.values());
  }

  async #run(): Promise<void> {
    const { clock, log, isOurTurn } = this.#ports;
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false;
      let next = clock.now() + LOOK_MS;
      if (isOurTurn() && clock.now() >= this.#pausedUntil) {
        try {
          next = Math.min(next, await this.#look());
        } catch (error) {
          this.#pause(error, log);
        }
      }
      this.#cancel();
      if (!this.#isClosed) this.#cancel = clock.at(next, () => this.wake());
    }
  }

  /** The store takes nothing: what is open is sent again later. */
  #pause(error: unknown, log: Log): void {
    log.error('dispatch.store-failed', { why: reasonOf(error) });
    this.#pausedUntil = this.#ports.clock.now() + LOOK_MS;
  }

  /** @returns when to look again, Unix ms */
  async #look(): Promise<number> {
    const { endpoints, store } = this.#ports;
    const states = new Map((await store.dispatches.endpoints()).map((one) => [one.id, one]));
    let next = Infinity;
    for (const endpoint of endpoints) {
      const state = states.get(endpoint.id);
      if (!state) {
        // It begins with what comes from now on.
        const { head } = await store.extent();
        await store.dispatches.add(endpoint.id, head, [], endpoint.events);
        continue;
      }
      if (state.offSince !== undefined) continue;
      await this.#readLog(endpoint, state.cursor);
      next = Math.min(next, await this.#sendDue(endpoint));
    }
    return next;
  }

  /** Turns the log's entries into stored dispatches. */
  async #readLog(endpoint: WebhookEndpoint, from: number): Promise<void> {
    const { store, log } = this.#ports;
    const epoch = await store.epoch();
    const { prunedTo } = await store.extent();
    let cursor = Math.max(from, this.#readTo.get(endpoint.id) ?? 0);
    const hasGap = cursor < prunedTo;
    if (hasGap) log.error('dispatch.entries-gone', { endpoint: endpoint.id, from, prunedTo });
    cursor = Math.max(cursor, prunedTo);
    for (;;) {
      const entries = await store.entriesAfter(cursor, PAGE);
      const added: NewDispatch[] = [];
      const toldOf = async (call: string) => [
        ...(await store.dispatches.ofCall(endpoint.id, call)),
        ...added.filter((one) => one.call === call),
      ];
      for (const entry of entries) {
        cursor = entry.cursor;
        if (entry.accountId === undefined || !endpoint.numbers.includes(entry.accountId)) continue;
        const { workspace } = endpoint;
        added.push(...(await dispatchesOf(entry, { workspace, epoch, toldOf })));
      }
      if (added.length > 0 || entries.length === PAGE || hasGap) {
        await store.dispatches.add(endpoint.id, cursor, added, endpoint.events);
      }
      this.#readTo.set(endpoint.id, cursor);
      if (entries.length < PAGE) return;
    }
  }

  /** Sends the first open dispatch of each call, if it is due. @returns when the next one is */
  async #sendDue(endpoint: WebhookEndpoint): Promise<number> {
    const { store, clock } = this.#ports;
    const now = clock.now();
    let next = Infinity;
    // As many may be on their way already.
    for (const dispatch of await store.dispatches.next(endpoint.id, 2 * TOGETHER)) {
      const key = `${endpoint.id}\n${dispatch.call}`;
      if (this.#sending.has(key)) continue;
      if (dispatch.due > now) next = Math.min(next, dispatch.due);
      else if (this.#sendingTo(endpoint) < TOGETHER) {
        const sent = this.#send(endpoint, dispatch).finally(() => {
          this.#sending.delete(key);
          this.wake();
        });
        this.#sending.set(key, sent);
      }
    }
    return next;
  }

  #sendingTo({ id }: WebhookEndpoint): number {
    return [...this.#sending.keys()].filter((key) => key.startsWith(`${id}\n`)).length;
  }

  async #send(endpoint: WebhookEndpoint, dispatch: Dispatch): Promise<void> {
    const { clock, log } = this.#ports;
    const headers = signedHeaders(dispatch, endpoint.secret, clock.now());
    const answered = await this.#ports.post(endpoint, headers, dispatch.body);
    try {
      await this.#note(endpoint, dispatch, answered);
    } catch (error) {
      this.#pause(error, log);
    }
  }

  async #note(endpoint: WebhookEndpoint, dispatch: Dispatch, answered: Answered): Promise<void> {
    const { store, clock, log, random } = this.#ports;
    const { id, type, at, attempts } = dispatch;
    const now = clock.now();
    const answer = answered.kind === 'answer' ? `HTTP ${answered.status}` : answered.why;
    const fields = { endpoint: endpoint.id, id, type, attempt: attempts + 1, answer };
    const tried = (state: Dispatch['state'], due?: number) =>
      store.dispatches.tried(endpoint.id, id, { state, at: now, due, answer });
    const status = answered.kind === 'answer' ? answered.status : 0;
    if (status >= 200 && status < 300) {
      await tried('delivered');
      log.info('dispatch.delivered', fields);
      return;
    }
    if (status === 410) {
      await tried('open', now);
      await store.dispatches.setOff(endpoint.id, now);
      log.error('dispatch.endpoint-off', fields);
      return;
    }
    const asked = answered.kind === 'answer' ? askedPause(answered.retryAfter, now) : undefined;
    const due = nextAttempt({ at, attempts: attempts + 1, now, askedMs: asked, random: random() });
    await tried(due === undefined ? 'failed' : 'open', due);
    if (due === undefined) log.error('dispatch.given-up', fields);
    else log.warn('dispatch.failed', fields);
  }
}
