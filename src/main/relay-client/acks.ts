import type { Clock } from '../../shared/lib/clock.ts';

/** How long acknowledgements are gathered during a replay, in ms. */
const GATHER_MS = 50;

/** Says up to where the log is stored; during a replay not for every entry. */
export class Acks {
  private readonly clock: Clock;
  private readonly send: () => void;
  private cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, send: () => void) {
    this.clock = clock;
    this.send = send;
  }

  now(): void {
    this.cancel();
    this.send();
  }

  soon(): void {
    this.cancelTimer ??= this.clock.at(this.clock.now() + GATHER_MS, () => this.now());
  }

  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }
}
