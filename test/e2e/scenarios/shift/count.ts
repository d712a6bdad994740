import type { Simulator } from '../../../../src/simulator/simulator.ts';
import type { ConsoleApp } from '../../harness/console-app.ts';
import { readLog } from '../../harness/log.ts';
import type { PlannedCall, Step } from './script.ts';
import type { Closed } from './record.ts';

/** What a shift came to. */
export interface ShiftReport {
  scenario: 'shift';
  consoles: number;
  seconds: number;
  calls: number;
  answered: number;
  missed: number;
  /** Calls that a teammate took over. */
  transferred: number;
  /** Customers who do not wait any more, and who still do. */
  closedTodos: number;
  openTodos: number;
  notes: number;
  /** Calls, notes and messages that a console should have and has not. */
  lost: number;
  /** From the first console on which a customer stops waiting to the last one, in ms. */
  closedElsewhereMs: { median: number; worst: number };
}

type Counted = Omit<ShiftReport, 'scenario' | 'consoles' | 'seconds' | 'transferred'>;

/** Counts what the consoles have, and compares it with what happened. */
export async function count(
  simulator: Simulator,
  apps: readonly ConsoleApp[],
  steps: readonly Step[],
  closed: readonly Closed[],
  say: (line: string) => void,
): Promise<Counted> {
  const logs = (await Promise.all(apps.map(({ window }) => readLog(window)))).flat();
  const waiting = await Promise.all(apps.map(waitingAt));
  const noted = steps.flatMap((step) =>
    step.kind === 'call' && step.call.note !== undefined ? [step.call] : [],
  );
  let lost = 0;
  const miss = (what: string) => {
    lost++;
    say(`Lost: ${what}.`);
  };
  const outcomes = simulator.calls().map((call) => {
    const records = logs.filter(({ providerCallId }) => providerCallId === call.callId);
    const found = records.find(({ outcome }) => outcome === 'answered') ?? records[0];
    if (!found) miss(`the call ${call.callId}`);
    else if ((found.outcome === 'answered') !== (call.acceptedAt !== null)) {
      miss(`the outcome of ${call.callId}, which is ${found.outcome}`);
    }
    return found?.outcome;
  });
  for (const app of apps) {
    for (const call of noted) {
      if (!(await timelineHas(app, call))) miss(`the note “${call.note}”`);
    }
  }
  const open = waiting[0] ?? [];
  for (const other of waiting) {
    if (other.join() !== open.join()) miss(`who waits: ${other.join()} and ${open.join()}`);
  }
  const lags = Object.keys(closed[0] ?? {}).map((customer) => {
    const times = closed.map((one) => one[customer]?.at(-1) ?? NaN);
    return Math.max(...times) - Math.min(...times);
  });
  return {
    calls: outcomes.length,
    answered: outcomes.filter((outcome) => outcome === 'answered').length,
    missed: outcomes.filter((outcome) => outcome === 'missed').length,
    closedTodos: Object.keys(closed[0] ?? {}).filter((one) => !open.includes(one)).length,
    openTodos: open.length,
    notes: noted.length,
    lost,
    closedElsewhereMs: {
      median: lags.toSorted((a, b) => a - b)[Math.floor(lags.length / 2)] ?? 0,
      worst: Math.max(0, ...lags),
    },
  };
}

/** Everyone who waits there, now or later. */
function waitingAt({ window: page }: ConsoleApp): Promise<string[]> {
  return page.evaluate(async () => {
    const list = await window.ringdesk.request('todo.list', {});
    if (!list.ok) throw new Error(list.error.message);
    return list.value.map(({ customer }) => customer).toSorted();
  });
}

async function timelineHas({ window: page }: ConsoleApp, { customer, note }: PlannedCall) {
  const items = await page.evaluate(async (waId) => {
    const page = await window.ringdesk.request('contacts.get', { party: { waId }, limit: 50 });
    if (!page.ok) throw new Error(page.error.message);
    return page.value.items;
  }, customer.waId);
  return JSON.stringify(items).includes(JSON.stringify(note).slice(1, -1));
}
