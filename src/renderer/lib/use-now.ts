import { useEffect, useState } from 'react';

/**
 * The time of this very drawing, which is renewed every `everyMs` while the component is shown. Not that of the last
 * tick: a countdown that began since would show a second too many.
 */
export function useNow(everyMs = 1000): number {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((ticks) => ticks + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.now();
}
