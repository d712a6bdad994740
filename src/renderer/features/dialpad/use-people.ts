import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useDebounced } from '../../lib/use-debounced.ts';

/** Names are looked up from so many letters on. */
const SHORTEST = 2;
const PEOPLE = 6;
const SETTLE_MS = 120;
/** Enough of a person's timeline to hold the last call. */
const ITEMS = 30;

/** The people whose name or number holds what is typed. */
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

/** What is known of a number, under whichever of its spellings; undefined while it is looked up. */
export function useContact(waId: string | undefined) {
  const { data } = useQuery({
    queryKey: ['contacts', 'person', waId, undefined, 'dialpad'],
    queryFn: () => fetchFromMain('contacts.get', { party: { waId }, limit: ITEMS }),
    enabled: waId !== undefined,
  });
  return data;
}
