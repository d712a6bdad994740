import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchFromMain } from '../../state/requests.ts';
import { type Waiting, waitingOf } from './reasons.ts';

/** Which of those who wait are shown; `later`: who is to be called later, or is snoozed. */
export type TodoFilter = 'all' | 'mine' | 'free' | 'later';

/** Those who wait, the longest waiting first, by filter. */
export function useTodo(now: number, self: string | undefined) {
  const query = useQuery({
    queryKey: ['todo', 'list'],
    queryFn: () => fetchFromMain('todo.list', {}),
  });
  const lists = useMemo(() => {
    const waiting = (query.data ?? [])
      .flatMap((row) => waitingOf(row, now) ?? [])
      .toSorted((a, b) => a.from - b.from);
    const all = waiting.filter(({ from }) => from <= now);
    const lists: Record<TodoFilter, readonly Waiting[]> = {
      all,
      mine: all.filter(({ owner }) => owner?.id === self),
      free: all.filter(({ owner }) => owner === undefined),
      later: waiting.filter(({ from }) => from > now),
    };
    return lists;
  }, [query.data, now, self]);
  return { lists, query };
}
