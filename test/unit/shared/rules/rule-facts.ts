import * as fc from 'fast-check';
import { vi } from 'vitest';
import type { Permission } from '../../../../src/shared/rules/facts.ts';
import { providerIds } from '../../../../src/shared/rules/data/providers.ts';
import type { ContactEvent, Facts } from '../../../../src/shared/rules/facts.ts';

// Hundreds of random histories take a moment on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When the tests begin: Sunday 1 November 2026, 12:00 UTC. */
export const START = Date.UTC(2026, 10, 1, 12);

/** A Brazilian business and a Mexican customer, with nothing to prevent a call. */
export function facts(changes: Partial<Facts> = {}): Facts {
  return {
    provider: 'meta',
    business: { number: '+5511987654321' },
    customer: { number: '525512345678' },
    permission: answer(),
    history: [],
    ...changes,
  };
}

/** A provider's answer that allows everything and reports no limits. */
export function answer(changes: Partial<Permission> = {}): Permission {
  return {
    status: 'permanent',
    call: { allowed: true, limits: [] },
    request: { allowed: true, limits: [] },
    checkedAt: START,
    ...changes,
  };
}

const minutes = (min: number, max: number) =>
  fc.integer({ min, max }).map((count) => count * MINUTE);

/** A moment within ten days around the start. */
export const anyTime = minutes(-10 * 1440, 10 * 1440).map((ms) => START + ms);

const anyEvent: fc.Arbitrary<ContactEvent> = fc.oneof(
  anyTime.map((at) => ({ kind: 'customer-message', at }) as const),
  fc.record({ at: anyTime, waits: fc.option(minutes(0, 1), { nil: undefined }) }).map(
    ({ at, waits }) =>
      ({
        kind: 'customer-call',
        at,
        connectedAt: waits === undefined ? undefined : at + waits,
      }) as const,
  ),
  fc
    .record({ at: anyTime, waits: minutes(0, 1) })
    .map(
      ({ at, waits }) =>
        ({ kind: 'business-call', at, outcome: 'connected', connectedAt: at + waits }) as const,
    ),
  fc
    .record({
      at: anyTime,
      outcome: fc.constantFrom('unanswered', 'rejected', 'cancelled', 'failed'),
    })
    .map((rest) => ({ kind: 'business-call', ...rest }) as const),
  fc.record({
    at: anyTime,
    kind: fc.constantFrom(
      'template-sent',
      'permission-request',
      'permission-declined',
      'permission-revoked',
    ),
  }),
  fc.record({ at: anyTime, lasts: fc.option(minutes(1, 10_080), { nil: undefined }) }).map(
    ({ at, lasts }) =>
      ({
        kind: 'permission-granted',
        at,
        expiresAt: lasts === undefined ? undefined : at + lasts,
      }) as const,
  ),
);

export const anyHistory = fc.array(anyEvent, { maxLength: 12 });

const anyAction = fc.record({
  allowed: fc.boolean(),
  limits: fc.array(
    fc.record({
      period: fc.constantFrom('PT24H', 'P7D', 'PT1H', 'whatever'),
      max: fc.integer({ min: 0, max: 5 }),
      used: fc.integer({ min: 0, max: 6 }),
      freeAt: fc.option(anyTime, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
});

const anyAnswer: fc.Arbitrary<Permission> = fc.record({
  status: fc.constantFrom('none', 'temporary', 'permanent'),
  expiresAt: fc.option(anyTime, { nil: undefined }),
  call: anyAction,
  request: anyAction,
  checkedAt: anyTime,
});

const anyHours = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/Manaus', 'Asia/Kolkata', 'nowhere'),
  weekly: fc.array(
    fc.record({
      day: fc.constantFrom('MONDAY', 'WEDNESDAY', 'SATURDAY', 'SUNDAY'),
      open: fc.constantFrom('0000', '0200', '0230', '0900', '1300'),
      close: fc.constantFrom('0300', '1230', '1700', '2359'),
    }),
    { maxLength: 5 },
  ),
  holidays: fc.array(
    fc.record({
      date: fc.constantFrom('2026-10-25', '2026-11-01', '2026-11-02', '2026-11-14', '2027-02-03'),
      open: fc.constantFrom('0000', '1000'),
      close: fc.constantFrom('1200', '2359'),
    }),
    { maxLength: 3 },
  ),
  holidaysMean: fc.constantFrom('open', 'closed'),
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Any facts that may be known about a contact. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  provider: fc.constantFrom(...providerIds),
  business: fc.record({
    number: fc.constantFrom('+5511987654321', '+14155552671', '905321234567', '79781234567', '0'),
    sandbox: maybe(fc.boolean()),
    callingEnabled: maybe(fc.boolean()),
    messagingTier: maybe(fc.constantFrom('TIER_250', 'TIER_1K', 'TIER_2K', 'TIER_UNLIMITED', '?')),
    outboundDisabled: maybe(fc.boolean()),
    hours: maybe(anyHours),
    restrictions: maybe(
      fc.array(
        fc.record({
          type: fc.constantFrom('RESTRICTED_BUSINESS_INITIATED_CALLING', 'SOMETHING_NEW'),
          expiresAt: maybe(anyTime),
        }),
        { maxLength: 2 },
      ),
    ),
    refusals: maybe(
      fc.array(
        fc.record({ code: fc.constantFrom('131044', '138014', '138015', '1'), at: anyTime }),
        { maxLength: 2 },
      ),
    ),
    balance: maybe(
      fc.record({
        amount: fc.constantFrom('9.98', '10', '10.005', '-1', 'ten'),
        minimum: fc.constantFrom('10', '10.00'),
        currency: fc.constant('USD'),
      }),
    ),
  }),
  customer: fc.record({
    number: maybe(fc.constantFrom('525512345678', '971501234567', '5351234567', '380621234567')),
    inCallWith: maybe(fc.constantFrom('me', 'colleague')),
  }),
  permission: fc.oneof(
    anyAnswer,
    fc.constant('unchecked' as const),
    fc.constant('unavailable' as const),
  ),
  history: anyHistory,
});
