import type { Clock } from '../../shared/lib/clock.ts';
import type { Timing } from '../config.ts';
import type { WebhookFaults, WebhookLabel } from '../faults.ts';
import { send } from '../http/client.ts';
import { Emitter } from '../lib/emitter.ts';

/** One webhook and its delivery. Times are Unix ms. */
export interface DeliveryRecord {
  id: number;
  accountId: string;
  label: WebhookLabel;
  callId: string | null;
  /** As sent, so exactly what was signed. */
  body: string;
  createdAt: number;
  attempts: { at: number; status: number | null; error: string | null }[];
  state: 'waiting' | 'delivered' | 'given-up' | 'dropped' | 'no-url';
}

/** A webhook ready to send: its bytes and headers, made by the provider. */
export interface OutgoingWebhook {
  accountId: string;
  url: string | undefined;
  label: WebhookLabel;
  callId: string | undefined;
  body: string;
  headers: Record<string, string>;
}

const BEGINNINGS: readonly WebhookLabel[] = ['connect', 'announced'];

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * Delivers webhooks: in order within a call, retried with growing pauses until a 2xx answer, with
 * the configured faults.
 */
export class WebhookSender {
  readonly events = new Emitter<DeliveryRecord>();
  readonly #records: DeliveryRecord[] = [];
  readonly #lanes = new Map<string, Promise<unknown>>();
  /** Webhooks held back until their call's `terminate` is delivered. */
  readonly #held = new Map<string, (() => Promise<void>)[]>();
  readonly #stop = new AbortController();
  readonly #timing: Timing;
  readonly #clock: Clock;

  constructor(timing: Timing, clock: Clock) {
    this.#timing = timing;
    this.#clock = clock;
  }

  all(): readonly DeliveryRecord[] {
    return this.#records;
  }

  /** Queues a webhook; resolves when it is delivered, dropped or given up. */
  async post(webhook: OutgoingWebhook, faults: WebhookFaults): Promise<void> {
    const record: DeliveryRecord = {
      id: this.#records.length + 1,
      accountId: webhook.accountId,
      label: webhook.label,
      callId: webhook.callId ?? null,
      body: webhook.body,
      createdAt: this.#clock.now(),
      attempts: [],
      state: 'waiting',
    };
    this.#records.push(record);
    if (faults.drop.includes(webhook.label)) return this.#finish(record, 'dropped');
    if (webhook.url === undefined) return this.#finish(record, 'no-url');
    const { url } = webhook;
    const lane = webhook.callId ?? `account ${webhook.accountId}`;
    const deliver = () => this.#deliver(record, url, webhook.headers, faults);

    if (faults.terminateFirst && BEGINNINGS.includes(webhook.label)) {
      this.#held.set(lane, [...(this.#held.get(lane) ?? []), deliver]);
      return;
    }
    await this.#enqueue(lane, deliver);
    if (webhook.label !== 'terminate') return;
    const late = this.#held.get(lane) ?? [];
    this.#held.delete(lane);
    for (const one of late) await this.#enqueue(lane, one);
  }

  close(): void {
    this.#stop.abort();
    this.#held.clear();
    this.events.clear();
  }

  #enqueue(lane: string, task: () => Promise<void>): Promise<void> {
    const done = (this.#lanes.get(lane) ?? Promise.resolve()).then(task);
    this.#lanes.set(lane, done);
    return done;
  }

  async #deliver(
    record: DeliveryRecord,
    url: string,
    headers: Record<string, string>,
    faults: WebhookFaults,
  ): Promise<void> {
    await this.#pause(faults.delayMs);
    let pauseMs = this.#timing.webhookRetryMs;
    while (!this.#stop.signal.aborted) {
      if (await this.#attempt(record, url, headers)) {
        for (let copy = 0; copy < faults.copies; copy++) await this.#attempt(record, url, headers);
        return this.#finish(record, 'delivered');
      }
      if (record.attempts.length >= this.#timing.webhookAttempts) break;
      await this.#pause(pauseMs);
      pauseMs *= 2;
    }
    this.#finish(record, 'given-up');
  }

  async #attempt(
    record: DeliveryRecord,
    url: string,
    headers: Record<string, string>,
  ): Promise<boolean> {
    const attempt: DeliveryRecord['attempts'][number] = {
      at: this.#clock.now(),
      status: null,
      error: null,
    };
    record.attempts.push(attempt);
    try {
      const answer = await send({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.from(record.body),
        timeoutMs: this.#timing.webhookTimeoutMs,
        signal: this.#stop.signal,
      });
      attempt.status = answer.status;
    } catch (error) {
      attempt.error = error instanceof Error ? error.message : String(error);
    }
    return attempt.status !== null && isSuccess(attempt.status);
  }

  #finish(record: DeliveryRecord, state: DeliveryRecord['state']): void {
    record.state = state;
    this.events.emit(record);
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        this.#stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#clock.at(this.#clock.now() + ms, done);
      this.#stop.signal.addEventListener('abort', done);
    });
  }
}
