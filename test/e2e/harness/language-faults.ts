import type { Page } from '@playwright/test';

/**
 * What is wrong with a page in the pseudo-language: texts and names that come from no catalogue
 * (they have no brackets), texts that are cut off, and controls under others.
 *
 * @param data texts that are not ours, such as names; those with only digits and signs never count
 */
export function languageFaults(page: Page, data: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(findFaults, data);
}

/** Icons that a long text beside them has made smaller; each by its text. */
export function squeezedIcons(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg[width]')]
      .filter((icon) => icon.checkVisibility() && !icon.closest('.visually-hidden'))
      .filter((icon) => {
        const { width } = icon.getBoundingClientRect();
        return width < Number(icon.getAttribute('width')) - 0.5;
      })
      .map((icon) => icon.parentElement?.textContent ?? ''),
  );
}

/** Runs in the page. */
function findFaults(data: readonly string[]): string[] {
  const faults = new Set<string>();
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  /** Without what is in brackets, from the inner ones to the outer. */
  const outside = (text: string): string => {
    const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
    return rest === text ? text : outside(rest);
  };
  /** A name, a date, initials and codes, or nothing but digits and signs. */
  const isData = (text: string) => {
    const rest = outside(text);
    return (
      data.some((one) => rest.includes(one)) || /\b20\d\d\b/.test(rest) || !/\p{Ll}{2}/u.test(rest)
    );
  };
  const isForeign = (element: Element) =>
    element.closest('time, kbd, bdi, code, svg, option') !== null;
  const say = (what: string, element: Element, text: string) =>
    faults.add(
      `${what}: “${text.slice(0, 60)}” in <${element.tagName.toLowerCase()} ${element.className}>`,
    );

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent?.trim() ?? '';
    if (!element || text === '' || !isShown(element) || isForeign(element)) continue;
    if (!isData(text)) say('stray', element, text);
  }
  for (const element of document.querySelectorAll(
    '[aria-label], [title], [placeholder], img[alt]',
  )) {
    if (!isShown(element) || isForeign(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name) ?? '';
      if (text !== '' && !isData(text)) say(`stray ${name}`, element, text);
    }
  }
  // Text that does not fit its box.
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.includes('⟦') === true,
    );
    if (!own || !isShown(element) || element.closest('.visually-hidden')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline') continue;
    const text = element.textContent ?? '';
    const clips = style.overflowX !== 'visible';
    const named = element.closest('[title], [aria-label]') !== null;
    if (
      element.scrollWidth > element.clientWidth + 1 &&
      !(clips && style.textOverflow === 'ellipsis' && named)
    )
      say('cut off', element, text);
    if (
      element.scrollHeight > element.clientHeight + 2 &&
      style.overflowY === 'hidden' &&
      style.getPropertyValue('-webkit-line-clamp') === 'none'
    )
      say('cut off below', element, text);
  }
  // What a question or a form covers cannot be used.
  const question = document.querySelector('[role="alertdialog"], [role="dialog"]');
  // Controls under others, or beside the window.
  for (const control of document.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea',
  )) {
    if (!isShown(control) || control.closest('.visually-hidden, [inert], [aria-hidden="true"]'))
      continue;
    if (question && !question.contains(control)) continue;
    const box = control.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const text = control.getAttribute('aria-label') ?? control.textContent ?? '';
    if (box.width === 0 || y < 0 || y > innerHeight) continue;
    if (box.right > innerWidth + 1 || box.left < -1) {
      if (!scrolls(control)) say('beside the window', control, text);
      continue;
    }
    const there = document.elementFromPoint(x, y);
    const settles = getComputedStyle(control).pointerEvents === 'none';
    if (!there || settles || control.contains(there) || there.contains(control)) continue;
    // In a narrow window the calls lie over the work.
    const calls = there.closest('[data-region="calls"]');
    if (calls && !calls.contains(control)) continue;
    if (!scrolls(control))
      say(`under <${there.tagName.toLowerCase()} ${there.className}>`, control, text);
  }
  if (document.documentElement.scrollWidth > innerWidth)
    faults.add(`the page is ${document.documentElement.scrollWidth - innerWidth} px too wide`);
  return [...faults];

  /** Whether it is out of sight in a part that scrolls. */
  function scrolls(element: HTMLElement): boolean {
    for (let one = element.parentElement; one; one = one.parentElement) {
      const { overflowY, overflowX } = getComputedStyle(one);
      if (!/auto|scroll/.test(`${overflowY} ${overflowX}`)) continue;
      const inner = element.getBoundingClientRect();
      const outer = one.getBoundingClientRect();
      const y = inner.top + inner.height / 2;
      if (
        y < outer.top ||
        y > outer.bottom ||
        inner.right > outer.right + 1 ||
        inner.left < outer.left - 1
      )
        return true;
    }
    return false;
  }
}
