import { times, zero, type Decimal } from '../decimal.ts';
import { minutesOf, PULSE_MS, pulsesOf } from './pulses.ts';
import { priceOf, rateOf, type NoRate, type Rate, type RateCard, type Route } from './rate-card.ts';

/** The price of a call, or why it is unknown. */
export type Cost =
  | {
      ok: true;
      pulses: number;
      amount: Decimal;
      /** The price if the provider bills whole minutes. */
      byMinute: Decimal;
      currency: string;
      rate: Rate;
    }
  | { ok: false; pulses: number; error: NoRate };

/**
 * The price of a business-initiated call with this much talk (ms). An estimate: only the bill
 * binds.
 */
export function estimate(card: RateCard, route: Route, talkMs: number): Cost {
  const pulses = pulsesOf(talkMs);
  const found = rateOf(card, route, pulses);
  if (!found.ok) return { ok: false, pulses, error: found.error };
  const { value: rate } = found;
  return {
    ok: true,
    pulses,
    amount: priceOf(rate, pulses),
    byMinute: times(rate.perMinute, minutesOf(talkMs)),
    currency: rate.currency,
    rate,
  };
}

/** A call as the meter sees it. Times are Unix ms. */
export interface MeteredCall {
  direction: 'inbound' | 'outbound';
  /**
   * When the customer answered: the provider's `ACCEPTED` or `start_time`, never its media answer
   * (docs/providers/meta.md#business-initiated-connect).
   */
  answeredAt?: number | undefined;
  endedAt?: number | undefined;
}

export type Meter =
  /** Inbound calls cost nothing, nor do unanswered ones. */
  | { state: 'free'; why: 'customer-called' | 'not-answered'; amount: Decimal }
  | { state: 'running'; cost: Cost; nextPulseAt: number }
  | { state: 'ended'; cost: Cost };

/** The running meter of a call at `now` (Unix ms). It stays at zero until the call is answered. */
export function meter(
  card: RateCard,
  route: Omit<Route, 'at'>,
  call: MeteredCall,
  now: number,
): Meter {
  if (call.direction === 'inbound') return { state: 'free', why: 'customer-called', amount: zero };
  const { answeredAt, endedAt } = call;
  if (answeredAt === undefined) return { state: 'free', why: 'not-answered', amount: zero };
  const until = Math.min(endedAt ?? now, now);
  const cost = estimate(card, { ...route, at: answeredAt }, until - answeredAt);
  return endedAt !== undefined && now >= endedAt
    ? { state: 'ended', cost }
    : { state: 'running', cost, nextPulseAt: answeredAt + cost.pulses * PULSE_MS + 1 };
}
