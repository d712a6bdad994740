import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Command, Order, Said } from './actors/orders.ts';
import type { Place } from './network.ts';

/** A process in its own network namespace. */
export class Party {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;

  constructor(place: Place, command: readonly string[], options: { stdio: StdioOptions }) {
    const { stdio } = options;
    this.child = spawn('ip', ['netns', 'exec', place.namespace, ...command], { stdio });
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Runs Node in a network namespace, on one of our sources. */
  static node(
    place: Place,
    args: readonly string[],
    stdio: StdioOptions = ['ignore', 'pipe', 'inherit'],
  ): Party {
    return new Party(place, [process.execPath, ...args], { stdio });
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isRunning) this.child.kill(signal);
  }

  /** Kills it even if it is stopped. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Resolves to its complete standard output. Throws if it fails. */
  async output(): Promise<string> {
    const chunks: Buffer[] = [];
    this.child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    const { code } = await this.ended;
    await closed;
    if (code !== 0) throw new Error(`${this.child.spawnargs.join(' ')} ended with ${code}`);
    return Buffer.concat(chunks).toString('utf8');
  }

  onLine(listener: (line: string) => void): void {
    if (this.child.stdout) createInterface({ input: this.child.stdout }).on('line', listener);
  }
}

/** An actor's process, which follows orders. */
export class ActorProcess {
  readonly place: Place;
  readonly #script: string;
  readonly #order: Order;
  #party: Party | undefined;
  #state: Extract<Said, { is: 'state' }> | undefined;

  constructor(place: Place, script: string, order: Order) {
    this.place = place;
    this.#script = script;
    this.#order = order;
  }

  /** Its last report; undefined before the first and after its end. */
  get state(): Extract<Said, { is: 'state' }> | undefined {
    return this.#state;
  }

  async start(): Promise<void> {
    const party = Party.node(this.place, [sourceFile(this.#script)], actorStdio);
    this.#party = party;
    const ready = new Promise<void>((resolve, reject) => {
      party.child.on('message', (said: Said) => {
        if (said.is === 'ready') resolve();
        else this.#state = said;
      });
      party.child.once('exit', (code, signal) => {
        this.#state = undefined;
        reject(new Error(`${this.#script} ended with ${code ?? signal}`));
      });
    });
    this.#tell({ is: 'order', order: this.#order });
    await ready;
  }

  begin(at: number): void {
    this.#tell({ is: 'begin', at });
  }

  finish(): void {
    this.#tell({ is: 'finish' });
  }

  signal(signal: NodeJS.Signals): void {
    this.#party?.signal(signal);
  }

  async kill(): Promise<void> {
    await this.#party?.kill();
  }

  get isRunning(): boolean {
    return this.#party?.isRunning ?? false;
  }

  #tell(command: Command): void {
    if (this.#party?.child.connected) this.#party.child.send(command);
  }
}

const actorStdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc'];

/** A file of this folder. */
export const sourceFile = (name: string): string => path.join(import.meta.dirname, name);
