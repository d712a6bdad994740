// Calls of three months for Insight, the same in every run.
import { tallyOf } from '../../../../src/shared/insight/tally.ts';

const DAY_MS = 86_400_000;
const countries = ['BR', 'BR', 'BR', 'MX', 'DE', 'ID', undefined];
const ends = ['accepted', 'accepted', 'declined', 'unanswered', undefined];

/** Numbers that look random. */
const mixed = (n, salt) => Math.imul(n ^ (salt * 0x9e37), 0x9e3779b1) >>> 0;
const pick = (list, n) => list[n % list.length];

function call(n, accounts, now) {
  const hour = 8 + (mixed(n, 1) % 11);
  const day = Math.floor(mixed(n, 2) % 90);
  const draw = mixed(n, 3) % 10;
  const isOutbound = n % 4 === 0;
  const isTalk = draw < (hour === 12 ? 4 : 7);
  const outcome = isTalk
    ? 'answered'
    : isOutbound
      ? 'unanswered'
      : draw < 9
        ? 'missed'
        : 'elsewhere';
  const talkSeconds = isTalk ? 20 + (mixed(n, 4) % 500) : undefined;
  return {
    at: Math.floor(now / DAY_MS) * DAY_MS - day * DAY_MS + hour * 3_600_000,
    accountId: pick(accounts, mixed(n, 5)),
    direction: isOutbound ? 'outbound' : 'inbound',
    outcome,
    country: pick(countries, mixed(n, 6)),
    answerSeconds: isTalk && !isOutbound ? 3 + (mixed(n, 7) % 25) : undefined,
    billedSeconds: isTalk && isOutbound ? talkSeconds : undefined,
    billedMicros: undefined,
    disposition: isTalk && n % 3 === 0 ? pick(['Sold', 'Complaint', 'Call again'], n) : undefined,
    mos: isTalk ? 3 + (mixed(n, 8) % 140) / 100 : undefined,
    blame:
      isTalk && n % 6 === 0
        ? pick(['agent', 'customer', 'relay', 'unclear'], mixed(n, 9))
        : undefined,
    parts: isTalk
      ? [
          {
            agent: '',
            talkSeconds,
            holdSeconds: mixed(n, 10) % 40,
            wrapUpSeconds: mixed(n, 11) % 60,
          },
        ]
      : outcome === 'elsewhere'
        ? [{ agent: pick(['Caio Dias', 'Ana Lima'], n) }]
        : [],
    transfers:
      isTalk && n % 9 === 0 ? [{ to: pick(['Caio Dias', 'Billing'], n), end: pick(ends, n) }] : [],
  };
}

/** Answers a view as main does. */
export function insightFigures({ part, range }, accounts, now) {
  const tally = tallyOf(part, range, { teamOf: () => undefined, isFree: () => false });
  for (let n = 0; n < 1800; n++) tally.add(call(n, accounts, now));
  return tally.result();
}
