import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../percentiles.ts';
import { BenchConsole } from './console.ts';
import { MeasuredServer, type ServerOptions } from './server.ts';
import type { Kind } from './wire.ts';
import { Webhooks } from './webhooks.ts';

/** Consoles that connect at the same time; more than the system's queue would be refused. */
const CONNECTING = 250;
/** Webhooks in flight at the same time while consoles listen; and where there are as many as can be. */
const CONCURRENCY = 8;
const MANY = 64;
/** No frame for this long means that all have arrived, in ms. */
const QUIET_MS = 500;

export interface Row {
  consoles: number;
  kind: Kind;
  /** From the first connection to the last frame caused by joining. */
  joinMs: number;
  joinBytes: number;
  /** CPU time of the server, and of this process, which is the load: it must not be what limits the server. */
  joinCpuMs: number;
  joinLoadCpuMs: number;
  /** Memory that the server holds for an idle console, on the heap and in buffers, garbage collected. */
  kbPerConsole: number;
  deliveriesPerSecond: number;
  /** From the webhook's first byte to the console, in ms. */
  p50: number;
  p99: number;
  /** The server's CPU time; receiving, storing and acknowledgements included. */
  cpuUsPerDelivery: number;
  loadCpuUsPerDelivery: number;
}

export interface Storm {
  consoles: number;
  /** Webhooks for each console that arrived while nobody was connected or everybody came back. */
  gap: number;
  /** From the cut until every console has exactly its gap. */
  caughtUpMs: number;
  lost: number;
  doubled: number;
  disordered: number;
  cpuMs: number;
  loadCpuMs: number;
}

export interface Ingest {
  webhooks: number;
  concurrency: number;
  committedPerSecond: number;
  p50: number;
  p99: number;
  cpuUsPerWebhook: number;
  loadCpuUsPerWebhook: number;
}

/** What something took: time, CPU time of the server, and of the load. */
interface Cost {
  ms: number;
  cpuMs: number;
  loadCpuMs: number;
}

/** One kind of server with this many consoles. */
export class Bench {
  readonly #server: MeasuredServer;
  readonly #kind: Kind;
  readonly #webhooks: Webhooks;
  readonly #workspaces: number;
  readonly #consoles: readonly BenchConsole[];
  readonly #latencies: number[] = [];
  #lastFrameAt = 0;
  #told = 0;
  #onTold: () => void = () => undefined;

  private constructor(server: MeasuredServer, { kind, consoles, workspaces }: ServerOptions) {
    this.#kind = kind;
    this.#server = server;
    this.#workspaces = workspaces;
    this.#webhooks = new Webhooks(kind, server.url, { of: workspaces });
    this.#consoles = Array.from(
      { length: consoles },
      (_, index) =>
        new BenchConsole({
          kind,
          url: server.url,
          workspace: index % this.#workspaces,
          token: server.tokens[index],
          onWebhook: (number) => this.#note(number),
          onFrame: () => {
            this.#lastFrameAt = performance.now();
          },
        }),
    );
  }

  static async start(options: ServerOptions): Promise<Bench> {
    return new Bench(await MeasuredServer.start(options), options);
  }

  /** All consoles join, then each receives `webhooks`. */
  async row(webhooks: number): Promise<Row> {
    const consoles = this.#consoles.length;
    // Costs of the first console and the first webhook are no console's own.
    await this.#webhooks.post(CONCURRENCY * this.#workspaces, CONCURRENCY);
    const empty = await this.#server.usage({ settled: true });
    const startedAt = performance.now();
    const join = await this.#cost(async () => {
      await this.#joinAll();
      await this.#quiet();
    });
    const joinMs = this.#lastFrameAt - startedAt;
    const idle = await this.#server.usage({ settled: true });
    const joinBytes = this.#consoles.reduce((sum, { bytes }) => sum + bytes, 0);
    const deliveries = consoles * webhooks;
    const tell = await this.#tell(webhooks);
    const { p50Ms, p99Ms } = percentiles(this.#latencies);
    return {
      consoles,
      kind: this.#kind,
      joinMs,
      joinBytes,
      joinCpuMs: join.cpuMs,
      joinLoadCpuMs: join.loadCpuMs,
      kbPerConsole: (idle.heldBytes - empty.heldBytes) / consoles / 1024,
      deliveriesPerSecond: (deliveries * 1000) / tell.ms,
      p50: p50Ms,
      p99: p99Ms,
      cpuUsPerDelivery: (tell.cpuMs * 1000) / deliveries,
      loadCpuUsPerDelivery: (tell.loadCpuMs * 1000) / deliveries,
    };
  }

  /** Cuts all consoles at once. They come back at once, while `gap` webhooks come in. */
  async storm(gap: number): Promise<Storm> {
    const first = this.#webhooks.postedAt.length;
    const all = this.#toldTimes(this.#consoles.length * gap);
    const posts = gap * this.#workspaces;
    const { ms, cpuMs, loadCpuMs } = await this.#cost(async () => {
      for (const console of this.#consoles) console.cut();
      await Promise.all([this.#webhooks.post(posts, MANY), this.#joinAll()]);
      await all;
    });
    // A repetition would arrive late.
    await this.#quiet();
    const numbers = Array.from({ length: posts }, (_, index) => first + index);
    const times = this.#consoles.flatMap(({ told }, index) =>
      numbers
        .filter((number) => this.#webhooks.workspaceOf(number) === index % this.#workspaces)
        .map((number) => told[number] ?? 0),
    );
    return {
      consoles: this.#consoles.length,
      gap,
      caughtUpMs: ms,
      lost: times.filter((count) => count === 0).length,
      doubled: times.filter((count) => count > 1).length,
      disordered: this.#consoles.filter(({ disordered }) => disordered).length,
      cpuMs,
      loadCpuMs,
    };
  }

  /** Webhooks without any console. */
  async ingest(webhooks: number): Promise<Ingest> {
    // A relay that has just started is slower.
    await this.#webhooks.post(MANY * 32, MANY);
    let tookMs: readonly number[] = [];
    const cost = await this.#cost(async () => {
      tookMs = await this.#webhooks.post(webhooks, MANY);
    });
    const { p50Ms, p99Ms } = percentiles(tookMs);
    return {
      webhooks,
      concurrency: MANY,
      committedPerSecond: (webhooks * 1000) / cost.ms,
      p50: p50Ms,
      p99: p99Ms,
      cpuUsPerWebhook: (cost.cpuMs * 1000) / webhooks,
      loadCpuUsPerWebhook: (cost.loadCpuMs * 1000) / webhooks,
    };
  }

  async end(): Promise<void> {
    for (const console of this.#consoles) console.cut();
    await this.#server.end();
  }

  async #tell(webhooks: number): Promise<Cost> {
    this.#latencies.length = 0;
    const all = this.#toldTimes(this.#consoles.length * webhooks);
    return this.#cost(async () => {
      await this.#webhooks.post(webhooks * this.#workspaces, CONCURRENCY);
      await all;
    });
  }

  async #cost(task: () => Promise<void>): Promise<Cost> {
    const before = await this.#server.usage({ settled: false });
    const loadBefore = process.cpuUsage();
    const startedAt = performance.now();
    await task();
    const ms = performance.now() - startedAt;
    const load = process.cpuUsage(loadBefore);
    const after = await this.#server.usage({ settled: false });
    return {
      ms,
      cpuMs: (after.cpuUs - before.cpuUs) / 1000,
      loadCpuMs: (load.user + load.system) / 1000,
    };
  }

  async #joinAll(): Promise<void> {
    const waiting = this.#consoles.values();
    const connect = async () => {
      for (const console of waiting) {
        // A server that is too busy to welcome a console refuses it; the console retries.
        while (
          !(await console.join().then(
            () => true,
            () => false,
          ))
        );
      }
    };
    await Promise.all(Array.from({ length: CONNECTING }, connect));
  }

  #note(number: number): void {
    this.#latencies.push(performance.now() - (this.#webhooks.postedAt[number] ?? 0));
    this.#told++;
    this.#onTold();
  }

  /** Resolves when that many webhooks have arrived from now on. */
  #toldTimes(count: number): Promise<void> {
    const enough = this.#told + count;
    return new Promise((resolve) => {
      this.#onTold = () => {
        if (this.#told >= enough) resolve();
      };
    });
  }

  async #quiet(): Promise<void> {
    this.#lastFrameAt = performance.now();
    while (performance.now() - this.#lastFrameAt < QUIET_MS) await pause(QUIET_MS / 10);
  }
}
