import { useEffect, useState } from 'react';

/** Nobody can aim at a moved control faster than this, in ms. */
const SETTLE_MS = 600;

/** True for a moment after `what` changed and controls may have moved. */
export function useSettling(what: string): boolean {
  const [settled, setSettled] = useState(what);
  useEffect(() => {
    if (settled === what) return undefined;
    const timer = setTimeout(() => setSettled(what), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [what, settled]);
  return settled !== what;
}
