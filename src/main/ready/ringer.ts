import type { DeviceFacts, RingerFacts } from '../../shared/checks/facts.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';

/** How long the window may take to answer: the relay has its answer before it gives up, in ms. */
const WINDOW_WITHIN_MS = 4_000;

export interface RingerPorts {
  clock: Clock;
  /** Asks the window that would ring whether it can. */
  ask: (question: number) => void;
  /** Tells the relay. `probe`: the question that it asked. */
  report: (problem: RingerProblem | undefined, probe?: number) => void;
  /** Whether any of our numbers' calls are spoken here. */
  needsMicrophone: () => boolean;
  changed: () => void;
}

/** Whether this console can ring, as the window says that would have to. */
export class Ringer {
  readonly #ports: RingerPorts;
  readonly #due: Deadline;
  #state: RingerFacts = { state: 'untried' };
  /** The question that the window has not answered yet, and the relay's behind it. */
  #asked: { question: number; at: number; probe: number | undefined } | undefined;
  #lastQuestion = 0;
  #hasMicrophone = true;

  constructor(ports: RingerPorts) {
    this.#ports = ports;
    this.#due = new Deadline(ports.clock, () => this.#answered('window'));
  }

  get state(): RingerFacts {
    return this.#state;
  }

  /** The relay asks, or somebody here. */
  probe(probe?: number): void {
    const { clock, ask } = this.#ports;
    const question = ++this.#lastQuestion;
    this.#asked = { question, at: clock.now(), probe: probe ?? this.#asked?.probe };
    this.#due.set(clock.now() + WINDOW_WITHIN_MS);
    ask(question);
  }

  /** The window is there, and can be asked. */
  handleReady(): void {
    if (this.#asked || this.#state.state === 'dead') this.probe();
  }

  /** The window is gone. */
  handleGone(): void {
    this.#asked = { question: 0, at: this.#ports.clock.now(), probe: this.#asked?.probe };
    this.#answered('window');
  }

  /** The window answers: it could play a ring, or not. */
  handleAnswer(question: number, plays: boolean): void {
    if (this.#asked?.question === question) this.#answered(plays ? undefined : 'ringer');
  }

  handleDevices({ microphone }: Pick<DeviceFacts, 'microphone'>): void {
    const has = microphone === 'ready';
    if (has === this.#hasMicrophone) return;
    this.#hasMicrophone = has;
    this.probe();
  }

  /** A new connection knows nothing of it. */
  handleConnected(): void {
    if (this.#state.state === 'dead') this.#ports.report(this.#state.why);
  }

  close(): void {
    this.#due.set(undefined);
  }

  #answered(found: RingerProblem | undefined): void {
    const { clock, report, needsMicrophone, changed } = this.#ports;
    const { at, probe } = this.#asked ?? { at: clock.now(), probe: undefined };
    this.#asked = undefined;
    this.#due.set(undefined);
    const problem = found ?? (this.#hasMicrophone || !needsMicrophone() ? undefined : 'microphone');
    const before = this.#state;
    if (problem === undefined) this.#state = { state: 'ready', at: clock.now() };
    else if (before.state !== 'dead' || before.why !== problem) {
      this.#state = {
        state: 'dead',
        since: before.state === 'dead' ? before.since : at,
        why: problem,
      };
    }
    report(problem, probe);
    if (before.state !== this.#state.state || this.#state.state === 'dead') changed();
  }
}
