import { useSyncExternalStore } from 'react';

/** Below this width, a row of names only has room for short ones. */
const NARROW = '(max-width: 480px)';

/** Whether this window is as narrow as a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
