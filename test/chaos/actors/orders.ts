import type { Plan } from '../plan.ts';
import { monotonicMs } from '../lib.ts';

/** What the conductor tells an actor's process, and hears from it. */

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
  /** The plan's time 0 is this moment, as of `monotonicMs`. */
  | { is: 'begin'; at: number }
  /** Nothing new is started; what goes on is brought to its end. */
  | { is: 'finish' };

/** What an actor says of itself. Times are as of `monotonicMs`. */
export type Said =
  | { is: 'ready' }
  /** `pending`: what is still to be done; `cursor`: of a console, how far it is. */
  | { is: 'state'; pending: number; connected: boolean; cursor: number };

const say = (said: Said): void => {
  // A conductor that is gone ends this process by itself.
  if (process.connected) process.send?.(said);
};

/** What an actor does with its orders. */
export interface Actor {
  begin(at: number): void;
  finish(): void;
  state(): Extract<Said, { is: 'state' }>;
}

const TELL_MS = 250;

/** Runs an actor in this process until the conductor ends it, or is gone itself. */
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

/** Runs a task at a moment of the plan; at once if it is past. */
export function atPlanned(beganAt: number, at: number, task: () => void): NodeJS.Timeout {
  return setTimeout(task, beganAt + at - monotonicMs());
}
