import type {
  InsightPart,
  InsightRange,
  WrittenPriceList,
} from '../../shared/protocol/insight-question.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { InsightFigures, Preparing, TeamFigures } from '../../shared/insight/figures.ts';
import { pricesFor } from '../../shared/insight/price-list.ts';
import { defaultPickUpLimits, type PickUpLimits } from '../../shared/insight/pick-up.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { dateMs } from '../../shared/rules/zoned-time.ts';
import type { PickUpFacts } from '../../shared/rules/facts.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { Roster } from '../history/insight/insight.ts';
import { describe, type Log } from '../log.ts';
import { PickUpWatch } from '../numbers/pick-up-watch.ts';
import { notOffered, refuse } from '../refusal.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';

interface InsightPorts {
  history: Pick<HistoryReader, 'insight' | 'preparedInsight'>;
  /** Prepares days of the log in the background. */
  prepare: () => Promise<void>;
  relay: Pick<RelayClient, 'insight'> | undefined;
  /** The rate card that was imported here. */
  prices: () => WrittenPriceList | undefined;
  policy: Policy;
  /** Whom the log means by a name. */
  roster: () => Roster;
  zone: () => string;
  clock: Clock;
  log: Log;
  /** Whether a customer may be called may have another answer. */
  changed: () => void;
}

/** What calls add up to, and what follows for outgoing calls. */
export interface InsightParts {
  own: (part: InsightPart, range: InsightRange) => Promise<InsightFigures | Preparing>;
  ofTeam: (part: InsightPart, range: InsightRange) => Promise<Answered<TeamFigures>>;
  roster: () => Roster;
  limits: PickUpLimits;
  pickUpFacts: (accountId: string) => PickUpFacts | undefined;
  isHeld: (accountId: string) => Promise<boolean>;
  handleEnded: () => void;
  close: () => void;
}

/** For so long, relays of the release before knew calls. */
const WEEK_MS = 7 * 86_400_000;

/** The zone of this computer. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function openInsight(ports: InsightPorts): InsightParts {
  const { history, relay, clock, log, policy, roster } = ports;
  const watch = new PickUpWatch({
    limits: { ...defaultPickUpLimits, ...policy.pickUp },
    zone: ports.zone,
    async read(range) {
      const figures = await history.insight({ view: 'pickUp' }, range, {});
      return figures.view === 'pickUp' ? figures.numbers : [];
    },
    clock,
    changed: ports.changed,
    failed: (error) => log.warn(`insight: the pick-up rate was not read: ${describe(error)}`),
  });
  const askRelay = async (
    part: InsightPart,
    range: InsightRange,
    prices?: WrittenPriceList,
  ): Promise<Answered<TeamFigures>> => {
    if (!relay) return refuse('offline');
    const outcome = await relay.insight(part, range, prices);
    if (outcome === 'older') throw notOffered(t('insight.relayOlder'));
    if (outcome.kind === 'refused') return refuse('relay-refused', outcome.why);
    if (outcome.kind !== 'insight') return refuse('offline');
    const { figures, knownForMs = WEEK_MS } = outcome;
    return { ok: true, value: { ...figures, knownSince: clock.now() - knownForMs } };
  };
  return {
    async own(part, range) {
      const { figures, isPacked } = await history.preparedInsight(part, range, roster());
      if (!isPacked) void ports.prepare();
      return figures;
    },
    async ofTeam(part, range) {
      const counted = await askRelay(part, range);
      const prices = ports.prices();
      if (!prices || !counted.ok || counted.value.view !== 'cost') return counted;
      // A whole rate card is large, and calls go to few countries.
      const countries = new Set(counted.value.rows.map(({ country }) => country));
      return askRelay(part, range, pricesFor(prices, [...countries]));
    },
    roster,
    limits: watch.limits,
    pickUpFacts(accountId) {
      const standing = watch.standingOf(accountId);
      if (!standing || standing.state === 'few' || standing.rate === undefined) return undefined;
      const { warnBelow, holdBelow } = watch.limits;
      const { rate, pickedUp, missed, falls } = standing;
      const fallsAt = falls && falls.limit === holdBelow ? dateMs(falls.date) : undefined;
      return { rate, calls: pickedUp + missed, warnBelow, holdBelow, fallsAt };
    },
    isHeld: (accountId) => watch.isHeld(accountId),
    handleEnded: () => watch.handleEnded(),
    close: () => watch.close(),
  };
}
