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
  const now = mainNow();
  const isEarly = at !== undefined && now < at;
  useEffect(() => {
    if (!isEarly) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    // A snapshot that took long sets the clock back while this waits.
    const wait = () => {
      const waitMs = at - mainNow();
      if (waitMs <= 0) renderAgain();
      else timer = setTimeout(wait, waitMs + 1);
    };
    wait();
    return () => clearTimeout(timer);
  }, [at, isEarly]);
  return now;
}
