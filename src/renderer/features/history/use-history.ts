import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { HistoryFilter } from '../../../shared/ipc/model.ts';
import { fetchFromMain } from '../../state/requests.ts';

const PAGE = 100;

/** Matching calls, newest first, page by page. */
export function useHistory(filter: HistoryFilter) {
  return useInfiniteQuery({
    queryKey: ['history', 'list', filter],
    queryFn: ({ pageParam }) =>
      fetchFromMain('history.list', { filter, after: pageParam, limit: PAGE }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
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
