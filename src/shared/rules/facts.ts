import type { NumberFact } from './data/number-fact-kinds.ts';
import type { RateCard } from './cost/rate-card.ts';
import type { ProviderId } from './data/providers.ts';
import { latest } from './times.ts';
import type { Weekday } from './zoned-time.ts';

/** All that the rules look at, gathered by the caller. All times are Unix milliseconds. */
export interface Facts {
  provider: ProviderId;
  business: BusinessFacts;
  customer: CustomerFacts;
  /** The provider's last answer, or why there is none: nobody asked yet, or it could not answer. */
  permission: Permission | 'unchecked' | 'unavailable';
  /** What happened between this number and this person, in any order. */
  history: readonly ContactEvent[];
  /** What a call would cost, when a rate card was imported. */
  cost?: CostFacts | undefined;
}

/** One of our numbers, as far as the provider and the workspace's settings tell. */
export interface BusinessFacts {
  /** E.164, with or without `+`. */
  number: string;
  /** What it is called here, e.g. `Support`. */
  label?: string | undefined;
  /** A sandbox or public test number: Meta relaxes its limits. */
  sandbox?: boolean | undefined;
  /** The provider's `calling.status`. */
  callingEnabled?: boolean | undefined;
  /** As the provider words it, e.g. `TIER_1K`. */
  messagingTier?: string | undefined;
  /** The provider's own word on whether this number's country allows calls to customers; wins over our lists. */
  outboundDisabled?: boolean | undefined;
  /** Missing when call hours are off: then the business counts as open all the time. */
  hours?: CallHours | undefined;
  restrictions?: readonly Restriction[] | undefined;
  /** What is wrong with the number or its account. */
  facts?: readonly KnownFact[] | undefined;
  /** Of Meta's Graph API that is spoken here, e.g. `v23.0`. */
  graphVersion?: string | undefined;
  /** What the provider refused lately and nobody has put right since. */
  refusals?: readonly Refusal[] | undefined;
  balance?: Balance | undefined;
  /** Calls going on now. */
  live?: { onNumber: number; onAccount: number } | undefined;
}

interface CustomerFacts {
  /** E.164 or bare digits; missing for people known only by a business-scoped user id. */
  number?: string | undefined;
  /** A call with this person that is going on now, and whose it is. */
  inCallWith?: 'me' | 'colleague' | undefined;
}

export interface Restriction {
  /** The provider's name for it, e.g. `RESTRICTED_BUSINESS_INITIATED_CALLING`. */
  type: string;
  expiresAt?: number | undefined;
}

/** A fact about a number, and since when it is known, Unix ms. */
export interface KnownFact extends NumberFact {
  since: number;
}

export interface Refusal {
  /** The provider's code as text, e.g. `131044`. */
  code: string;
  at: number;
}

/** A prepaid balance and what the workspace needs to keep in it. Decimal text, because 9.98 is not 10. */
interface Balance {
  amount: string;
  minimum: string;
  /** ISO 4217. */
  currency: string;
}

interface CostFacts {
  card: RateCard;
  /** The currency in which the account is billed, ISO 4217. */
  currency: string;
  /** Seconds of answered business-initiated calls so far this calendar month, for the volume tier. */
  monthSeconds: number;
}

/** One thing that happened between a number of ours and a person. */
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

/** History from oldest to newest. */
export function inOrder(history: readonly ContactEvent[]): ContactEvent[] {
  return [...history].sort((a, b) => a.at - b.at);
}

/** The facts as they were known at `at`: to see what explained an answer of the provider. */
export function knownBy(facts: Facts, at: number): Facts {
  return { ...facts, history: facts.history.filter((event) => event.at <= at) };
}

/** When a business call was answered last, or a customer's; undefined if never. */
export function lastConnectedAt(history: readonly ContactEvent[]): number | undefined {
  const times = history.flatMap((event) =>
    (event.kind === 'business-call' && event.outcome === 'connected') ||
    event.kind === 'customer-call'
      ? [event.connectedAt]
      : [],
  );
  return latest(times);
}

/** What may be done towards one person from one number, as the provider said just now. */
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

/** When customers can call us: Meta's `call_hours`, times as `HHMM` on the clock of `zone`. */
export interface CallHours {
  /** IANA time zone, e.g. `America/Manaus`. */
  zone: string;
  weekly: readonly { day: Weekday; open: string; close: string }[];
  /** Override the weekly hours of their date. */
  holidays: readonly { date: string; open: string; close: string }[];
  /**
   * What the times of a holiday are. `open`: the hours of that day, as Meta's table ("opening and closing times" that
   * override the weekly schedule) and the AWS reference say. `closed`: the time off, as Meta's sample (1 January, 0000
   * to 2359) suggests.
   */
  holidaysMean: 'open' | 'closed';
}
