import type { CsvSeparator } from '../../shared/ipc/export.ts';

/**
 * The separator that spreadsheets expect in a CSV file: a semicolon where decimals have a comma.
 *
 * @param locale BCP 47; by default the window's own
 */
export function csvSeparatorOf(locale?: string): CsvSeparator {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',')
    ? 'semicolon'
    : 'comma';
}
