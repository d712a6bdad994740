import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RelayedCallState } from '../store/relayed-call-record.ts';
import type { AddedEntry, LastWebhooks } from '../store/store.ts';
import type { Log } from '../log.ts';
import type { MediaHost } from '../media-process/host.ts';

/** Read when the metrics are requested. */
export interface MetricSources {
  /** Connected consoles, each with the last entry it has acknowledged. */
  connections: () => readonly { acked: number; unreachable?: RingerProblem | undefined }[];
  head: () => Promise<number>;
  relayedCalls: () => readonly { state: RelayedCallState }[];
  media: Pick<MediaHost, 'processes'> | undefined;
  durable: () => boolean;
}

/** Offers whose ring is still awaited; older ones never rang. */
const MOST_AWAITED = 1_000;

/** Log events about something refused from outside. */
const REJECTIONS = new Set([
  'admin.refused',
  'agent.bad-frame',
  'agent.too-large',
  'agent.too-many',
  'agent.too-new',
  'agent.too-old',
  'agent.unauthorized',
  'http.unknown-address',
  'http.unproven-cut',
  'stream.unauthorized',
  'webhook.handshake-refused',
  'webhook.malformed',
  'webhook.refused',
  'webhook.too-large',
  'webhook.too-old',
  'webhook.unknown-account',
]);

/**
 * The relay's metrics for Prometheus. They count log events, including lines that the log drops
 * because there are too many.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #lines = this.#counter('log_lines_total', 'Lines of the log.', ['level', 'event']);
  readonly #rejected = this.#counter('rejected_total', 'What was refused from outside.', [
    'reason',
  ]);
  readonly #storeErrors = this.#counter('store_errors_total', 'Failures of the store.', ['event']);
  readonly #requests = this.#counter(
    'requests_total',
    'Claims and other requests of consoles about calls.',
    ['request', 'outcome'],
  );
  readonly #webhooks = this.#counter('webhooks_total', 'Webhooks that were stored.', ['account']);
  readonly #lag = this.#histogram(
    'event_lag_seconds',
    'From an event at the provider until its commit here.',
    [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 600],
  );
  readonly #ring = this.#histogram(
    'ring_to_console_seconds',
    'From the commit of an offer until consoles were sent the ring.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  );
  readonly #clock: Pick<Clock, 'now'>;
  readonly #startedAt: number;
  readonly #lastWebhooks = new Map<string, number>();
  /** When offers came, by cursor, in ms of the monotonic clock. */
  readonly #awaited = new Map<number, number>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#startedAt = clock.now();
    const age = new Gauge({
      name: 'ringdesk_last_webhook_age_seconds',
      help: 'Since the last webhook.',
      labelNames: ['account'],
      registers: [this.#registry],
      collect: () => {
        for (const [account, at] of this.#lastWebhooks) {
          age.set({ account }, (this.#clock.now() - at) / 1000);
        }
      },
    });
  }

  /** @param lastWebhooks of the time before */
  noteLastWebhooks(lastWebhooks: ReadonlyMap<string, LastWebhooks>): void {
    for (const [account, { takenAt }] of lastWebhooks) {
      if (takenAt !== undefined) this.#lastWebhooks.set(account, takenAt);
    }
  }

  /** A log whose every line is counted. */
  counted(log: Log): Log {
    const counting =
      (level: 'info' | 'warn' | 'error'): Log['info'] =>
      (event, fields = {}) => {
        this.#count(level, event, fields);
        log[level](event, fields);
      };
    return { info: counting('info'), warn: counting('warn'), error: counting('error') };
  }

  #count(level: string, event: string, fields: NonNullable<Parameters<Log['info']>[1]>): void {
    this.#lines.inc({ level, event });
    const { code, account, sockets } = fields;
    if (REJECTIONS.has(event)) {
      const reason = code === undefined ? event : `${event}:${String(code)}`;
      this.#rejected.inc({ reason }, typeof sockets === 'number' ? sockets : 1);
    }
    if (level === 'error' && event.startsWith('store.')) this.#storeErrors.inc({ event });
    if (event === 'webhook.stored') {
      this.#webhooks.inc({ account: String(account) });
      if (fields['unused'] === undefined) {
        this.#lastWebhooks.set(String(account), this.#clock.now());
      }
    }
    const [, request, outcome] =
      /^call\.([a-z-]+)\.(granted|refused|declined|leg|failed)$/.exec(event) ?? [];
    if (request !== undefined && outcome !== undefined) this.#requests.inc({ request, outcome });
  }

  /** A provider's reports are in the log. */
  handleProviderEvents(entries: readonly AddedEntry[]): void {
    for (const { at, cursor, body } of entries) {
      if (body.type !== 'provider') continue;
      this.#lag.observe(Math.max(0, at - body.event.at) / 1000);
      if (body.event.kind !== 'offer' && body.event.kind !== 'announced') continue;
      this.#awaited.set(cursor, performance.now());
      const [oldest] = this.#awaited.keys();
      if (this.#awaited.size > MOST_AWAITED && oldest !== undefined) this.#awaited.delete(oldest);
    }
  }

  /** Ringing calls were sent to consoles. */
  handleRinging(rings: readonly { cursor: number; agents: readonly unknown[] }[]): void {
    for (const { cursor, agents } of rings) {
      const since = this.#awaited.get(cursor);
      if (since === undefined || agents.length === 0) continue;
      this.#awaited.delete(cursor);
      this.#ring.observe((performance.now() - since) / 1000);
    }
  }

  /** Adds values that are read on request. */
  watch(sources: MetricSources): void {
    const { connections, relayedCalls, media, durable } = sources;
    this.#gauge('consoles', 'Consoles that are connected.', () => connections().length);
    this.#gauge(
      'consoles_unreachable',
      'Consoles that are connected and cannot ring.',
      () => connections().filter(({ unreachable }) => unreachable !== undefined).length,
    );
    this.#gauge('console_lag_entries', 'Entries that the slowest console lacks.', async () => {
      const head = await sources.head();
      return Math.max(0, ...connections().map(({ acked }) => head - acked));
    });
    const calls = new Gauge({
      name: 'ringdesk_relayed_calls',
      help: 'Relayed calls that are not over, by state.',
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        calls.reset();
        for (const { state } of relayedCalls()) {
          if (state.kind !== 'ended') calls.inc({ state: state.kind });
        }
      },
    });
    const processes = () => media?.processes() ?? [];
    const alive = () => processes().filter(({ isAlive }) => isAlive);
    this.#gauge('media_processes', 'Media processes there should be.', () => processes().length);
    this.#gauge('media_processes_alive', 'Media processes that run.', () => alive().length);
    this.#gauge('media_calls', 'Calls whose media is here.', () =>
      alive().reduce((sum, { calls }) => sum + calls, 0),
    );
    this.#gauge('store_durable', '1 if the store takes writes, 0 if it is in memory only.', () =>
      durable() ? 1 : 0,
    );
    this.#gauge(
      'uptime_seconds',
      'Since the start.',
      () => (this.#clock.now() - this.#startedAt) / 1000,
    );
    this.#gauge('resident_bytes', 'Memory of this process.', () => process.memoryUsage().rss);
    this.#gauge('cpu_seconds', 'CPU time of this process.', () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
  }

  /** All metrics in Prometheus's text format. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `ringdesk_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name: `ringdesk_${name}`, help, buckets, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => number | Promise<number>): void {
    const gauge = new Gauge({
      name: `ringdesk_${name}`,
      help,
      registers: [this.#registry],
      async collect() {
        gauge.set(await value());
      },
    });
  }
}
