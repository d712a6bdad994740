import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import { knows } from '../../shared/protocol/older.ts';
import { RING_PROBE_EVERY_MS, RING_PROBE_WITHIN_MS } from '../../shared/protocol/ringer.ts';
import type { AgentConnection } from '../connections/agent-connection.ts';
import type { Log } from '../log.ts';
import type { RingerFrame } from '../outcome.ts';

/** When a console is asked next, or until when its answer is awaited, Unix ms. */
type Turn = { askAt: number } | { answerBy: number; probe: number };

interface ProbePorts {
  clock: Clock;
  log: Log;
  /** Whether a console can ring has changed. */
  handleChange: () => void;
}

/**
 * Asks each console about once a minute whether it can ring, and one that cannot every few seconds. Calls pass over it,
 * and its team sees why. Consoles of the release before are not asked.
 */
export class RingProbes {
  readonly #ports: ProbePorts;
  readonly #next: Deadline;
  readonly #turns = new Map<AgentConnection, Turn>();
  #lastProbe = 0;

  constructor(ports: ProbePorts) {
    this.#ports = ports;
    this.#next = new Deadline(ports.clock, () => this.#take());
  }

  handleConnected(connection: AgentConnection): void {
    if (!knows(connection.version, { type: 'probe' })) return;
    this.#turns.set(connection, { askAt: this.#ports.clock.now() });
    this.#take();
  }

  handleDisconnected(connection: AgentConnection): void {
    this.#turns.delete(connection);
  }

  /** A console answers, or says by itself that it can no longer ring, or can again. */
  handleRinger(connection: AgentConnection, { probe, problem }: RingerFrame): void {
    const turn = this.#turns.get(connection);
    if (!turn) return;
    if ('probe' in turn && turn.probe === probe) {
      const againMs = problem === undefined ? RING_PROBE_EVERY_MS : RING_PROBE_WITHIN_MS;
      this.#turns.set(connection, { askAt: this.#ports.clock.now() + againMs });
    }
    this.#set(connection, problem);
    this.#wake();
  }

  close(): void {
    this.#turns.clear();
    this.#next.set(undefined);
  }

  /** Asks whose turn it is, and gives up waiting for those whose time is over. */
  #take(): void {
    const now = this.#ports.clock.now();
    for (const [connection, turn] of this.#turns) {
      if ('probe' in turn) {
        if (turn.answerBy > now) continue;
        this.#set(connection, 'silent');
      } else if (turn.askAt > now) continue;
      const probe = ++this.#lastProbe;
      this.#turns.set(connection, { probe, answerBy: now + RING_PROBE_WITHIN_MS });
      connection.send({ type: 'probe', probe });
    }
    this.#wake();
  }

  #set(connection: AgentConnection, problem: AgentConnection['unreachable']): void {
    if (connection.unreachable === problem) return;
    connection.unreachable = problem;
    this.#ports.log.info('agent.ringer', {
      agent: connection.agent.id,
      problem: problem ?? 'none',
    });
    this.#ports.handleChange();
  }

  #wake(): void {
    const times = [...this.#turns.values()].map((turn) =>
      'probe' in turn ? turn.answerBy : turn.askAt,
    );
    this.#next.set(times.length === 0 ? undefined : Math.min(...times));
  }
}
