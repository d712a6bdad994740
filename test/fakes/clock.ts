import type { Clock } from '../../src/shared/lib/clock.ts';

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  private time: number;
  private tasks: { at: number; order: number; task: () => void }[] = [];
  private order = 0;

  constructor(time = Date.UTC(2026, 10, 22, 9)) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  at(at: number, task: () => void): () => void {
    const entry = { at, order: this.order++, task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry);
    };
  }

  /** Lets time pass and runs what falls due, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.tasks
        .filter((entry) => entry.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order);
      if (!next) break;
      this.tasks = this.tasks.filter((entry) => entry !== next);
      this.time = Math.max(this.time, next.at);
      next.task();
    }
    this.time = end;
  }

  /** Sets the clock without running anything, as a person or NTP does. */
  jump(ms: number): void {
    this.time += ms;
  }

  get pending(): number {
    return this.tasks.length;
  }
}
