import { foldedText } from '../../shared/lib/folded-text.ts';

/**
 * Letters and pairs of letters as words of an index that knows only ASCII: their code points in hexadecimal, joined by
 * an `x`. Case and accents do not matter, as in the index of longer texts.
 */
export function gramsOf(text: string): string {
  const grams = new Set<string>();
  for (const [word] of foldedText(text).matchAll(WORD)) {
    let before: string | undefined;
    for (const char of word) {
      const code = codeOf(char);
      grams.add(code);
      if (before !== undefined) grams.add(`${before}x${code}`);
      before = code;
    }
  }
  return [...grams].join(' ');
}

/** The word to look for; undefined for a text that the index does not have: blanks, or more than two letters. */
export function gramOf(text: string): string | undefined {
  const chars = Array.from(foldedText(text));
  if (chars.length === 0 || chars.length > 2 || !chars.every((char) => IN_WORD.test(char))) {
    return undefined;
  }
  return chars.map(codeOf).join('x');
}

const WORD = /[^\s\p{Cc}]+/gu;
const IN_WORD = /^[^\s\p{Cc}]$/u;

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16);
}
