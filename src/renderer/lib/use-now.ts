import { useEffect, useReducer, useState } from 'react';
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

/** The time of this render. The component renders again when main's clock has passed `at`; nothing runs until then. */
export function useNowUntil(at: number | undefined): number {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const waitMs = at === undefined ? -1 : at - mainNow();
    if (waitMs < 0) return undefined;
    const timer = setTimeout(renderAgain, waitMs + 1);
    return () => clearTimeout(timer);
  }, [at]);
  return mainNow();
}
