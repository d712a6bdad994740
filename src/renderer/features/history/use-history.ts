import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CallCount, HistoryFilter } from '../../../shared/ipc/history.ts';
import { fetchFromMain } from '../../state/requests.ts';

const PAGE = 100;

/** Matching calls, newest first, page by page. */
export function useHistory(filter: HistoryFilter) {
  return useInfiniteQuery({
    queryKey: ['history', 'list', filter],
    queryFn: async ({ pageParam, signal }) => {
      let page = await fetchFromMain('history.list', { filter, after: pageParam, limit: PAGE });
      // Where few of many calls may match, they are looked for piece by piece, and most pieces have none.
      while (page.rows.length === 0 && page.next !== undefined && !signal.aborted) {
        page = await fetchFromMain('history.list', { filter, after: page.next, limit: PAGE });
      }
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

/**
 * How many calls each filter finds; none until that is known.
 *
 * @param isListed the list is there, which must not wait for them
 */
export function useCounts(
  filters: readonly HistoryFilter[],
  isListed: boolean,
): readonly (CallCount | undefined)[] {
  const query = useQuery({
    queryKey: ['history', 'counts', filters],
    queryFn: () => fetchFromMain('history.counts', { filters: [...filters] }),
    enabled: filters.length > 0 && isListed,
    placeholderData: (before) => (before?.length === filters.length ? before : undefined),
  });
  return query.data ?? [];
}

/** Everything about one call. */
export function useCallDetail(callId: string | undefined) {
  return useQuery({
    queryKey: ['history', 'call', callId],
    queryFn: () => fetchFromMain('history.get', { callId: callId ?? '' }),
    enabled: callId !== undefined,
  });
}

/** Whether any filter is set. */
export function isFiltered(filter: HistoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== '');
}
