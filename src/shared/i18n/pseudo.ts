const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  ['aå', 'bƀ', 'cç', 'dđ', 'eé', 'fƒ', 'gĝ', 'hĥ', 'iî', 'jĵ', 'kķ', 'lļ', 'nñ', 'oö', 'pþ']
    .concat(['rŕ', 'sš', 'tţ', 'uû', 'wŵ', 'yý', 'zž', 'AÅ', 'CÇ', 'DÐ', 'EÉ', 'GĜ', 'HĤ', 'IÎ'])
    .concat(['LĻ', 'NÑ', 'OÖ', 'PÞ', 'RŔ', 'SŠ', 'TŢ', 'UÛ', 'WŴ', 'YÝ', 'ZŽ'])
    .map(([plain, accented]) => [plain, accented]),
);

/** How much longer than English other languages are. */
const LONGER = 0.4;

/** English as another language might look: `⟦Çåļļ båçķ éé⟧`. Placeholders stay. */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  const words = parts.map((part, at) =>
    at % 2 === 1 ? part : part.replaceAll(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter),
  );
  const letters = text.replaceAll(/\{\{[^}]*\}\}/g, '').length;
  const more = 'é é'.repeat(Math.ceil(letters)).slice(0, Math.round(letters * LONGER));
  return `⟦${words.join('')}${more === '' ? '' : ` ${more.trim()}`}⟧`;
}

/** A catalogue with every text so changed. */
export function pseudoCatalogue(table: object): object {
  return Object.fromEntries(
    Object.entries(table).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? pseudo(value) : pseudoCatalogue(Object(value)),
    ]),
  );
}
