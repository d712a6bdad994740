import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Nobody can aim at a moved control faster than this, in ms. */
const SETTLE_MS = 600;

/** True for a moment after `what` changed and controls may have come or moved. */
export function useSettling(what: string): boolean {
  const [settled, setSettled] = useState(what);
  useEffect(() => {
    if (settled === what) return undefined;
    const timer = setTimeout(() => setSettled(what), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [what, settled]);
  return settled !== what;
}

/** True for a moment after something that came or went above an element has moved it. */
export function useShifting(element: RefObject<HTMLElement | null>): boolean {
  const [tops, setTops] = useState<{ now: number; settled: number }>();
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => {
      const now = Math.round(current.getBoundingClientRect().top);
      setTops((before) => (before?.now === now ? before : { settled: now, ...before, now }));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  const isShifted = tops !== undefined && tops.now !== tops.settled;
  useEffect(() => {
    if (!isShifted) return undefined;
    const timer = setTimeout(() => setTops({ now: tops.now, settled: tops.now }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isShifted, tops?.now]);
  return isShifted;
}
