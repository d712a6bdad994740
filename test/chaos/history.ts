import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { FromConsole } from '../../src/shared/protocol/agent-frames.ts';
import type { FromRelayFrame } from '../../src/shared/protocol/frames.ts';
import type { LogBody } from '../../src/shared/protocol/log-entry.ts';
import type { PlannedFault } from './faults.ts';
import { monotonicMs } from './lib.ts';

/**
 * The histories that the parties of a run record: one JSON object per line. `at` is `monotonicMs`.
 */

/** What the providers sent, and the requests they received. */
export type ProviderEvent =
  /** A webhook; `facts` are its facts, see `facts.ts`. */
  | { what: 'webhook'; at: number; id: number; account: string; facts: readonly string[] }
  /** One delivery attempt; `status` is missing if nobody answered. */
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
  /** A request to the provider's API; `by` identifies the requesting console. */
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
      frame: Extract<
        FromRelayFrame,
        { type: 'ringing' | 'call' | 'team' | 'rights' | 'refused' | 'webhooks' }
      >;
    }
  /** A frame that does not match the protocol. */
  | { what: 'unreadable'; at: number; why: string }
  | { what: 'asked'; at: number; request: Exclude<FromConsole, { type: 'hello' | 'ack' }> }
  | {
      what: 'answered';
      at: number;
      id: number;
      outcome: Extract<FromRelayFrame, { type: 'result' }>['outcome'];
    }
  | { what: 'closed'; at: number; code: number };

/** The faults that were injected, and what the relays logged. */
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

/** All records of a run. */
export interface History {
  provider: readonly ProviderEvent[];
  consoles: ReadonlyMap<string, readonly ConsoleEvent[]>;
  conductor: readonly ConductorEvent[];
  exported: readonly Exported[];
}

type Unstamped<E> = E extends { at: number } ? Omit<E, 'at'> : never;

/**
 * Writes one party's history. `write` returns only after the kernel has the line, so killing the
 * process loses nothing.
 */
export class HistoryWriter<E extends { at: number }> {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
    // A killed predecessor's last line may be incomplete.
    if (existsSync(path) && readFileSync(path).length > 0) writeSync(this.#file, '\n');
  }

  write(event: Unstamped<E>): void {
    writeSync(this.#file, `${JSON.stringify({ at: monotonicMs(), ...event })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Reads a `HistoryWriter`'s file, without the incomplete last line of a killed process. */
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
