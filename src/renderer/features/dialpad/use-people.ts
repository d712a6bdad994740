import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { HistoryRow } from '../../../shared/ipc/history.ts';
import { personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useDebounced } from '../../lib/use-debounced.ts';

/** Shortest text to look up names for. */
const SHORTEST = 2;
const PEOPLE = 6;
const CALLS = 4;
const SETTLE_MS = 120;
/** Enough timeline items to include the last call. */
const ITEMS = 30;

/** Whom the typed text may mean: a person, or the other side of a call in which something was noted. */
export type Suggestion =
  | { kind: 'person'; party: Party }
  | { kind: 'call'; party: Party; call: HistoryRow };

/** People whose name or number contains the text, then calls in whose notes it is. */
export function useSuggestions(typed: string): readonly Suggestion[] {
  const text = useDebounced(typed.trim(), SETTLE_MS);
  const enabled = text.length >= SHORTEST && text.length <= 200;
  const people = useQuery({
    queryKey: ['contacts', 'dialpad', text],
    queryFn: () => fetchFromMain('contacts.list', { text, limit: PEOPLE }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const calls = useQuery({
    queryKey: ['history', 'dialpad', text],
    queryFn: () => fetchFromMain('history.list', { filter: { text }, limit: CALLS }),
    enabled,
    placeholderData: keepPreviousData,
  });
  if (typed.trim().length < SHORTEST) return [];
  const found = people.data?.rows ?? [];
  const known = new Set(found.map(({ party }) => personKey(party)));
  const others = (calls.data?.rows ?? []).filter(({ party }) => !known.has(personKey(party)));
  return [
    ...found.map(({ party }) => ({ kind: 'person' as const, party })),
    ...others.map((call) => ({ kind: 'call' as const, party: call.party, call })),
  ];
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
