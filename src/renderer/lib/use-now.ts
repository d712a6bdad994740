import { useEffect, useState } from 'react';
import { mainNow } from './main-clock.ts';

/** The current time, updated every `everyMs` while the component is mounted. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(mainNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(mainNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
