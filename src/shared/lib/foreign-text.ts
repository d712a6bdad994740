/**
 * Text that others wrote: names, messages, notes, payloads, providers' own words. Whatever is in it, it stays a text among
 * ours: it is there to be seen, cannot turn the words around it, and is not endless.
 */

/** Marks that turn or embed text (UAX #9); the isolates among them are ours to use. */
const TURNING = /[\u202a-\u202e]/g;
const ISOLATES = /[\u2066-\u2069]/g;
const FSI = '\u2068';
const PDI = '\u2069';

/** Letters and digits that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * What nobody sees: controls, formatting, fillers, things without a glyph. Kept are the joiners and selectors that make
 * one letter or emoji of several, where they stand after something; and the tags of a flag such as Scotland's.
 */
const FLAG = String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]+\u{e007f}`;
const JOINING = String.raw`[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]`;
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\ufffc\ufffd\u{13441}\u{13442}\u{1d159}]`;
const KEPT_OR_UNSEEN = new RegExp(
  `(${FLAG}|(?<=[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Co}])${JOINING})|${UNSEEN}`,
  'gu',
);

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** More marks on one letter than any script needs climb over the lines around them. */
const MARKS = 4;
const HEAP_OF_MARKS = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, 'gu');

const NAME_LENGTH = 80;
/** The longest emoji are families and flags, with less than 30 UTF-16 units; a chain of any length counts as one, too. */
const LONGEST_GRAPHEME = 40;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name as it may be shown: one line, nothing unseen, at most 80 characters as people count them. undefined if nothing of
 * it can be seen, so that the number or the user name is shown instead.
 */
export function nameWorthShowing(text: string | undefined | null): string | undefined {
  const line = oneLine(text ?? '');
  return SEEN.test(line) ? clip(line, NAME_LENGTH) : undefined;
}

/** Somebody's text on one line, for places that have only one. */
export function oneLine(text: string): string {
  let line = text.normalize('NFC');
  // What is taken out may leave beside each other what must not stand so; each pass makes it shorter.
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

/** A text with its lines, as messages and notes have them. */
export function manyLines(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(TURNING, '')
    .replace(ISOLATES, '')
    .replace(HEAP_OF_MARKS, '$1');
}

/** At most so many characters as people count them; no emoji, flag or letter is cut in half. */
export function clip(text: string, length: number): string {
  const shown: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    if (shown.length === length) return `${shown.slice(0, -1).join('').trimEnd()}…`;
    shown.push(segment.length > LONGEST_GRAPHEME ? firstOf(segment) : segment);
  }
  return shown.join('');
}

/** Up to two letters for a badge; empty if there is no name. */
export function initialsOf(name: string | undefined): string {
  const parts = (nameWorthShowing(name) ?? '').split(' ').filter(Boolean);
  const [first = '', last = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : undefined];
  return [first, last]
    .map((part) => graphemes.segment(part).containing(0)?.segment ?? '')
    .join('')
    .toUpperCase();
}

/**
 * A text to be put into a sentence of ours: it keeps its own direction and leaves ours alone. Only what is written from
 * right to left needs marks for that; all else is returned as it is.
 */
export function isolate(text: string): string {
  const tame = text.replace(TURNING, '');
  const balanced = isBalanced(tame) ? tame : tame.replace(ISOLATES, '');
  return RIGHT_TO_LEFT.test(balanced) ? `${FSI}${balanced}${PDI}` : balanced;
}

/** A sentence of ours, as a template: every text put into it stands in its own direction. */
export function sentence(
  parts: TemplateStringsArray,
  ...put: readonly (string | number)[]
): string {
  return String.raw(
    { raw: parts },
    ...put.map((one) => (typeof one === 'string' ? isolate(one) : one)),
  );
}

/**
 * A catalogue of sentences in which every text that is put in stands in its own direction. What takes texts to look
 * something up is not disturbed, because ids and codes are left as they are.
 */
export function isolating<T extends object>(catalogue: T): T {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(catalogue, {
    get(target, key, receiver) {
      if (!known.has(key)) known.set(key, isolated(Reflect.get(target, key, receiver)));
      return known.get(key);
    },
  });
}

function isolated(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...parts: unknown[]): unknown =>
      Reflect.apply(
        value,
        undefined,
        parts.map((part) => (typeof part === 'string' ? isolate(part) : part)),
      );
  }
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isTable ? isolating(value) : value;
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
