import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong with what a window shows, in light and in dark. */
export async function axeProblems(window: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await problems(window, [])).map((problem) => `${colorScheme}, ${problem}`));
  }
  return found;
}

/** What axe finds wrong apart from colours, which no language changes. */
export function axeProblemsOfTexts(window: Page): Promise<readonly string[]> {
  return problems(window, ['color-contrast']);
}

async function problems(window: Page, without: string[]): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: window })
    // Electron has no second page to run the rules in.
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .disableRules(without)
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
