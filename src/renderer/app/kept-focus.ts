import { useEffect } from 'react';
import { isUsable } from './regions.ts';

/** Those that play among them: pressing Play makes one of its button. */
const FOCUSABLE =
  'a[href], audio[controls], button, input, select, textarea, video[controls], [tabindex]';

/** An element with its ancestors, and the place of each among its siblings. */
interface Trace {
  element: HTMLElement;
  places: readonly { parent: Element; at: number }[];
}

/**
 * When the focused element goes away, or can no longer be used, the focus moves to its neighbour:
 * the next row, the button that took its place. Dialogs and menus come first with their own choice.
 *
 * Of a call's controls none is chosen: a second press would hang up. The calls' pane gets the focus.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let trace: Trace | undefined;
    const remember = ({ target }: FocusEvent) => {
      trace = target instanceof HTMLElement ? traceOf(target) : undefined;
    };
    const restore = () => {
      if (!trace || document.activeElement !== document.body || isUsable(trace.element)) return;
      neighbourOf(trace)?.focus();
    };
    const observer = new MutationObserver(() => {
      if (!trace) return;
      if (isUsable(trace.element)) trace = traceOf(trace.element);
      else requestAnimationFrame(() => requestAnimationFrame(restore));
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['disabled', 'hidden', 'inert'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      // An animation frame that was requested still runs.
      trace = undefined;
    };
  }, []);
}

function traceOf(element: HTMLElement): Trace {
  const places: { parent: Element; at: number }[] = [];
  for (let one: Element = element; one.parentElement; one = one.parentElement)
    places.push({ parent: one.parentElement, at: [...one.parentElement.children].indexOf(one) });
  return { element, places };
}

function neighbourOf({ places }: Trace): HTMLElement | undefined {
  for (const { parent, at } of places) {
    if (!(parent instanceof HTMLElement) || !isUsable(parent) || parent === document.body) continue;
    if (parent.closest('[data-region="calls"]'))
      return parent.closest<HTMLElement>('[tabindex]') ?? undefined;
    const after = [...parent.children].slice(at);
    const before = [...parent.children].slice(0, at).toReversed();
    for (const sibling of [...after, ...before]) {
      const inside = [sibling, ...sibling.querySelectorAll(FOCUSABLE)];
      const found = inside.find(
        (one) => one instanceof HTMLElement && one.matches(FOCUSABLE) && isUsable(one),
      );
      if (found instanceof HTMLElement) return found;
    }
  }
  return document.querySelector('main') ?? undefined;
}
