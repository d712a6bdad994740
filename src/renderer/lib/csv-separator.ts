import type { CsvSeparator } from '../../shared/ipc/model.ts';

/**
 * What spreadsheets expect between the cells of a CSV file: where decimals stand behind a comma, a semicolon.
 *
 * @param locale BCP 47; the windows' own if left out
 */
export function csvSeparatorOf(locale?: string): CsvSeparator {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',')
    ? 'semicolon'
    : 'comma';
}
