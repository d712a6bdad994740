import { expect, test } from 'vitest';
import { readCsv } from '../../../../../src/shared/lib/csv.ts';
import { type Table, tableCsv } from '../../../../../src/renderer/features/insight/table.ts';

const table: Table = {
  columns: ['Number; "ours"', 'Calls', 'Minutes', 'Standing'],
  rows: [
    {
      name: '=HYPERLINK("http://evil")',
      cells: [{ text: '1,234', value: 1_234 }, { text: '2.5', value: 2.54321 }, { text: '+good' }],
    },
    { name: 'Vip', cells: [{ text: '0', value: 0 }, { text: '–', value: '' }, { text: 'low' }] },
  ],
};

test.each([
  ['comma', ',', '2.543'],
  ['semicolon', ';', '2,543'],
  ['tab', '\t', '2.543'],
] as const)('a saved table is read back as it is separated: %s', (by, separator, minutes) => {
  const read = readCsv(tableCsv(table, by), separator);
  expect(read.ok && read.value.map(({ fields }) => fields)).toEqual([
    [...table.columns],
    // No spreadsheet reads a name as a formula.
    [`'=HYPERLINK("http://evil")`, '1234', minutes, `'+good`],
    ['Vip', '0', '', 'low'],
  ]);
});
