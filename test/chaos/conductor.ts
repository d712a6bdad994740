import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agents } from './fleet.ts';
import {
  HistoryWriter,
  readHistory,
  type ConductorEvent,
  type ConsoleEvent,
  type Exported,
  type History,
  type ProviderEvent,
} from './history.ts';
import { inject, type Scene } from './injector.ts';
import { monotonicMs, some } from './lib.ts';
import { NatsServers } from './nats-servers.ts';
import { Network, type Place } from './network.ts';
import { NATS_SERVERS, thingOf, type PlannedFault } from './faults.ts';
import type { Plan } from './plan.ts';
import { ActorProcess } from './processes.ts';
import { RelayProcess } from './relay-process.ts';

const API_PORT = 4100;
/** After the last repair nobody stands still for this long before everything is settled. */
const STUCK_MS = 90_000;
/** A busy machine settles late, but not later than this. */
const QUIET_WITHIN_MS = 600_000;
/** Without changes for this long, everything counts as settled. */
const QUIET_FOR_MS = 6_000;
const LOOK_MS = 250;

/** Sets up a run, carries out its plan, repairs all faults and collects the histories. */
export class Conductor {
  readonly #plan: Plan;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'ringdesk-chaos-'));
  readonly #network = new Network();
  readonly #history: HistoryWriter<ConductorEvent>;
  readonly #relays: RelayProcess[] = [];
  readonly #consoles = new Map<string, ActorProcess>();
  readonly #providerPlace: Place;
  #provider: ActorProcess | undefined;
  #nats: NatsServers | undefined;
  /** How to repair each current fault. */
  readonly #mending = new Map<PlannedFault, () => Promise<void>>();
  readonly #turns = new Map<string, Promise<void>>();
  #beganAt = 0;
  #stopped = false;
  #closing: Promise<void> | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#history = new HistoryWriter(this.#file('conductor'));
    this.#providerPlace = this.#network.join('provider', ['front']);
    mkdirSync(path.join(this.#folder, 'consoles'));
  }

  /** Starts everything. */
  async open(relays: number): Promise<void> {
    const store = await this.#openStore();
    const provider = { host: this.#providerPlace.address(), port: API_PORT };
    for (let index = 0; index < relays; index++) {
      const place = this.#network.join(`relay${index}`, ['front', 'back']);
      const folder = this.#folder;
      const history = this.#history;
      this.#relays.push(new RelayProcess({ index, place, folder, store, provider, history }));
    }
    const tokens = await this.#enrol();
    await Promise.all(this.#relays.map((relay) => relay.start()));
    await Promise.all([
      this.#openProvider(),
      ...agents.map(({ id }) => this.#openConsole(id, tokens[id] ?? '')),
    ]);
  }

  /** Servers of NATS that elect no leader after they have started (docs/relay/chaos.md) are restarted in turn. */
  async #enrol(): Promise<Record<string, string>> {
    for (let turn = 0; ; turn++) {
      try {
        return await this.#relay(0).enrol();
      } catch (error) {
        if (!this.#nats || turn === NATS_SERVERS) throw error;
        await this.#nats.kill(turn);
        await this.#nats.start(turn);
      }
    }
  }

  /** Carries out the plan, then repairs all faults and waits until everything settles. */
  async play(): Promise<void> {
    this.#beganAt = monotonicMs();
    this.#history.write({ what: 'stage', stage: 'playing' });
    this.#provider?.begin(this.#beganAt);
    for (const actor of this.#consoles.values()) actor.begin(this.#beganAt);
    const faults = this.#plan.faults.map((fault) => this.#harmInTurn(fault));
    await this.#until(this.#endsAt);
    await Promise.all(faults);
    this.#history.write({ what: 'stage', stage: 'healing' });
    await this.#healAll();
    this.#provider?.finish();
    for (const actor of this.#consoles.values()) actor.finish();
    const isQuiet = await this.#settle();
    this.#history.write({ what: 'stage', stage: isQuiet ? 'quiet' : 'not-quiet' });
  }

  async history(): Promise<History> {
    const exported = (await this.#relay(0).export()).split('\n').filter(Boolean);
    return {
      provider: readHistory<ProviderEvent>(this.#file('provider')),
      consoles: new Map(
        agents.map(({ id }) => [id, readHistory<ConsoleEvent>(this.#consoleFile(id))]),
      ),
      conductor: readHistory<ConductorEvent>(this.#file('conductor')),
      exported: exported.map((line): Exported => JSON.parse(line)),
    };
  }

  /** Stops everything that was started, whatever its state. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#consoles.values()].map((actor) => actor.kill()));
    await this.#provider?.kill();
    await Promise.all(this.#relays.map((relay) => relay.close()));
    await this.#nats?.close();
    this.#network.close();
  }

  get #endsAt(): number {
    return this.#plan.minutes * 60_000;
  }

  /** The folder with the histories. */
  get folder(): string {
    return this.#folder;
  }

  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #openStore(): Promise<Record<string, unknown>> {
    if (this.#plan.store === 'sqlite') return { kind: 'sqlite' };
    const places = Array.from({ length: NATS_SERVERS }, (_, index) =>
      this.#network.join(`nats${index}`, ['back']),
    );
    this.#nats = new NatsServers(places, this.#folder);
    await this.#nats.startAll();
    return { kind: 'nats', servers: this.#nats.urls, replicas: NATS_SERVERS };
  }

  async #openProvider(): Promise<void> {
    this.#provider = new ActorProcess(this.#providerPlace, 'actors/provider.ts', {
      actor: 'provider',
      plan: this.#plan,
      historyFile: this.#file('provider'),
      host: this.#providerPlace.address(),
      relays: this.#relays.map(({ address }) => address),
    });
    await this.#provider.start();
  }

  async #openConsole(agent: string, token: string): Promise<void> {
    const place = this.#network.join(agent, ['front']);
    const actor = new ActorProcess(place, 'actors/console.ts', {
      actor: 'console',
      plan: this.#plan,
      historyFile: this.#consoleFile(agent),
      host: place.address(),
      relays: this.#relays.map(({ address }) => address),
      agent,
      token,
      provider: `http://${this.#providerPlace.address()}:${API_PORT}`,
    });
    this.#consoles.set(agent, actor);
    await actor.start();
  }

  /**
   * On a busy machine a repair may take longer than planned; the next fault of the same part then
   * waits.
   */
  #harmInTurn(fault: PlannedFault): Promise<void> {
    const thing = thingOf(fault);
    const turn = (this.#turns.get(thing) ?? Promise.resolve()).then(() => this.#harm(fault));
    this.#turns.set(thing, turn);
    return turn;
  }

  async #harm(fault: PlannedFault): Promise<void> {
    await this.#until(fault.at);
    if (this.#stopped || monotonicMs() - this.#beganAt >= this.#endsAt) return;
    const mend = await inject(fault, this.#scene);
    if (!mend) return;
    this.#history.write({ what: 'fault', phase: 'begun', fault });
    this.#mending.set(fault, mend);
    await this.#until(Math.min(monotonicMs() - this.#beganAt + fault.lastsMs, this.#endsAt));
    await this.#mend(fault);
  }

  get #scene(): Scene {
    return {
      relays: this.#relays,
      consoles: this.#consoles,
      provider: this.#providerPlace,
      nats: this.#nats,
      beganAt: this.#beganAt,
    };
  }

  async #mend(fault: PlannedFault): Promise<void> {
    const mend = this.#mending.get(fault);
    if (!mend || this.#stopped) return;
    this.#mending.delete(fault);
    await mend();
    this.#history.write({ what: 'fault', phase: 'mended', fault });
  }

  async #healAll(): Promise<void> {
    await Promise.all([...this.#mending.keys()].map((fault) => this.#mend(fault)));
  }

  /** Whether everything settled in time. */
  async #settle(): Promise<boolean> {
    const deadline = monotonicMs() + QUIET_WITHIN_MS;
    let before = '';
    let since = monotonicMs();
    while (monotonicMs() < deadline && !this.#stopped && this.#provider?.isRunning) {
      if (monotonicMs() - since > STUCK_MS) return false;
      const states = [this.#provider, ...this.#consoles.values()].map((actor) => actor?.state);
      const now = JSON.stringify(states);
      if (now !== before) since = monotonicMs();
      before = now;
      const isIdle = states.every((state) => state?.pending === 0 && state.connected);
      if (isIdle && monotonicMs() - since > QUIET_FOR_MS) return true;
      await pause(LOOK_MS);
    }
    return false;
  }

  async #until(at: number): Promise<void> {
    while (!this.#stopped) {
      const left = this.#beganAt + at - monotonicMs();
      if (left <= 0) return;
      await pause(Math.min(left, 1_000));
    }
  }

  #relay(index: number): RelayProcess {
    return some(this.#relays.slice(index, index + 1))[0];
  }

  #file(name: string): string {
    return path.join(this.#folder, `${name}.jsonl`);
  }

  #consoleFile(agent: string): string {
    return path.join(this.#folder, 'consoles', `${agent}.jsonl`);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
