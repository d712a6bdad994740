import type { Plan } from '../plan.ts';
import { monotonicMs } from '../lib.ts';

/** Messages between the conductor and an actor's process. */

export interface RelayAddress {
  host: string;
  port: number;
}

export interface ProviderOrder {
  actor: 'provider';
  plan: Plan;
  historyFile: string;
  host: string;
  relays: readonly RelayAddress[];
}

export interface ConsoleOrder {
  actor: 'console';
  plan: Plan;
  historyFile: string;
  host: string;
  relays: readonly RelayAddress[];
  agent: string;
  token: string;
  /** The providers' API. */
  provider: string;
}

export type Order = ProviderOrder | ConsoleOrder;

export type Command =
  | { is: 'order'; order: Order }
  /** When the plan began, as `monotonicMs`. */
  | { is: 'begin'; at: number }
  /** Start nothing new; finish what is in progress. */
  | { is: 'finish' };

/** What an actor reports about itself. Times are `monotonicMs`. */
export type Said =
  | { is: 'ready' }
  /** `pending`: remaining work; `cursor`: a console's place in the log. */
  | { is: 'state'; pending: number; connected: boolean; cursor: number };

const say = (said: Said): void => {
  // Once the conductor is gone, this process exits by itself.
  if (process.connected) process.send?.(said);
};

/** How an actor carries out its orders. */
export interface Actor {
  begin(at: number): void;
  finish(): void;
  state(): Extract<Said, { is: 'state' }>;
}

const TELL_MS = 250;

/** Runs an actor in this process until the conductor ends it or is gone. */
export function act(open: (order: Order) => Promise<Actor>): void {
  let actor: Actor | undefined;
  const start = async (order: Order) => {
    const opened = await open(order);
    actor = opened;
    say({ is: 'ready' });
    setInterval(() => say(opened.state()), TELL_MS);
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (command: Command) => {
    switch (command.is) {
      case 'order':
        return void start(command.order);
      case 'begin':
        return actor?.begin(command.at);
      case 'finish':
        return actor?.finish();
    }
  });
}

/** Runs a task at its planned time, or at once if that has passed. */
export function atPlanned(beganAt: number, at: number, task: () => void): NodeJS.Timeout {
  return setTimeout(task, Math.max(0, beganAt + at - monotonicMs()));
}
