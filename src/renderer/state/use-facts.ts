import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ContactFacts } from '../../shared/ipc/contacts.ts';
import type { Party } from '../../shared/providers/events.ts';
import { parseRateCard } from '../../shared/rules/cost/rate-card-csv.ts';
import type { RateCard } from '../../shared/rules/cost/rate-card.ts';
import type { Facts } from '../../shared/rules/facts.ts';
import { fetchFromMain } from './requests.ts';
import { useSnapshot } from './snapshot-store.ts';

/**
 * The facts that the calling rules need for one of our numbers and one person, and how to reload
 * them. `fresh`: asks the provider whether the person may be called.
 */
export function useFacts(
  accountId: string | undefined,
  party: Party | undefined,
  { fresh = true } = {},
) {
  const { waId, userId } = party ?? {};
  const isKnown = accountId !== undefined && (waId !== undefined || userId !== undefined);
  // A call that starts or ends changes what is allowed.
  const calls = useSnapshot(({ calls }) =>
    calls.map(({ id, phase }) => `${id} ${phase.name}`).join(),
  );
  const query = useQuery({
    queryKey: factsKey(accountId, party, `${fresh ? 'fresh' : 'known'} ${calls}`),
    queryFn: () =>
      fetchFromMain('contacts.facts', {
        accountId: accountId ?? '',
        party: { waId, userId },
        fresh,
      }),
    enabled: isKnown,
    // While new facts load after a call, keep showing the same person's old ones.
    placeholderData: (before, query) =>
      query && isAbout(query.queryKey, accountId, party) ? before : undefined,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  const { data } = query;
  const card = useRateCard(data?.cost?.card);
  const facts = useMemo(() => data && withCard(data, card), [data, card]);
  return { facts, error: query.error, isFetching: query.isFetching, refetch: query.refetch };
}

export type FactsLookup = ReturnType<typeof useFacts>;

/** Parses the imported rate card; parses again only if the file changed. */
export function useRateCard(csv: string | undefined): RateCard | undefined {
  return useMemo(() => {
    if (csv === undefined) return undefined;
    const read = parseRateCard(csv);
    return read.ok ? read.value : undefined;
  }, [csv]);
}

function withCard({ cost, ...facts }: ContactFacts, card: RateCard | undefined): Facts {
  if (!cost || !card) return facts;
  const { currency, monthSeconds } = cost;
  return { ...facts, cost: { card, currency, monthSeconds } };
}

function factsKey(
  accountId: string | undefined,
  { waId, userId }: Pick<Party, 'waId' | 'userId'> = {},
  calls = '',
) {
  return ['contacts', 'facts', accountId, waId, userId, calls] as const;
}

function isAbout(
  queryKey: ReturnType<typeof factsKey>,
  accountId: string | undefined,
  party: Party | undefined,
): boolean {
  return factsKey(accountId, party)
    .slice(0, -1)
    .every((part, at) => part === queryKey[at]);
}
