import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { relayConfig } from './fleet.ts';
import type { ConductorEvent, HistoryWriter } from './history.ts';
import type { Place } from './network.ts';
import { monotonicMs } from './lib.ts';
import { Party, sourceFile } from './processes.ts';

const RELAY_PORT = 8787;
const RELAY = path.resolve('src/relay/index.ts');
const DISK_MB = 64;
/** Even on a busy machine it must be listening within this time. */
const START_MS = 120_000;

interface RelayOptions {
  index: number;
  place: Place;
  folder: string;
  store: Record<string, unknown>;
  /** The address of the providers. */
  provider: { host: string; port: number };
  history: HistoryWriter<ConductorEvent>;
}

type LogLine = { event: string } & Record<string, unknown>;

/** A relay's process with its own disk and clock. */
export class RelayProcess {
  readonly #options: RelayOptions;
  readonly #disk: string;
  readonly #config: string;
  readonly #clock: string;
  readonly #mediaPids = new Map<number, number>();
  readonly #lookouts = new Set<(line: LogLine) => void>();
  #party: Party | undefined;
  #forwarder: Party | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { folder, index, place, store, provider } = options;
    this.#disk = path.join(folder, `disk-${index}`);
    this.#config = path.join(folder, `relay-${index}.json`);
    this.#clock = path.join(folder, `clock-${index}`);
    mkdirSync(this.#disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'tmpfs', this.#disk]);
    writeFileSync(this.#clock, '0');
    const config = relayConfig({
      host: place.address(),
      port: RELAY_PORT,
      dataDir: path.join(this.#disk, 'data'),
      apiBase: `http://127.0.0.1:${provider.port}`,
      store,
    });
    writeFileSync(this.#config, JSON.stringify(config), { mode: 0o600 });
    const script = sourceFile('actors/forwarder.ts');
    this.#forwarder = Party.node(place, [script, String(provider.port), provider.host]);
  }

  get address(): { host: string; port: number } {
    return { host: this.#options.place.address(), port: RELAY_PORT };
  }

  get place(): Place {
    return this.#options.place;
  }

  get isRunning(): boolean {
    return this.#party?.isRunning ?? false;
  }

  /** Adds all agents before the relay serves; resolves to their tokens by id. */
  async enrol(): Promise<Record<string, string>> {
    const script = sourceFile('actors/enrol.ts');
    return JSON.parse(await Party.node(this.#options.place, [script, this.#config]).output());
  }

  /**
   * Starts it, and again where it ends before it listens, as a service manager would; resolves when it listens, or when it
   * was killed.
   */
  async start(): Promise<void> {
    const deadline = monotonicMs() + START_MS;
    while ((await this.#startOnce()) === 'ended') {
      if (monotonicMs() > deadline) throw new Error('the relay does not start');
    }
  }

  async #startOnce(): Promise<'listening' | 'killed' | 'ended'> {
    const { place, history, index } = this.#options;
    const env = ['env', `CHAOS_CLOCK_FILE=${this.#clock}`];
    const node = [process.execPath, '--import', sourceFile('wall-clock.ts')];
    const party = new Party(place, [...env, ...node, RELAY, '--config', this.#config], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#party = party;
    let served = false;
    return new Promise((resolve) => {
      const late = setTimeout(() => party.signal('SIGABRT'), START_MS);
      party.child.once('exit', (code, signal) => {
        clearTimeout(late);
        history.write({ what: 'exit', relay: index, served, code, signal });
        resolve(signal === 'SIGKILL' ? 'killed' : 'ended');
      });
      party.onLine((text) => {
        const line: LogLine = JSON.parse(text);
        for (const look of this.#lookouts) look(line);
        history.write({ what: 'log', relay: index, event: line.event, line });
        if (line.event === 'media.started') {
          this.#mediaPids.set(Number(line['process']), Number(line['pid']));
        }
        if (line.event !== 'relay.listening') return;
        served = true;
        clearTimeout(late);
        resolve('listening');
      });
    });
  }

  async kill(): Promise<void> {
    await this.#party?.kill();
  }

  /** Kills it at the moment when it logs a matching line; resolves to false if it logs none in time. */
  killAt(matches: (line: LogLine) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = (isKilled: boolean) => {
        clearTimeout(late);
        this.#lookouts.delete(look);
        resolve(isKilled);
      };
      const look = (line: LogLine) => {
        if (!matches(line)) return;
        this.#party?.signal('SIGKILL');
        stop(true);
      };
      const late = setTimeout(() => stop(false), withinMs);
      this.#lookouts.add(look);
    });
  }

  pause(): void {
    this.#party?.signal('SIGSTOP');
  }

  resume(): void {
    this.#party?.signal('SIGCONT');
  }

  /** Kills its media processes, which ends the audio of all its calls. */
  killMedia(): void {
    for (const pid of this.#mediaPids.values()) signal(pid, 'SIGKILL');
    this.#mediaPids.clear();
  }

  /** Fills its disk or frees it again. */
  fillDisk(isFull: boolean): void {
    const file = path.join(this.#disk, 'ballast');
    if (!isFull) return rmSync(file, { force: true });
    const { bavail, bsize } = statfsSync(this.#disk);
    try {
      writeFileSync(file, Buffer.alloc(bavail * bsize));
    } catch (error) {
      // The relay has used up the rest.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }

  /** Sets the wall clock of its processes; see wall-clock.ts. */
  setClock(offsetMs: number): void {
    writeFileSync(this.#clock, String(offsetMs));
    const pids = [this.#party?.child.pid, ...this.#mediaPids.values()];
    for (const pid of pids) if (pid !== undefined) signal(pid, 'SIGUSR2');
  }

  /** The log, as printed by the relay's own command. */
  export(): Promise<string> {
    const { place } = this.#options;
    return Party.node(place, [RELAY, 'export', '--config', this.#config]).output();
  }

  /** Removes its disk once all its processes have ended. */
  async close(): Promise<void> {
    await this.kill();
    this.killMedia();
    await this.#forwarder?.kill();
    // Lazily, because an ending process may still use it for a moment.
    execFileSync('umount', ['-l', this.#disk]);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has already exited.
  }
}
