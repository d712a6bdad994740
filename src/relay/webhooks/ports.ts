import type { BlockList } from 'node:net';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Account } from '../config/account.ts';
import type { GuessBrake } from '../http/guess-brake.ts';
import type { Log } from '../log.ts';
import type { AddedEntry, Store } from '../store/store.ts';
import type { Lateness } from './lateness.ts';
import type { WebhookHealth } from './webhook-health.ts';
import type { WebhookTurns } from './turns.ts';

export interface WebhookPorts {
  accounts: readonly Account[];
  store: Pick<Store, 'append' | 'durable' | 'epoch' | 'lastWebhooks'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  lateness: Lateness;
  health: WebhookHealth;
  /** Whether two accounts belong to one workspace, so that agents of one may know of the other. */
  areTogether: (one: string, other: string) => boolean;
  turns: WebhookTurns;
  /** The node where a relayed call begins. */
  nodes: { forNewCall: () => string | undefined };
  /** A rate-limited log for events that strangers can cause. */
  strangers: Pick<Log, 'warn'>;
  /** Parts of addresses that are not secret: providers' names and account ids. */
  known: ReadonlySet<string>;
  guesses: GuessBrake;
  /** Proxies that are trusted to say whom a request comes from. */
  proxies: BlockList;
  /** Decides who rings. Called with the new entries after they were committed. */
  coordinator: { handleProviderEvents(entries: readonly AddedEntry[]): void };
}
