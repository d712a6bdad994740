import { type UtilityProcess, utilityProcess } from 'electron';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import type { FromWorld, ToWorld, WorldEndpoints } from './messages.ts';

export interface DemoWorldPorts {
  /** The built script of the world's process. */
  script: string;
  start: Omit<Extract<ToWorld, { type: 'start' }>, 'type'>;
  clock: Clock;
  log: Log;
  /** The world started, or restarted; what was known about an earlier one no longer counts. */
  onReady: (endpoints: WorldEndpoints) => void;
}

/** Delay before a crashed world is restarted, in ms. */
const RESTART_MS = 1_000;
/** How long a customer may take to call, in ms. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * Keeps the simulated world running in a process of its own, so that its media does not slow main
 * down.
 */
export class DemoWorld {
  readonly #ports: DemoWorldPorts;
  #process: UtilityProcess | undefined;
  readonly #waiting = new Map<number, (problem: string | undefined) => void>();
  #lastId = 0;
  #ready = false;
  #cancelRestart: (() => void) | undefined;

  constructor(ports: DemoWorldPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { script, start, log } = this.#ports;
    if (this.#process) return;
    const child = utilityProcess.fork(script, [], { serviceName: 'Ringdesk demo', stdio: 'pipe' });
    this.#process = child;
    child.stderr?.on('data', (text: Buffer) => log.warn(`demo: ${text.toString().trim()}`));
    child.stdout?.resume();
    child.on('message', (message: FromWorld) => this.#handleMessage(message));
    child.once('exit', (code) => this.#handleExit(child, code));
    this.#send({ type: 'start', ...start });
  }

  close(): void {
    this.#cancelRestart?.();
    const process = this.#process;
    this.#process = undefined;
    this.#ready = false;
    this.#failWaiting('the demo was closed');
    process?.kill();
  }

  /**
   * Lets a customer call.
   *
   * @returns why it failed; undefined if the call is on its way
   */
  call(customerId: string): Promise<string | undefined> {
    if (!this.#ready) return Promise.resolve('the demo is still starting');
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const { clock } = this.#ports;
      const cancel = clock.at(clock.now() + CALL_TIMEOUT_MS, () =>
        this.#settle(id, 'the demo did not answer'),
      );
      this.#waiting.set(id, (problem) => {
        cancel();
        resolve(problem);
      });
      this.#send({ type: 'call', id, customerId });
    });
  }

  #handleMessage(message: FromWorld): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#ports.log.info('demo: the world is ready');
        return this.#ports.onReady(message.endpoints);
      case 'failed':
        return this.#ports.log.error(`demo: the world could not start: ${message.why}`);
      case 'called':
        return this.#settle(message.id, message.problem);
    }
  }

  #handleExit(child: UtilityProcess, code: number): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#ready = false;
    this.#failWaiting('the demo stopped');
    const { clock, log } = this.#ports;
    log.error(`demo: the world ended with code ${code} and is started again`);
    this.#cancelRestart = clock.at(clock.now() + RESTART_MS, () => this.start());
  }

  #settle(id: number, problem: string | undefined): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(problem);
  }

  #failWaiting(why: string): void {
    for (const id of this.#waiting.keys()) this.#settle(id, why);
  }

  #send(message: ToWorld): void {
    this.#process?.postMessage(message);
  }
}
