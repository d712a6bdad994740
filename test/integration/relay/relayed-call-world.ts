import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach } from 'vitest';
import { systemClock, type Clock } from '../../../src/shared/lib/clock.ts';
import { createAgentRegistry } from '../../../src/relay/agents/registry.ts';
import { openSqliteStore } from '../../../src/relay/store/sqlite.ts';
import {
  createSimulator,
  type Simulator,
  type SimulatorConfigInput,
} from '../../../src/simulator/simulator.ts';
import type { Rights } from '../../../src/relay/store/agent-store.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import { freePort } from '../../helpers/free-port.ts';
import { limitFiles } from '../../helpers/full-disk.ts';
import { ConsolePeer } from '../relay-media/console-peer.ts';
import {
  ACCOUNT,
  APP_SECRET,
  NUMBER_ID,
  PATIENT_WEBHOOKS,
  plainConfig,
  startRelay,
  temporaryFolder,
  VERIFY_TOKEN,
  type TestRelay,
} from './harness.ts';
import { TestConsole } from './test-console.ts';

export const CUSTOMER = { waId: '5511999991234', name: 'Bia' };
/** Another customer with the same tone. */
export const OTHER = { waId: '5511999995678', name: 'Caio' };
export const CUSTOMER_HZ = 440;
export const HZ: Readonly<Record<string, number>> = { ana: 900, ben: 1600, cid: 2500, sam: 3100 };

/** Tones closer than this count as one. */
const TOLERANCE_HZ = 60;

/** An agent's machine: its frames to the relay, and its media. */
export class AgentMachine {
  readonly id: string;
  readonly console: TestConsole;
  peer: ConsolePeer | undefined;
  /** The relay's UDP port of that leg. */
  relayPort = 0;

  constructor(id: string, console: TestConsole) {
    this.id = id;
    this.console = console;
  }

  /** Opens a leg with the agent's tone; resolves when media can flow. */
  async bringLeg(callId: string): Promise<ConsolePeer> {
    const peer = await ConsolePeer.open();
    const outcome = await this.console.leg(callId, peer.offer);
    if (outcome.kind !== 'leg') throw new Error(JSON.stringify(outcome));
    await this.peer?.close();
    this.peer = peer;
    this.relayPort = Number(/ udp \d+ \S+ (\d+) typ host/.exec(outcome.sdp)?.[1]);
    await peer.connect(outcome.sdp);
    peer.speak({ kind: 'tone', hz: HZ[this.id] ?? 1000 });
    return peer;
  }

  /** Cuts or restores this machine's packets to the relay; its socket lives. */
  loseMedia(isLost: boolean): void {
    if (this.peer) this.peer.isLost = isLost;
  }

  hears(hz: number): Promise<number> {
    if (!this.peer) throw new Error('no leg');
    return this.peer.detectors[0].hears(hz);
  }

  /** The whole machine vanishes, as by kill -9: the socket breaks, and nothing more is sent. */
  die(): void {
    this.peer?.die();
    this.console.terminate();
  }
}

const AT_PROVIDER = { phoneNumberId: NUMBER_ID, wabaId: '1', displayPhoneNumber: '15551112222' };

/**
 * One number as the relay and the simulated provider know it, and the end of its webhook's address.
 */
export interface RelayedNumber {
  relay: Record<string, unknown>;
  simulator: SimulatorConfigInput['accounts'][number];
  webhook: string;
}

const metaNumber: RelayedNumber = {
  relay: {
    provider: 'meta',
    phoneNumberId: NUMBER_ID,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    accessToken: 'token',
  },
  simulator: {
    ...AT_PROVIDER,
    id: ACCOUNT,
    provider: 'meta',
    accessToken: 'token',
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
  },
  webhook: `meta/${ACCOUNT}`,
};

const WEBHOOK_SECRET = 'a-secret-in-the-address';

/** A partner's number at 360dialog, whose webhooks are signed. */
export const d360Number: RelayedNumber = {
  relay: { provider: 'd360', platformSecret: APP_SECRET, apiKey: 'key' },
  simulator: {
    ...AT_PROVIDER,
    id: ACCOUNT,
    provider: 'd360',
    apiKey: 'key',
    webhookSecret: APP_SECRET,
  },
  webhook: `d360/${ACCOUNT}`,
};

/** An official number at Pilot Status, whose webhooks are not signed. */
export const pilotNumber: RelayedNumber = {
  relay: { provider: 'pilot-meta', webhookSecret: WEBHOOK_SECRET, apiKey: 'key' },
  simulator: { ...AT_PROVIDER, id: ACCOUNT, provider: 'pilot-meta', apiKey: 'key' },
  webhook: `pilot-meta/${ACCOUNT}/${WEBHOOK_SECRET}`,
};

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already stopped.
  }
}

/** A relay with a relayed account, behind a simulated WhatsApp, with agents' machines. */
export class RelayedCallWorld {
  #folder = { dir: '', remove: () => undefined as void };
  #relay: TestRelay | undefined;
  #simulator: Simulator | undefined;
  #machines: AgentMachine[] = [];
  readonly #tokens = new Map<string, string>();
  readonly #policy: Record<string, unknown>;
  readonly #account: Record<string, unknown>;
  readonly #number: RelayedNumber;
  readonly #clock: (() => Clock) | undefined;
  readonly #apart: boolean;
  #child: ChildProcess | undefined;
  #lines: Interface | undefined;
  #port = 0;
  readonly #mediaPids = new Map<number, number>();
  readonly #media: Record<string, unknown>;
  readonly #recording: Record<string, unknown>;
  readonly #preload: readonly string[];

  /** `apart`: the relay is a separate process, which can be killed; its media is another. */
  constructor({
    policy = {},
    account = {},
    number = metaNumber,
    clock,
    apart = false,
    media = {},
    recording = {},
    preload = [],
  }: {
    policy?: Record<string, unknown>;
    account?: Record<string, unknown>;
    number?: RelayedNumber;
    clock?: () => Clock;
    apart?: boolean;
    media?: Record<string, unknown>;
    recording?: Record<string, unknown>;
    /** Modules that the relay's processes load first. */
    preload?: readonly string[];
  } = {}) {
    this.#preload = preload;
    this.#media = media;
    this.#recording = recording;
    this.#apart = apart;
    this.#policy = policy;
    this.#account = account;
    this.#number = number;
    this.#clock = clock;
    beforeEach(() => this.#start());
    afterEach(() => this.#end());
  }

  get relay(): TestRelay {
    if (!this.#relay) throw new Error('the relay does not run');
    return this.#relay;
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('the simulator does not run');
    return this.#simulator;
  }

  /** Where the relay keeps its data. */
  get folder(): string {
    return this.#folder.dir;
  }

  get url(): string {
    return this.#apart ? `http://127.0.0.1:${this.#port}` : this.relay.url;
  }

  #config(apiBase: string, media: Record<string, unknown>): Record<string, unknown> {
    return plainConfig(this.#folder.dir, {
      listen: { host: '127.0.0.1', port: this.#port },
      policy: this.#policy,
      media: { processes: 1, ...this.#media, ...media },
      recording: this.#recording,
      accounts: [
        {
          id: ACCOUNT,
          path: 'relayed',
          apiBase,
          ...this.#number.relay,
          ...this.#account,
        },
      ],
    });
  }

  async #start(): Promise<void> {
    this.#port = await freePort();
    this.#folder = temporaryFolder();
    this.#simulator = await createSimulator({
      version: 1,
      listen: { port: 0 },
      accounts: [this.#number.simulator],
      customers: [CUSTOMER, OTHER].map((customer) => ({
        ...customer,
        sends: { kind: 'tone', hz: CUSTOMER_HZ },
        permission: 'permanent',
        answerAfterMs: 50,
      })),
      timing: { ...PATIENT_WEBHOOKS, connectWebhookAfterMs: 20, ringingAfterMs: 10 },
    });
    await this.startRelay();
  }

  /**
   * Starts the relay; a second time on the same data and address, with other media settings if
   * given.
   */
  async startRelay(media: Record<string, unknown> = {}): Promise<void> {
    const config = this.#config(this.simulator.baseUrl, media);
    if (this.#apart) await this.#startChild(config);
    else this.#relay = await startRelay(parseConfig(config, this.#folder.dir), this.#clock?.());
    await this.simulator.setWebhookUrl(`${this.url}/webhooks/${this.#number.webhook}`);
  }

  async #startChild(config: Record<string, unknown>): Promise<void> {
    const file = path.join(this.#folder.dir, 'relay.json');
    writeFileSync(file, JSON.stringify(config));
    const imports = this.#preload.flatMap((module) => ['--import', path.resolve(module)]);
    const child = spawn(process.execPath, [...imports, 'src/relay/index.ts', '--config', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    this.#lines = lines;
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)));
      lines.on('line', (line) => {
        const { event, pid, process: index } = JSON.parse(line);
        this.lines.push(JSON.parse(line));
        if (event === 'media.started') this.#mediaPids.set(Number(index), Number(pid));
        if (event === 'relay.listening') resolve();
      });
    });
  }

  /** Ends the relay's process; `SIGKILL` gives it no time to clean up. */
  async stopRelay(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /**
   * From now on the relay's process cannot write to any file, as on a full disk; or it can again.
   */
  fillDisk(isFull = true): void {
    limitFiles(this.#child?.pid, isFull);
  }

  /** The same of the processes with its media. */
  fillMediaDisk(): void {
    for (const pid of this.#mediaPids.values()) limitFiles(pid, true);
  }

  /**
   * The relay, whose preload is test/helpers/kill-at.ts, dies the next time it comes to the point there.
   *
   * @returns `killed` resolves when it has
   */
  async armKill(): Promise<{ killed: Promise<void> }> {
    const child = this.#child;
    if (child?.pid === undefined) throw new Error('the relay is no process of its own');
    const armed = this.logged('kill.armed');
    const killed = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    process.kill(child.pid, 'SIGUSR2');
    await armed;
    return { killed };
  }

  /** Sets the wall clock of the relay's processes; see test/helpers/jump-clock.ts. */
  async jumpClock(): Promise<void> {
    const jumped = this.logged('clock.jumped');
    for (const pid of [this.#child?.pid, ...this.#mediaPids.values()]) {
      if (pid !== undefined) process.kill(pid, 'SIGUSR2');
    }
    await jumped;
  }

  /** Every line of the relay's log so far. */
  readonly lines: { event: string; [key: string]: unknown }[] = [];

  /** Blocks the relay's log output, so that its writes fail. */
  breakLog(): void {
    this.#child?.stdout?.destroy();
  }

  /** Resolves when the relay has logged an event of this name. */
  async logged(event: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const listener = (line: string) => {
        if (!line.includes(`"event":"${event}"`)) return;
        this.#lines?.off('line', listener);
        resolve();
      };
      this.#lines?.on('line', listener);
    });
  }

  /** Kills a media process; the relay goes on. */
  killMedia(index = 0): void {
    process.kill(this.mediaPid(index), 'SIGKILL');
  }

  /** The media process of an index that was started last. */
  mediaPid(index: number): number {
    const pid = this.#mediaPids.get(index);
    if (pid === undefined) throw new Error(`no media process ${index} was started`);
    return pid;
  }

  async #addAgent(id: string, rights: Partial<Rights>): Promise<string> {
    const store = openSqliteStore(this.#folder.dir);
    try {
      const agents = createAgentRegistry(store.agents, systemClock);
      return (await agents.add({ id, name: id.toUpperCase(), ...rights })).token;
    } finally {
      await store.close();
    }
  }

  async #end(): Promise<void> {
    for (const machine of this.#machines) {
      machine.console.terminate();
      await machine.peer?.close();
    }
    this.#machines = [];
    this.#tokens.clear();
    await this.simulator.close();
    await this.#relay?.close();
    // In order, so that a media process without calls ends at once.
    await this.stopRelay('SIGTERM');
    // One with a call would hold its ports for another minute.
    for (const pid of this.#mediaPids.values()) killIfRunning(pid);
    this.#mediaPids.clear();
    this.lines.length = 0;
    this.#folder.remove();
  }

  /** Connects an agent's machine, from a place in the log if given; adds the agent on first use. */
  async join(
    id: string,
    rights: Partial<Rights> = {},
    place: { epoch?: string; cursor?: number } = {},
  ): Promise<AgentMachine> {
    let token = this.#tokens.get(id);
    if (token === undefined) {
      token = await this.#addAgent(id, rights);
      this.#tokens.set(id, token);
    }
    const machine = new AgentMachine(id, await TestConsole.join(this.url, token, place));
    this.#machines.push(machine);
    return machine;
  }

  /** A customer calls; resolves when a machine received it. */
  async ring(to: AgentMachine, plan: { waId?: string } = {}): Promise<string> {
    const { callId } = await this.simulator.startCall({
      customer: { waId: plan.waId ?? CUSTOMER.waId },
      kind: 'tone',
      hz: CUSTOMER_HZ,
    });
    const id = `${ACCOUNT}/${callId}`;
    await to.console.first('ringing', (frame) => frame.callId === id);
    return id;
  }

  /** A call that an agent has accepted, with sound both ways. */
  async talk(machine: AgentMachine): Promise<string> {
    const callId = await this.ring(machine);
    await machine.bringLeg(callId);
    const outcome = await machine.console.claim(callId);
    if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome));
    await Promise.all([
      this.customerHears(callId, HZ[machine.id] ?? 0),
      machine.hears(CUSTOMER_HZ),
    ]);
    return callId;
  }

  report(callId: string) {
    return this.simulator.report(callId.slice(ACCOUNT.length + 1));
  }

  /** Resolves when the customer's last second of sound is this tone. */
  customerHears(callId: string, hz: number): Promise<unknown> {
    return this.simulator.waitFor(
      () => {
        const heard = this.report(callId)?.media.toneHz;
        return typeof heard === 'number' && Math.abs(heard - hz) < TOLERANCE_HZ;
      },
      { what: `${hz} Hz at the customer` },
    );
  }

  /** Resolves when the customer hears a sound that is no agent's tone: hold music. */
  customerHearsHold(callId: string): Promise<unknown> {
    const tones = Object.values(HZ);
    return this.simulator.waitFor(
      () => {
        const heard = this.report(callId)?.media.toneHz;
        return (
          typeof heard === 'number' && tones.every((hz) => Math.abs(heard - hz) > TOLERANCE_HZ)
        );
      },
      { what: 'hold audio at the customer' },
    );
  }

  /** The customer's longest interval without audible sound since a moment, if it has ended, ms. */
  longestPauseMs(callId: string, since: number): number {
    const pauses = this.report(callId)?.media.pauses ?? [];
    return Math.max(0, ...pauses.filter(({ until }) => until >= since).map(({ ms }) => ms));
  }

  /** Resolves with who ended the call, once the provider has. */
  async ended(callId: string): Promise<{ by: string; reason: string }> {
    const end = await this.simulator.waitFor(() => this.report(callId)?.end);
    return end;
  }
}
