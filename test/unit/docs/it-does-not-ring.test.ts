import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkIds } from '../../../src/shared/checks/ids.ts';
import { t } from '../../../src/shared/i18n/i18n.ts';

const page = readFileSync('docs/guide/it-does-not-ring.md', 'utf8');

it.each(checkIds)('the page “It does not ring” leads to the check %s by its name', (id) => {
  const [, name] = new RegExp(`<a id="${id}"></a>\\*\\*(.+?)\\*\\*`).exec(page) ?? [];
  expect(name?.replaceAll("'", '’')).toBe(t(`checks.names.${id}`));
});
