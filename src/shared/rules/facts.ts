import type { NumberFact } from './data/number-fact-kinds.ts';
import type { RateCard } from './cost/rate-card.ts';
import type { ProviderId } from './data/providers.ts';
import { latest } from './times.ts';
import type { Weekday } from './zoned-time.ts';

/** Everything the rules look at, collected by the caller. All times are Unix milliseconds. */
export interface Facts {
  provider: ProviderId;
  business: BusinessFacts;
  customer: CustomerFacts;
  /** The provider's last answer, or why there is none: never asked, or no reply. */
  permission: Permission | 'unchecked' | 'unavailable';
  /** Events between this number and this person, in any order. */
  history: readonly ContactEvent[];
  /** What a call would cost, if a rate card was imported. */
  cost?: CostFacts | undefined;
}

/** One of our numbers, as known from the provider and the workspace's settings. */
export interface BusinessFacts {
  /** E.164, with or without `+`. */
  number: string;
  /** Its label here, e.g. `Support`. */
  label?: string | undefined;
  /** A sandbox or public test number, for which Meta relaxes the limits. */
  sandbox?: boolean | undefined;
  /** The provider's `calling.status`. */
  callingEnabled?: boolean | undefined;
  /** In the provider's words, e.g. `TIER_1K`. */
  messagingTier?: string | undefined;
  /** Whether the provider blocks business calls for this number's country. Overrides our lists. */
  outboundDisabled?: boolean | undefined;
  /** Missing if call hours are off: the business then counts as always open. */
  hours?: CallHours | undefined;
  restrictions?: readonly Restriction[] | undefined;
  /** Problems of the number or its account. */
  facts?: readonly KnownFact[] | undefined;
  /** Version of Meta's Graph API in use, e.g. `v23.0`. */
  graphVersion?: string | undefined;
  /** Recent refusals by the provider that nobody has resolved since. */
  refusals?: readonly RefusedBefore[] | undefined;
  balance?: Balance | undefined;
  /** How many of its customers' calls were picked up lately, if that is enough to tell. */
  pickUp?: PickUpFacts | undefined;
  /** Live calls. */
  live?: { onNumber: number; onAccount: number } | undefined;
}

/** A number's pick-up rate. Rates and limits are per cent. */
export interface PickUpFacts {
  rate: number;
  /** Customers' calls that count. */
  calls: number;
  warnBelow: number;
  /** Below this outgoing calls are held back, if the organisation wants that. */
  holdBelow?: number | undefined;
  /** When it falls below `holdBelow`, if the coming days are like the last ones; Unix ms. */
  fallsAt?: number | undefined;
}

interface CustomerFacts {
  /** E.164 or bare digits; missing for people known only by a business-scoped user id. */
  number?: string | undefined;
  /** A live call with this person, and who has it. */
  inCallWith?: 'me' | 'colleague' | undefined;
  /** An agent wrote down that they must not be called. */
  doNotCall?: { at: number; by: string; reason?: string | undefined } | undefined;
}

export interface Restriction {
  /** The provider's name for it, e.g. `RESTRICTED_BUSINESS_INITIATED_CALLING`. */
  type: string;
  expiresAt?: number | undefined;
}

/** A fact about a number, and when it became known, Unix ms. */
export interface KnownFact extends NumberFact {
  since: number;
}

export interface RefusedBefore {
  /** The provider's code as text, e.g. `131044`. */
  code: string;
  at: number;
}

/** A prepaid balance and the workspace's minimum. Decimal text, because 9.98 is not 10. */
interface Balance {
  amount: string;
  minimum: string;
  /** ISO 4217. */
  currency: string;
}

interface CostFacts {
  card: RateCard;
  /** The account's billing currency, ISO 4217. */
  currency: string;
  /** Seconds of answered business-initiated calls this calendar month, for the volume tier. */
  monthSeconds: number;
}

/** An event between one of our numbers and a person. */
export type ContactEvent =
  | { kind: 'customer-message'; at: number }
  /** `at`: when it began to ring; `connectedAt`: when we answered, if we did. */
  | { kind: 'customer-call'; at: number; connectedAt?: number | undefined }
  | { kind: 'business-call'; at: number; outcome: 'connected'; connectedAt: number }
  | {
      kind: 'business-call';
      at: number;
      outcome: 'unanswered' | 'rejected' | 'cancelled' | 'failed';
    }
  | { kind: 'template-sent'; at: number }
  | { kind: 'permission-request'; at: number }
  /** Without `expiresAt`, permanent. */
  | { kind: 'permission-granted'; at: number; expiresAt?: number | undefined }
  | { kind: 'permission-declined'; at: number }
  /** Taken away by the provider after unanswered calls, or by the customer. */
  | { kind: 'permission-revoked'; at: number };

/** Sorts history from oldest to newest. */
export function inOrder(history: readonly ContactEvent[]): ContactEvent[] {
  return [...history].sort((a, b) => a.at - b.at);
}

/** The facts as known at `at`, to see what explains a provider's answer. */
export function knownBy(facts: Facts, at: number): Facts {
  return { ...facts, history: facts.history.filter((event) => event.at <= at) };
}

/** When a call of either direction was last answered; undefined if never. */
export function lastConnectedAt(history: readonly ContactEvent[]): number | undefined {
  const times = history.flatMap((event) =>
    (event.kind === 'business-call' && event.outcome === 'connected') ||
    event.kind === 'customer-call'
      ? [event.connectedAt]
      : [],
  );
  return latest(times);
}

/** What one number may do towards one person, as the provider last reported. */
export interface Permission {
  status: 'none' | 'temporary' | 'permanent';
  expiresAt?: number | undefined;
  call: AllowedAction;
  request: AllowedAction;
  checkedAt: number;
}

export interface AllowedAction {
  allowed: boolean;
  limits: readonly {
    /** ISO 8601 duration, e.g. `PT24H`. */
    period: string;
    max: number;
    used: number;
    freeAt?: number | undefined;
  }[];
}

/** When customers can call: Meta's `call_hours`, with times as `HHMM` local to `zone`. */
export interface CallHours {
  /** IANA time zone, e.g. `America/Manaus`. */
  zone: string;
  weekly: readonly { day: Weekday; open: string; close: string }[];
  /** Overrides for single dates. */
  holidays: readonly { date: string; open: string; close: string }[];
  /**
   * What a holiday's times mean. `open`: opening hours of that day, according to Meta's table
   * ("opening and closing times" that override the weekly schedule) and the AWS reference.
   * `closed`: time off, as Meta's sample (1 January, 0000 to 2359) suggests.
   */
  holidaysMean: 'open' | 'closed';
}
