import type { CallOfferEnd } from './call-offer-end.ts';

/** Whose network broke up the sound. */
export const blames = ['agent', 'customer', 'relay', 'unclear'] as const;
export type Blame = (typeof blames)[number];

/** What happened to a call, as far as figures tell it apart. */
export const kinds = ['pickedUp', 'missed', 'reached', 'notReached', 'unknown'] as const;
export type Kind = (typeof kinds)[number];

/** What calls can be divided by. */
export const dimensions = ['number', 'agent', 'team', 'outcome', 'disposition', 'country'] as const;
export type Dimension = (typeof dimensions)[number];

/** What is measured of a call. */
export const measures = ['answer', 'talk', 'hold', 'wrapUp'] as const;
export type Measure = (typeof measures)[number];

/** Which calls are counted. */
export interface InsightRange {
  /** Unix ms, both inclusive. */
  from: number;
  to: number;
  /** IANA name; days and hours are its own. */
  zone: string;
  accountId?: string | undefined;
  /** Calls that somebody of this team had. */
  team?: string | undefined;
}

/** The calls behind one figure. Fields that are missing exclude nothing. */
export interface InsightSlice extends InsightRange {
  direction?: 'inbound' | 'outbound' | undefined;
  kind?: Kind | undefined;
  /** 0 is Monday. */
  weekday?: number | undefined;
  hour?: number | undefined;
  /** A local date, `YYYY-MM-DD`. */
  date?: string | undefined;
  by?: { dimension: Dimension; key: string } | undefined;
  /** Calls that have such a length. */
  measure?: Measure | undefined;
  /** `good`: measured, and nobody is to blame. */
  quality?: Blame | 'good' | undefined;
  transfer?: { to: string; end?: CallOfferEnd | undefined } | undefined;
  /** Calls of ours that the provider may bill. */
  isBilled?: true | undefined;
}

/** What a view asks for. */
export type InsightPart =
  | { view: 'hours' | 'pickUp' | 'cost' | 'quality' | 'transfers' }
  | { view: 'breakdown'; dimension: Dimension };

/** A rate card as it is stored and sent: its CSV, and the currency (ISO 4217) to count in. */
export interface WrittenPriceList {
  csv: string;
  currency: string;
}
