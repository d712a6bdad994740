import { useQuery } from '@tanstack/react-query';
import { fetchFromMain } from '../../lib/ringdesk.ts';
import { useSnapshot } from '../../state/desk.ts';

/** What is allowed towards a number. An answer of the customer's brings a notice, and with it a new look. */
export function usePermission(accountId: string | undefined, to: string | undefined) {
  const answers = useSnapshot(({ notices }) =>
    notices
      .filter(({ code }) => code === 'permission-granted' || code === 'permission-declined')
      .map(({ id, at }) => `${id} ${at}`)
      .join(),
  );
  return useQuery({
    queryKey: ['permission', accountId, to, answers],
    queryFn: () => fetchFromMain('permissions.get', { accountId: accountId ?? '', to: to ?? '' }),
    enabled: accountId !== undefined && to !== undefined,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

export type PermissionLookup = ReturnType<typeof usePermission>;
