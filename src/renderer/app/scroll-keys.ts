import { useEffect } from 'react';

/** How far each key scrolls, in heights of what is visible. */
const FAR: Readonly<Record<string, number>> = {
  Home: -Infinity,
  End: Infinity,
  PageUp: -0.9,
  PageDown: 0.9,
};
/** These have their own use for the keys. */
const TAKES = 'input, select, textarea, [role="dialog"], [role="alertdialog"], [role="menu"]';

/**
 * Home, End and the page keys scroll the view's list, wherever in the view the focus is. The browser alone scrolls only
 * what is around the focus.
 */
export function useScrollKeys(): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const far = FAR[event.key];
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (far === undefined || modified || event.defaultPrevented) return;
      const list = listFor(document.activeElement);
      if (!list) return;
      event.preventDefault();
      const by = far * list.clientHeight;
      list.scrollTop = Math.max(0, Math.min(list.scrollTop + by, list.scrollHeight));
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);
}

/** The first of the view's parts that scrolls, unless the browser scrolls what is around the focus. */
function listFor(focused: Element | null): Element | undefined {
  const view = document.querySelector('main');
  const isHere = focused === null || focused === document.body || view?.contains(focused) === true;
  if (!view || !isHere || focused?.closest(TAKES)) return undefined;
  for (let one = focused; one && one !== document.body; one = one.parentElement) {
    if (isScrolling(one)) return undefined;
  }
  return [...view.querySelectorAll('*')].find(isScrolling);
}

function isScrolling(element: Element): boolean {
  if (element.scrollHeight <= element.clientHeight) return false;
  return /auto|scroll/.test(getComputedStyle(element).overflowY);
}
