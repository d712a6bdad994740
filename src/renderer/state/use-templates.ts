import { useQuery } from '@tanstack/react-query';
import { fetchFromMain } from './requests.ts';

/** A number's approved templates; fetched only while `wanted`. */
export function useTemplates(accountId: string, wanted: boolean) {
  return useQuery({
    queryKey: ['templates', accountId],
    queryFn: () => fetchFromMain('messages.templates', { accountId }),
    enabled: wanted,
    staleTime: 300_000,
    retry: false,
  });
}
