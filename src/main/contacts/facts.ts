import { isEngaged, isLive } from '../../shared/call/model.ts';
import type { ContactFacts } from '../../shared/ipc/contacts.ts';
import type { Permission } from '../../shared/rules/facts.ts';
import { isSamePerson } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import { refusalMeanings } from '../../shared/rules/data/refusals.ts';
import type { BusinessFacts, RefusedBefore } from '../../shared/rules/facts.ts';
import type { Account } from '../providers/account.ts';
import type { TeammateCalls } from './teammate-calls.ts';
import type { ContactPorts } from './ports.ts';
import { ownValue } from '../../shared/lib/own-value.ts';

/** How far the rules look back, in ms: requests within 7 days, and consecutive unanswered calls. */
const LOOK_BACK_MS = 35 * 86_400_000;

/** Everything the rules need to decide whether this number may call or write to this person. */
export function factsOf(
  ports: ContactPorts,
  colleagues: TeammateCalls,
  account: Account,
  party: Party,
): ContactFacts {
  const { store, clock, live } = ports;
  const now = clock.now();
  const person = store.personOf(party);
  const isSame = (other: Party) =>
    isSamePerson(other, party) || (person !== undefined && store.personOf(other) === person);
  const inCall = live().some(
    (call) => isLive(call) && call.accountId === account.id && isSame(call.party),
  );
  return {
    provider: account.provider,
    business: businessFacts(ports, account, store.refusal(account.id, party)),
    customer: {
      number: party.waId,
      inCallWith: inCall
        ? 'me'
        : colleagues.isTalkingTo(account.id, isSame)
          ? 'colleague'
          : undefined,
      doNotCall: store.details(party).doNotCall,
    },
    permission: store.permission(account.id, party) ?? 'unchecked',
    history: store.history(account.id, party, now - LOOK_BACK_MS),
    cost: costFacts(ports, account, now),
  };
}

/** The same facts with the provider's current answer about permission. */
export function withAnswer(facts: ContactFacts, answer: Permission | 'unavailable'): ContactFacts {
  return { ...facts, permission: answer };
}

function businessFacts(
  { numbers, facts, live, pickUp }: ContactPorts,
  account: Account,
  ofPerson: RefusedBefore | undefined,
): BusinessFacts {
  const { settings, refusals, balance, messagingTier, sandbox } = numbers.get(account.id);
  const read = settings?.value;
  const going = live().filter((call) => isEngaged(call));
  return {
    ...facts.business(account),
    sandbox,
    messagingTier,
    outboundDisabled: read?.outboundDisabled,
    hours: read?.hours?.value,
    refusals:
      ofPerson && ownValue(refusalMeanings.value, ofPerson.code) === 'customer-not-callable'
        ? [...refusals, ofPerson]
        : refusals,
    balance,
    pickUp: pickUp(account.id),
    live: {
      onNumber: going.filter((call) => call.accountId === account.id).length,
      onAccount: going.length,
    },
  };
}

function costFacts(
  { rateCard, store }: ContactPorts,
  account: Account,
  now: number,
): ContactFacts['cost'] {
  const card = rateCard.get();
  if (!card) return undefined;
  // Price tiers count by calendar month (docs/providers/meta.md#pricing). The time zone is not
  // documented; UTC is assumed.
  const today = new Date(now);
  const month = Date.UTC(today.getUTCFullYear(), today.getUTCMonth());
  return {
    card: card.csv,
    currency: card.currency,
    monthSeconds: store.billedSeconds(account.id, month),
  };
}
