import type { InsightPart, InsightRange } from '../../../shared/protocol/insight-question.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { InsightFigures, Preparing, TeamFigures } from '../../../shared/insight/figures.ts';
import { rangeOf, rangeOfDates } from '../../../shared/insight/ranges.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { useNowUntil } from '../../lib/use-now.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { type InsightChoice, useUi } from '../../state/ui.ts';

/** The zone of this computer. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the agent chose, and the range that follows from it; undefined for dates that are none. */
export function useRange(): { choice: InsightChoice; range: InsightRange | undefined } {
  const choice = useUi(({ insight }) => insight);
  const zone = useSnapshot(({ settings }) => settings.insightZone) || systemZone();
  const { span, dates, accountId, team } = choice;
  // The range is that of whole days: it changes at midnight.
  const now = useNowUntil(rangeOf('today', zone, mainNow()).to + 1);
  const days =
    span === 'own' ? rangeOfDates(dates.first, dates.last, zone) : rangeOf(span, zone, now);
  return { choice, range: days && { ...days, zone, accountId, team } };
}

/** How often is asked how far older calls are prepared. */
const PREPARING_MS = 1_000;

/** Asks for the figures of one view, again while they are prepared. */
export const figuresQuery = (part: InsightPart, range: InsightRange, ofTeam: boolean) =>
  queryOptions<InsightFigures | TeamFigures | Preparing>({
    // With the history, so that a call which ends is counted at once.
    queryKey: ['history', 'insight', part, range, ofTeam],
    queryFn: () => fetchFromMain('insight.figures', { part, range, ofTeam }),
    refetchInterval: ({ state: { data } }) => (data?.view === 'preparing' ? PREPARING_MS : false),
    retry: false,
  });

/** The figures of one view. */
export function useFigures(part: InsightPart, range: InsightRange, ofTeam: boolean) {
  return useQuery({
    ...figuresQuery(part, range, ofTeam),
    placeholderData: (before) => (before?.view === part.view ? before : undefined),
  });
}
