/**
 * Text written by others: names, messages, notes, payloads, provider messages. Made safe to show
 * among our own: visible, unable to reverse its surroundings, and of limited length.
 */

/** Characters that reverse or embed text (UAX #9). Our own isolates are among them. */
const TURNING = /[\u202a-\u202e]/g;
const ISOLATES = /[\u2066-\u2069]/g;
const FSI = '\u2068';
const PDI = '\u2069';

/** Letters and digits written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Invisible characters: controls, formatting, fillers, unassigned code points. Kept are the joiners
 * and selectors inside a letter or emoji, and the tags of flags like Scotland's.
 */
const FLAG = String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]+\u{e007f}`;
const JOINING = String.raw`[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]`;
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\ufffc\ufffd\u{13441}\u{13442}\u{1d159}]`;
const KEPT_OR_UNSEEN = new RegExp(
  `(${FLAG}|(?<=[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Co}])${JOINING})|${UNSEEN}`,
  'gu',
);

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** More combining marks on one letter than any script needs; they overlap the lines around them. */
const MARKS = 4;
const HEAP_OF_MARKS = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, 'gu');

const NAME_LENGTH = 80;
/**
 * The longest emoji, families and flags, have fewer than 30 UTF-16 units, but a joined chain of any
 * length counts as one.
 */
const LONGEST_GRAPHEME = 40;

let segmenter: Intl.Segmenter | undefined;
/** The segmenter is made at its first use, which takes 10 ms; few texts are that long. */
const graphemes = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text);

/**
 * A name fit to show: one line, nothing invisible, at most 80 characters as people count them.
 * Undefined if nothing is visible, so the number or user name is shown instead.
 */
export function nameWorthShowing(text: string | undefined | null): string | undefined {
  const line = oneLine(text ?? '');
  return SEEN.test(line) ? clip(line, NAME_LENGTH) : undefined;
}

/** Foreign text on one line. */
export function oneLine(text: string): string {
  let line = text.normalize('NFC');
  // Removing characters may bring others together that must not touch; each pass shortens the text.
  for (;;) {
    const next = onePass(line);
    if (next === line) return line;
    line = next;
  }
}

function onePass(text: string): string {
  return (
    text
      // Blanks of every kind, before what stands for nothing is taken out.
      .replace(/[\s\u2800\u3164\uffa0\u0085]+/g, ' ')
      .replace(KEPT_OR_UNSEEN, (_, kept?: string) => kept ?? '')
      .replace(HEAP_OF_MARKS, '$1')
      // A mark without a letter would sit on whatever stands before the name; a joiner would join it.
      .replace(/(^|\s)[\p{M}\u200c\u200d]+/gu, '$1')
      .replace(/[\u200c\u200d]+($|\s)/g, '$1')
      .trim()
      .normalize('NFC')
  );
}

/** Foreign text that keeps its line breaks, as in messages and notes. */
export function manyLines(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(TURNING, '')
    .replace(ISOLATES, '')
    .replace(HEAP_OF_MARKS, '$1');
}

/**
 * Clips to a number of characters as people count them, without splitting an emoji, flag or letter.
 */
export function clip(text: string, length: number): string {
  if (text.length <= Math.min(length, LONGEST_GRAPHEME)) return text;
  const shown: string[] = [];
  for (const { segment } of graphemes(text)) {
    if (shown.length === length) return `${shown.slice(0, -1).join('').trimEnd()}…`;
    shown.push(segment.length > LONGEST_GRAPHEME ? firstOf(segment) : segment);
  }
  return shown.join('');
}

/** Up to two initials for a badge; empty without a name. */
export function initialsOf(name: string | undefined): string {
  const parts = (nameWorthShowing(name) ?? '').split(' ').filter(Boolean);
  const [first = '', last = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : undefined];
  return [first, last]
    .map((part) => graphemes(part).containing(0)?.segment ?? '')
    .join('')
    .toUpperCase();
}

/**
 * Isolates a text within one of our sentences, so each keeps its direction. Left-to-right text
 * needs no marks and is returned as it is.
 */
export function isolate(text: string): string {
  const tame = tamed(text);
  return RIGHT_TO_LEFT.test(tame) ? `${FSI}${tame}${PDI}` : tame;
}

/** The same within a sentence written from right to left, which would reverse any other text. */
export function isolateAlways(text: string): string {
  return text === '' ? text : `${FSI}${tamed(text)}${PDI}`;
}

function tamed(text: string): string {
  const tame = text.replace(TURNING, '');
  return isBalanced(tame) ? tame : tame.replace(ISOLATES, '');
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(ISOLATES)) {
    depth += mark === PDI ? -1 : 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}
