import { type RefObject, useEffect } from 'react';
import { request } from '../state/requests.ts';

/**
 * Tells main where the calls are, so that the ring window never lies over them.
 *
 * @param isOpen whether any are shown
 */
export function useCallsArea(pane: RefObject<HTMLElement | null>, isOpen: boolean): void {
  useEffect(() => {
    const { current } = pane;
    if (!current || !isOpen) return undefined;
    let said = '';
    const say = () => {
      const { x, y, width, height } = current.getBoundingClientRect();
      const area = { x, y, width, height };
      const now = JSON.stringify(area);
      if (now === said) return;
      said = now;
      void request('window.calls-area', { area });
    };
    say();
    const observer = new ResizeObserver(say);
    observer.observe(current);
    // It also moves with what is around it, such as a bar above the work.
    observer.observe(document.body);
    window.addEventListener('resize', say);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', say);
    };
  }, [pane, isOpen]);
}
