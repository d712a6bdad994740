import type { Page } from '@playwright/test';

/** A line of an aria snapshot: `- button "Save" [disabled]: text`, in quotes where a name has a colon. */
const LINE =
  /^(?<indent>\s*)- '?(?<role>[a-z]+)(?: (?<name>"(?:[^"\\]|\\.)*"))?(?<state>(?: \[[^\]]+\])*)/;

/**
 * The roles and states of a page in their order, as a screen reader finds them: the same in every
 * language. With `names`, those of controls and landmarks, too, but not of rows, whose times change.
 */
export async function ariaStructure(window: Page, { names = false } = {}): Promise<string> {
  const snapshot = await window.locator('body').ariaSnapshot();
  const lines: string[] = [];
  let row = Number.POSITIVE_INFINITY;
  for (const text of snapshot.split('\n')) {
    const { indent = '', role, name = '', state = '' } = LINE.exec(text)?.groups ?? {};
    if (role === undefined || isProse(role)) continue;
    if (indent.length <= row) row = role === 'listitem' ? indent.length : Number.POSITIVE_INFINITY;
    const shown = names && row === Number.POSITIVE_INFINITY ? ` ${name}` : '';
    lines.push(`${indent}${role}${withoutNumbers(shown.trimEnd())}${state}`);
  }
  return `${lines.join('\n')}\n`;
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(2026, month).toLocaleDateString('en', { month: 'short' }),
).join('|');
const DATE = new RegExp(`\\b(?:${MONTHS}) \\d+`, 'g');

const withoutNumbers = (text: string): string =>
  text.replaceAll(DATE, 'date').replaceAll(/\d+/g, '#');

/** Text and its parts, whose number depends on the words. */
const isProse = (role: string): boolean =>
  ['text', 'paragraph', 'strong', 'emphasis', 'time', 'status', 'timer', 'code'].includes(role);
