import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useDebounced } from '../../lib/use-debounced.ts';

/** Shortest text to look up names for. */
const SHORTEST = 2;
const PEOPLE = 6;
const SETTLE_MS = 120;
/** Enough timeline items to include the last call. */
const ITEMS = 30;

/** People whose name or number contains the text. */
export function usePeople(typed: string): readonly ContactRow[] {
  const text = useDebounced(typed.trim(), SETTLE_MS);
  const { data } = useQuery({
    queryKey: ['contacts', 'dialpad', text],
    queryFn: () => fetchFromMain('contacts.list', { text, limit: PEOPLE }),
    enabled: text.length >= SHORTEST && text.length <= 200,
    placeholderData: keepPreviousData,
  });
  return typed.trim().length >= SHORTEST ? (data?.rows ?? []) : [];
}

/** The contact with this number, under any of its spellings; undefined while it loads. */
export function useContact(waId: string | undefined) {
  const { data } = useQuery({
    queryKey: ['contacts', 'person', waId, undefined, 'dialpad'],
    queryFn: () => fetchFromMain('contacts.get', { party: { waId }, limit: ITEMS }),
    enabled: waId !== undefined,
  });
  return data;
}
