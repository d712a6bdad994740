import type { Ingest, Row, Storm } from './measure.ts';
import type { Kind } from './wire.ts';

/** A goal and whether this run reached it. */
export interface Goal {
  what: string;
  measured: string;
  isReached: boolean;
}

/** The console counts of the run that compares the relay with socket.io and ws, and of the largest run. */
const COMPARED = 300;
const LARGEST = 3_000;

const atLeast = (what: string, value: number, least: number, digits = 0): Goal => ({
  what: `${what} ≥ ${least.toFixed(digits)}`,
  measured: value.toFixed(digits),
  isReached: value >= least,
});

const atMost = (what: string, value: number, most: number, digits = 0): Goal => ({
  what: `${what} ≤ ${most.toFixed(digits)}`,
  measured: value.toFixed(digits),
  isReached: value <= most,
});

/** The goals that these measurements can decide. */
export function goalsOf(rows: readonly Row[], storm: Storm, ingest: Ingest): readonly Goal[] {
  const row = (consoles: number, kind: Kind) =>
    rows.find((one) => one.consoles === consoles && one.kind === kind);
  const [relay, io, ws] = [row(COMPARED, 'relay'), row(COMPARED, 'socket.io'), row(COMPARED, 'ws')];
  const largest = row(LARGEST, 'relay');
  const goals: Goal[] = [];
  if (relay && ws) {
    goals.push(
      atLeast(
        `deliveries/s to ${COMPARED} consoles, times ws`,
        relay.deliveriesPerSecond / ws.deliveriesPerSecond,
        0.7,
        2,
      ),
      atMost(`p99 at ${COMPARED} consoles, times ws`, relay.p99 / ws.p99, 2, 2),
    );
  }
  if (relay && io) {
    goals.push(
      atLeast(
        `deliveries/s to ${COMPARED} consoles, times socket.io`,
        relay.deliveriesPerSecond / io.deliveriesPerSecond,
        1,
        2,
      ),
    );
  }
  if (relay) goals.push(atMost('KB for an idle console', relay.kbPerConsole, 30, 1));
  if (relay && largest) {
    const times = largest.joinBytes / relay.joinBytes;
    goals.push(
      atMost(`bytes with which ${LARGEST} join, times those of ${COMPARED}`, times, 12, 1),
    );
  }
  goals.push(
    atMost(`s until a storm of ${storm.consoles} has its gap`, storm.caughtUpMs / 1000, 10, 1),
    atMost('lost, doubled or disordered in it', storm.lost + storm.doubled + storm.disordered, 0),
    atLeast('committed webhooks/s', ingest.committedPerSecond, 1_500),
  );
  return goals;
}
