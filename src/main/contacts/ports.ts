import type { Call } from '../../shared/call/model.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Agent, Sent } from '../../shared/protocol/frames.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Provider } from '../calls/ports.ts';
import type { Contacts } from '../db/contacts.ts';
import type { NumberStates } from '../db/number-state.ts';
import type { RateCardStore } from '../db/rate-card.ts';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import type { NumberFacts } from '../numbers/number-facts.ts';

/** What the contact service works with. */
export interface ContactPorts {
  store: Contacts;
  numbers: Pick<NumberStates, 'get' | 'change'>;
  /** What is wrong with our numbers. */
  facts: NumberFacts;
  rateCard: Pick<RateCardStore, 'get' | 'put'>;
  accounts: readonly Account[];
  provider: (accountId: string) => Provider | undefined;
  /** Calls going on at this console. */
  live: () => readonly Call[];
  /** Whether the call log knows this call of the provider's. */
  isOurs: (accountId: string, providerCallId: string) => boolean;
  self: () => Agent | undefined;
  /** Tells the other consoles what we wrote; false when the relay could not be told. */
  tellSent: (what: {
    accountId: string;
    party: Party;
    messageId?: string | undefined;
    sent: Sent;
  }) => Promise<boolean>;
  clock: Clock;
  newId: () => string;
  log: Log;
  /** Something that contact screens show is no longer what it was. */
  changed: () => void;
  /** A number's settings or state are no longer what they were. */
  numberChanged: (accountId: string) => void;
}
