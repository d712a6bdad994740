import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { FromConsole } from '../../src/shared/protocol/agent-frames.ts';
import type { FromRelayFrame, LogBody } from '../../src/shared/protocol/frames.ts';
import type { PlannedFault } from './plan.ts';
import { monotonicMs } from './lib.ts';

/** What the parties of a run write down: one JSON object per line. `at` is `monotonicMs`. */

/** What the providers sent, and what they were asked. */
export type ProviderEvent =
  /** A webhook; `facts` are what it tells, as in `facts.ts`. */
  | { what: 'webhook'; at: number; id: number; account: string; facts: readonly string[] }
  /** One try to deliver it; `status` is missing if nobody answered. */
  | {
      what: 'attempt';
      at: number;
      id: number;
      relay: number;
      status?: number | undefined;
      error?: string | undefined;
    }
  | { what: 'fate'; at: number; id: number; copies: number; delayMs: number }
  | { what: 'call'; at: number; account: string; callId: string; waId: string }
  | { what: 'call-ended'; at: number; account: string; callId: string; by: string }
  /** A request to the provider's API; `by` is what the business said of itself. */
  | {
      what: 'request';
      at: number;
      account: string;
      action: string;
      callId: string | undefined;
      by: string | undefined;
      status: number | 'reset';
    };

/** What a console saw and did. */
export type ConsoleEvent =
  | { what: 'started'; at: number }
  | {
      what: 'welcome';
      at: number;
      epoch: string;
      from: number;
      head: number;
      complete: boolean;
      numbers: readonly string[];
    }
  | { what: 'entry'; at: number; cursor: number; body: LogBody }
  | { what: 'skipped'; at: number; cursor: number }
  | {
      what: 'frame';
      at: number;
      frame: Extract<FromRelayFrame, { type: 'ringing' | 'call' | 'team' | 'rights' | 'refused' }>;
    }
  /** A frame that is none of the protocol's. */
  | { what: 'unreadable'; at: number; why: string }
  | { what: 'asked'; at: number; request: Exclude<FromConsole, { type: 'hello' | 'ack' }> }
  | {
      what: 'answered';
      at: number;
      id: number;
      outcome: Extract<FromRelayFrame, { type: 'result' }>['outcome'];
    }
  | { what: 'closed'; at: number; code: number };

/** What was done to them, and what the relays said of themselves. */
export type ConductorEvent =
  | { what: 'fault'; at: number; phase: 'begun' | 'mended'; fault: PlannedFault }
  | { what: 'log'; at: number; relay: number; event: string; line: Record<string, unknown> }
  /** `served`: it had come so far that it listened. */
  | {
      what: 'exit';
      at: number;
      relay: number;
      served: boolean;
      code: number | null;
      signal: string | null;
    }
  | { what: 'stage'; at: number; stage: 'playing' | 'healing' | 'quiet' | 'not-quiet' };

/** An entry of the relay's own log, as `relay export` prints it. */
export interface Exported {
  cursor: number;
  accountId?: string | undefined;
  body: LogBody;
}

/** Everything that was written down in a run. */
export interface History {
  provider: readonly ProviderEvent[];
  consoles: ReadonlyMap<string, readonly ConsoleEvent[]>;
  conductor: readonly ConductorEvent[];
  exported: readonly Exported[];
}

type Unstamped<E> = E extends { at: number } ? Omit<E, 'at'> : never;

/** Writes one party's history. A line is with the kernel when `write` returns, so that no kill loses it. */
export class HistoryWriter<E extends { at: number }> {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
    // What a killed predecessor left may end in the middle of a line.
    if (existsSync(path) && readFileSync(path).length > 0) writeSync(this.#file, '\n');
  }

  write(event: Unstamped<E>): void {
    writeSync(this.#file, `${JSON.stringify({ at: monotonicMs(), ...event })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Reads what a `HistoryWriter` wrote; half a line of a killed process is left out. */
export function readHistory<E>(path: string): E[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => parsed<E>(line));
}

function parsed<E>(line: string): E[] {
  if (!line.endsWith('}')) return [];
  try {
    const event: E = JSON.parse(line);
    return [event];
  } catch {
    return [];
  }
}
