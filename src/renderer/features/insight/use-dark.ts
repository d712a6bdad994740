import { useSyncExternalStore } from 'react';
import { useSnapshot } from '../../state/snapshot-store.ts';

const query = '(prefers-color-scheme: dark)';

/** Whether the page is dark now. */
export function useDark(): boolean {
  const theme = useSnapshot(({ settings }) => settings.theme);
  const system = useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
  return theme === 'system' ? system : theme === 'dark';
}
