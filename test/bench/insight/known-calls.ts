import { blames } from '../../../src/shared/protocol/insight-question.ts';
import type { Call } from '../../../src/shared/call/model.ts';
import type { Ended } from '../../../src/shared/call/phases.ts';
import { endedCall, endedRelayedCall } from '../../helpers/calls.ts';
import { mixed, pick, type Sample } from '../log/sample-log.ts';

/** Calls of a year of which each fact is known, however many they are. */
const BEGAN = Date.UTC(2025, 0, 1);
const YEAR_MS = 365 * 86_400_000;

const NUMBERS = ['sales', 'support', 'billing', 'returns', 'vip'] as const;
const CUSTOMERS = [
  ['BR', '5511987654321'],
  ['DE', '4915112345678'],
  ['IN', '919876543210'],
  ['ID', '6281234567890'],
  ['US', '12025550143'],
] as const;
const OUTCOMES = ['Sold', 'Complaint', 'Call again'] as const;
const TEAMMATES = ['Bea Rocha', 'Caio Dias'] as const;

/** Clocks change here; a call just before and one at the change, in Berlin and in New York. */
const CHANGES = [
  Date.UTC(2025, 2, 9, 7),
  Date.UTC(2025, 2, 30, 1),
  Date.UTC(2025, 9, 26, 0),
  Date.UTC(2025, 9, 26, 1),
  Date.UTC(2025, 10, 2, 6),
];

/** What is known of a call. Lengths are whole seconds. */
export interface Known {
  n: number;
  at: number;
  number: string;
  country: string;
  direction: 'inbound' | 'outbound';
  /** `elsewhere`: by this teammate. */
  result: 'answered' | 'missed' | 'elsewhere' | 'unanswered';
  by?: string | undefined;
  answer?: number | undefined;
  talk?: number | undefined;
  hold?: number | undefined;
  wrapUp?: number | undefined;
  outcome?: string | undefined;
  /** Hundredths. */
  mos?: number | undefined;
  blame?: (typeof blames)[number] | undefined;
  transfer?: { to: string; end: 'accepted' | 'declined' } | undefined;
  /** Millionths of a dollar. */
  billed?: number | undefined;
}

/** Call `n` of `count`. */
export function known(n: number, count: number): Known {
  const change = n % 997 < CHANGES.length * 2 ? n % 997 : -1;
  const spread = BEGAN + Math.floor((n * YEAR_MS) / count);
  const at =
    change < 0
      ? // Every other millisecond, so that none meets those at a change.
        spread - (spread % 2)
      : (CHANGES[change >> 1] ?? 0) + (change % 2 === 0 ? 1 : -1) * (2 * Math.floor(n / 997) + 1);
  const direction = n % 4 === 0 ? 'outbound' : 'inbound';
  const draw = mixed(n, 2) % 10;
  const isTalk = draw < 6;
  const result = isTalk
    ? 'answered'
    : direction === 'outbound'
      ? 'unanswered'
      : draw < 8
        ? 'missed'
        : 'elsewhere';
  const isRelayed = isTalk && n % 3 === 0;
  return {
    n,
    at,
    number: pick(NUMBERS, mixed(n, 7)),
    country: pick(CUSTOMERS, mixed(n, 8))[0],
    direction,
    result,
    ...(result === 'elsewhere' && { by: pick(TEAMMATES, n) }),
    ...(isTalk && {
      ...(direction === 'inbound' && { answer: 2 + (mixed(n, 3) % 28) }),
      talk: 5 + (mixed(n, 4) % 600),
      ...(isRelayed && { hold: mixed(n, 5) % 60 }),
      ...(n % 2 === 0 && { wrapUp: mixed(n, 6) % 45 }),
      ...(n % 5 === 0 && { outcome: pick(OUTCOMES, mixed(n, 9)) }),
      mos: 100 + (mixed(n, 10) % 350),
      ...(n % 7 === 0 && { blame: pick(blames, mixed(n, 11)) }),
      ...(isRelayed &&
        n % 11 === 0 && {
          transfer: { to: pick(TEAMMATES, mixed(n, 12)), end: pick(['accepted', 'declined'], n) },
        }),
      ...(direction === 'outbound' && n % 8 === 0 && { billed: mixed(n, 13) % 5_000_000 }),
    }),
  };
}

/** The same as the log stores it. */
export function knownSample(n: number, count: number): Sample {
  const one = known(n, count);
  const { at, direction, result, answer = 7, talk, hold = 0, transfer, billed } = one;
  const connectedAt = talk === undefined ? undefined : at + answer * 1000;
  const endedAt =
    connectedAt === undefined ? at + 30_000 : connectedAt + ((talk ?? 0) + hold) * 1000;
  const [, waId] = CUSTOMERS.find(([country]) => country === one.country) ?? CUSTOMERS[0];
  const facts = {
    id: `known-${n}`,
    accountId: one.number,
    direction,
    party: { waId, name: `Customer ${n % 1000}` },
    providerCallId: `wacid.known.${n}`,
    createdAt: at,
    connectedAt,
    ...(billed !== undefined && {
      bill: { meta: (billed / 1e6).toFixed(6), billable: '0.01', total: '9' },
    }),
  };
  const reason =
    result === 'elsewhere'
      ? ({ kind: 'answered-elsewhere', by: one.by ?? '' } as const)
      : result === 'missed'
        ? ({ kind: 'caller-gone' } as const)
        : result === 'unanswered'
          ? ({ kind: 'unanswered' } as const)
          : transfer?.end === 'accepted'
            ? ({ kind: 'transferred', to: transfer.to } as const)
            : ({ kind: 'customer-hung-up' } as const);
  const phase: Ended = { name: 'ended', at: endedAt, reason };
  const isRelayed = one.hold !== undefined;
  const call: Call & { phase: Ended } = isRelayed
    ? {
        ...endedRelayedCall(n, {
          ...facts,
          // Held after the first second.
          talkIntervals: [
            { from: connectedAt ?? at, to: (connectedAt ?? at) + 1000 },
            { from: (connectedAt ?? at) + (1 + hold) * 1000, to: endedAt },
          ],
          ...(transfer && { transfers: [{ at: endedAt, ...transfer }] }),
        }),
        phase,
      }
    : {
        ...endedCall(n, {
          ...facts,
          ...(connectedAt !== undefined && {
            billed: { startedAt: connectedAt, durationSeconds: talk },
          }),
        }),
        phase,
      };
  return {
    call,
    ...(one.mos !== undefined && {
      quality: {
        packetsReceived: 1000,
        packetsLost: 1,
        packetsSent: 1000,
        mos: one.mos / 100,
        blame: one.blame,
      },
    }),
    ...(one.outcome !== undefined && { note: { text: '', disposition: one.outcome } }),
    wrapUpSeconds: one.wrapUp,
  };
}
