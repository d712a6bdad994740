import { useEffect, useState } from 'react';
import { mainNow } from './main-clock.ts';

/** The current time, renewed on every tick of `everyMs` while the component is shown. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(mainNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(mainNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
