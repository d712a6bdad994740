import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** A cell as the spreadsheet understood it. `text` is what a person sees. */
export interface SheetCell {
  /** `string`, `float`, `date`, `time`, `boolean`, or `empty` (OpenDocument 1.3, 19.389). */
  type: string;
  text: string;
}

/**
 * Opens a file in LibreOffice and returns the cells of the first sheet.
 *
 * @param csv how to read a CSV file: the code of its separator and the language's LCID
 */
export async function openInLibreOffice(
  file: string,
  csv?: { separator: number; language: number },
): Promise<SheetCell[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-sheet-'));
  try {
    // Separator, quote, UTF-8, first line, columns, language, quoted fields as text, detect
    // numbers.
    const filter = csv
      ? [`--infilter=CSV:${csv.separator},34,76,1,,${csv.language},true,true`]
      : [];
    await promisify(execFile)('soffice', [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      ...filter,
      '--convert-to',
      'fods',
      '--outdir',
      folder,
      file,
    ]);
    return cellsOf(readFileSync(join(folder, `${basename(file, extname(file))}.fods`), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cellsOf(fods: string): SheetCell[][] {
  const sheet = /<table:table [\s\S]*?<\/table:table>/.exec(fods)?.[0] ?? '';
  return [...sheet.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map((row) =>
    [
      ...(row[1] ?? '').matchAll(
        /<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g,
      ),
    ].flatMap(([, attributes = '', content = '']) => {
      const repeated = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
      const type = /office:value-type="(\w+)"/.exec(attributes)?.[1] ?? 'empty';
      const text = [...content.matchAll(/<text:p>([\s\S]*?)<\/text:p>/g)]
        .map((p) => p[1])
        .join('\n');
      const cell: SheetCell = { type, text };
      return Array.from({ length: Math.min(repeated, 200) }, () => cell);
    }),
  );
}
