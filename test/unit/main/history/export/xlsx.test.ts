import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns } from '../../../../../src/main/history/export/columns.ts';
import { textCell, workbookParts } from '../../../../../src/main/history/export/xlsx.ts';

/** The sheets of a workbook, each with the pages that are on it. */
async function sheetsOf(counts: readonly number[]): Promise<string[][]> {
  async function* pages() {
    for (const [n, count] of counts.entries()) yield { rows: `page ${n}`, count };
  }
  const sheets: string[][] = [];
  for await (const { name, content } of workbookParts(pages(), columns)) {
    const pieces: string[] = [];
    for await (const piece of content) pieces.push(piece);
    if (name.startsWith('xl/worksheets/')) {
      sheets.push(pieces.filter((piece) => piece.startsWith('page ')));
    }
    const named = pieces.join('').match(/<sheet /g)?.length;
    if (name === 'xl/workbook.xml' && named !== sheets.length) throw new Error('not all sheets');
  }
  return sheets;
}

test('more calls than a sheet has rows go on in the next one', async () => {
  // With the header, 1,048,576 rows.
  expect(await sheetsOf([1_048_575])).toEqual([['page 0']]);
  expect(await sheetsOf([1_048_570, 6])).toEqual([['page 0'], ['page 1']]);
  expect(await sheetsOf([600_000, 400_000, 600_000, 600_000])).toEqual([
    ['page 0', 'page 1'],
    ['page 2'],
    ['page 3'],
  ]);
  expect(await sheetsOf([])).toEqual([[]]);
});

test('a cell holds what a spreadsheet can open, and no markup of somebody else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const cell = Buffer.from(textCell(text)).toString();
      const inner = /^<c[^>]*><is><t[^>]*>(.*)<\/t><\/is><\/c>$/s.exec(cell)?.[1] ?? '';
      expect(inner).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      expect(inner).not.toMatch(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/u);
    }),
    { numRuns: 500 },
  );
});

test('a text that is too long for a cell is cut between characters', () => {
  const cell = textCell(`${'a'.repeat(32_766)}😀`);
  expect(/<t[^>]*>(.*)<\/t>/.exec(cell)?.[1]).toHaveLength(32_766);
});
