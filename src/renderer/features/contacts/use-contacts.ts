import { useInfiniteQuery } from '@tanstack/react-query';
import type { Party } from '../../../shared/providers/events.ts';
import { fetchFromMain } from '../../state/requests.ts';

const PAGE = 100;
const ITEMS = 60;

/** Matching people, page by page. */
export function useContacts(text: string) {
  return useInfiniteQuery({
    queryKey: ['contacts', 'list', text],
    queryFn: ({ pageParam }) =>
      fetchFromMain('contacts.list', { text, after: pageParam, limit: PAGE }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

/** One person's timeline, newest first. */
export function useContact({ waId, userId }: Party) {
  return useInfiniteQuery({
    queryKey: ['contacts', 'person', waId, userId],
    queryFn: ({ pageParam }) =>
      fetchFromMain('contacts.get', { party: { waId, userId }, before: pageParam, limit: ITEMS }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
}
