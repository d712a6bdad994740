import { useQuery } from '@tanstack/react-query';
import { fetchFromMain } from '../../state/requests.ts';

/** What must be right for our numbers, as main last found it. */
export function useReady() {
  return useQuery({ queryKey: ['ready'], queryFn: () => fetchFromMain('ready.get', {}) });
}
