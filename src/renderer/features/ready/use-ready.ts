import { useQuery } from '@tanstack/react-query';
import { fetchFromMain } from '../../state/requests.ts';

/** Not every moment of a test is worth a word of main, in ms. */
const EVERY_MS = 10_000;

/** What must be right for our numbers, as main last found it. */
export function useReady() {
  return useQuery({
    queryKey: ['ready'],
    queryFn: () => fetchFromMain('ready.get', {}),
    refetchInterval: EVERY_MS,
  });
}
