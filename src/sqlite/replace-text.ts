/** A text and its replacement. */
export type Replacement = readonly [before: string, after: string];

/**
 * SQL that replaces texts in a column; rows without any of them are not rewritten. A key or word
 * with its quotes cannot occur inside a JSON string, where quotes are escaped, so this is exact for
 * JSON.
 *
 * @param words without single quotes
 */
export function replaceText(table: string, column: string, words: readonly Replacement[]): string {
  const replaced = words.reduce(
    (text, [before, after]) => `replace(${text}, '${before}', '${after}')`,
    column,
  );
  const found = words.map(([before]) => `instr(${column}, '${before}') > 0`).join(' OR ');
  return `UPDATE ${table} SET ${column} = ${replaced} WHERE ${found};`;
}
