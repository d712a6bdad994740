import type { Call } from '../../shared/call/model.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Sent } from '../../shared/protocol/log-entry.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { PickUpFacts } from '../../shared/rules/facts.ts';
import type { Provider } from '../calls/ports.ts';
import type { Contacts } from '../db/contacts.ts';
import type { OwnMessages } from '../db/own-messages.ts';
import type { NumberStates } from '../db/number-state.ts';
import type { RateCardStore } from '../db/rate-card.ts';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import type { NumberFacts } from '../numbers/number-facts.ts';
import type { NumberService } from '../numbers/number-service.ts';

/** What the contact service needs. */
export interface ContactPorts {
  store: Contacts;
  own: OwnMessages;
  numbers: Pick<NumberStates, 'get' | 'change'>;
  /** What is wrong with our numbers. */
  facts: NumberFacts;
  numberService: Pick<NumberService, 'refreshSettings' | 'noteRefusal'>;
  rateCard: Pick<RateCardStore, 'get'>;
  /** How a number stands with its pick-up rate. */
  pickUp: (accountId: string) => PickUpFacts | undefined;
  accounts: readonly Account[];
  provider: (accountId: string) => Provider | undefined;
  /** Live calls of this console. */
  live: () => readonly Call[];
  /** Whether this provider's call is in the call log. */
  isOurs: (accountId: string, providerCallId: string) => boolean;
  self: () => Agent | undefined;
  /** Reports a sent message to the other consoles; false if the relay could not be reached. */
  reportSent: (what: {
    accountId: string;
    party: Party;
    messageId?: string | undefined;
    sent: Sent;
  }) => Promise<boolean>;
  clock: Clock;
  newId: () => string;
  log: Log;
  /** What people are called has changed. */
  described: () => void;
  /** Something that contact screens show has changed. */
  changed: () => void;
}
