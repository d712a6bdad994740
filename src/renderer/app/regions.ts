import { useEffect } from 'react';

/** Parts of the window between which F6 moves: `data-region` on a named landmark. */
const REGION = '[data-region]';
const STOP = 'a[href], button, input, select, textarea, [tabindex]';

/** Where the focus was last in each region. */
const left = new WeakMap<Element, HTMLElement>();

/** The tab stops of a region itself, without those of the regions in it. */
function stopsOf(region: Element): HTMLElement[] {
  return [...region.querySelectorAll<HTMLElement>(STOP)].filter(
    (one) => isUsable(one) && one.tabIndex >= 0 && one.closest(REGION) === region,
  );
}

/** Whether an element can have the focus. */
export function isUsable(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled');
}

/**
 * Moves the focus to the next region, or the one before: to the place it had there, else to what is
 * selected, else to the first stop.
 */
function moveRegion(by: 1 | -1): void {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
  const { activeElement } = document;
  const regions = [...document.querySelectorAll(REGION)].filter(
    (region) => region.contains(activeElement) || stopsOf(region).length > 0,
  );
  const here = activeElement?.closest(REGION);
  const at = here ? regions.indexOf(here) : -1;
  const first = regions.findIndex((region) => region.matches('[data-region="calls"]'));
  const from = at === -1 && first !== -1 ? first - by : at;
  const next = regions[(from + by + regions.length) % regions.length];
  if (next) focusIn(next);
}

function focusIn(region: Element): void {
  const stops = stopsOf(region);
  const before = left.get(region);
  const place =
    (before && stops.includes(before) ? before : undefined) ??
    stops.find((one) => one.matches('[aria-current]')) ??
    stops[0];
  place?.focus();
}

/**
 * F6 and Shift+F6 move between the regions. Before anything has the focus, Tab begins with the
 * current calls.
 */
export function useRegions(): void {
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const region = target instanceof HTMLElement && target.closest(REGION);
      if (region) left.set(region, target);
    };
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'F6') {
        event.preventDefault();
        moveRegion(event.shiftKey ? -1 : 1);
      }
      if (event.key === 'Tab' && !event.shiftKey && document.activeElement === document.body) {
        const calls = document.querySelector('[data-region="calls"]');
        if (!calls || stopsOf(calls).length === 0) return;
        event.preventDefault();
        focusIn(calls);
      }
    };
    document.addEventListener('focusin', remember);
    window.addEventListener('keydown', handleKey);
    return () => {
      document.removeEventListener('focusin', remember);
      window.removeEventListener('keydown', handleKey);
    };
  }, []);
}
