/** What a table has for a word of somebody else's, which may be `constructor` or another key that every object has. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
