import type { LiveCall } from '../../../src/shared/ipc/live-call.ts';
import type { Clock } from '../../../src/shared/lib/clock.ts';
import { shownAs } from '../../../src/main/snapshot/shown-as.ts';
import type { Log } from '../../../src/main/log.ts';

/** An inbound call that rings; fields of a test on top. */
export function liveCall(more: Partial<LiveCall> = {}): LiveCall {
  const call = {
    id: 'acc/1',
    accountId: 'acc',
    path: 'direct',
    direction: 'inbound',
    party: { waId: '5511955501234', name: 'Ana' },
    createdAt: 1000,
    muted: false,
    phase: { name: 'ringing', deadlineAt: 61_000, ready: true },
    account: { label: 'Support', number: '+12025550100' },
    alsoRings: [],
    ...more,
  } satisfies Partial<LiveCall>;
  return { ...call, shownAs: shownAs(call, [call]), ...more };
}

/** Keeps its lines. */
export function memoryLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add = (text: string) => void lines.push(text);
  return { lines, info: add, warn: add, error: add };
}

/** Time that moves only by `advance`. */
export class TestClock implements Clock {
  private time = 0;
  private tasks: { at: number; task: () => void }[] = [];

  now(): number {
    return this.time;
  }

  at(at: number, task: () => void): () => void {
    const entry = { at, task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry);
    };
  }

  to(time: number): void {
    this.time = time;
    const due = this.tasks.filter((entry) => entry.at <= time).sort((a, b) => a.at - b.at);
    this.tasks = this.tasks.filter((entry) => entry.at > time);
    for (const { task } of due) task();
  }
}
