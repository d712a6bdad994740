import type { Result } from './result.ts';

/** A run of digits that may be a number. */
export interface Found {
  digits: string;
  /**
   * Whether it begins with the country code, as after `+` or `00` and always in WhatsApp's links
   * and ids.
   */
  international: boolean;
}

export type FoundNumbers = Result<
  { numbers: readonly Found[]; amongWords: boolean },
  'empty' | 'not-a-number'
>;

/**
 * Finds possible numbers in a text: digits of any script, WhatsApp links, `tel:`, `sip:` and
 * similar URLs, ids in the form of WhatsApp libraries, sentences. Rejects letters that stand for
 * digits, and ids of groups and of people without a number.
 *
 * @param dials011 whether 011 is the international prefix (North America)
 */
export function findNumbers(input: string, dials011 = false): FoundNumbers {
  const text = plain(input);
  if (text === '') return { ok: false, error: 'empty' };
  if (!/\d/.test(text)) return { ok: false, error: 'not-a-number' };
  const named = fromId(text) ?? fromLink(text) ?? fromScheme(text);
  if (named === 'nobody') return { ok: false, error: 'not-a-number' };
  if (named) return { ok: true, value: { amongWords: false, numbers: [named] } };
  return fromSentence(text, dials011);
}

/** Plain ASCII digits, spaces and dashes, with escapes and invisible characters removed. */
function plain(input: string): string {
  // A link passed on inside another one is escaped twice.
  const text = unescaped(unescaped(input))
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s*[\n\r\u2028\u2029]\s*/g, '\n')
    .replace(/(?!\n)[\s\p{Cc}]+/gu, ' ')
    .replace(/[·•‧∙]/g, '.');
  return (
    asciiDigits(text)
      .trim()
      // In names of files; among words they are part of an id.
      .replace(/^[+\d\s()./_~-]+$/, (number) => number.replace(/[_~]+/g, ' '))
      // A program took the number for an amount.
      .replace(/^(\+?\d{8,15})[.,]0{1,2}$/, '$1')
  );
}

/** The digits of every script as 0–9. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, asciiDigit);
}

function unescaped(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

/** The ten digits of every script lie in one row of sixteen, from its first or seventh position. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const row = code & ~0xf;
  const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
  return String(code - zero);
}

/**
 * An id in the form of WhatsApp libraries, maybe with a device: `5511987654321:12@s.whatsapp.net`.
 */
function fromId(text: string): Found | 'nobody' | undefined {
  const id = /([\w.+:-]+)@(s\.whatsapp\.net|c\.us|lid|g\.us|broadcast|newsletter)(?![a-z])/i.exec(
    text,
  );
  if (!id) return undefined;
  const [, user = '', server = ''] = id;
  const digits = /(?:^|_)\+?(\d+)(?:[.:]\d+)*$/.exec(user)?.[1];
  const isPerson = /^(?:s\.whatsapp\.net|c\.us)$/i.test(server);
  return digits !== undefined && isPerson ? { digits, international: true } : 'nobody';
}

/** Hosts whose paths name a number. */
const HOST =
  /\b(?:wa\.me|(?:\w+\.)?whatsapp\.com|signal\.me|t\.me)\b(?:\/([^\s?]*(?: [\d().-]+)*))?/i;

/** A chat link: the number is a parameter or the end of the path, never part of the draft text. */
function fromLink(text: string): Found | 'nobody' | undefined {
  const isAddress = /\w:|\.\w+[/?]/.test(text);
  const parameter = /[?&](?:phone|phone_?number|number|recipient)=([^&#]*)/i.exec(text)?.[1];
  if (isAddress && parameter !== undefined) return leading(parameter, true);
  const host = HOST.exec(text);
  if (!host) return undefined;
  const parts = (host[1] ?? '').split(/[/#]/);
  // A short code takes the number's place.
  if (parts[0] === 'message' || parts[0] === 'qr') return 'nobody';
  return leading(parts.findLast((part) => /^[+\d]/.test(part)) ?? '', true);
}

/** `tel:` and similar schemes, without a space: "Tel: …" is just a word. */
const SCHEME =
  /(?:^|[\s(<"'])(tel|telprompt|callto|sms|smsto|sips?|whatsapp|skype|facetime|facetime-audio):(?:\/\/)?([^\s<>"']+(?: [\d().-][^\s<>"']*)*)/i;

/** The number of a URL, followed by parameters (RFC 3966, RFC 3261). */
function fromScheme(text: string): Found | 'nobody' | undefined {
  const address = SCHEME.exec(text);
  if (!address) return undefined;
  const [, scheme = '', rest = ''] = address;
  const [subscriber = ''] = rest.split(/[;?#&@,]/);
  const number = leading(subscriber, /^whatsapp$/i.test(scheme));
  const context = /;phone-context=\+([\d().-]+)/i.exec(rest)?.[1];
  if (context === undefined || number === 'nobody' || number.international) return number;
  const code = context.replace(/\D/g, '');
  return { digits: `${code}${number.digits.replace(/^0/, '')}`, international: true };
}

/** The number at the start of a text. */
function leading(text: string, international: boolean): Found | 'nobody' {
  const [number = ''] = /^[\s()+./\d-]*/.exec(text) ?? [];
  const follows = text.slice(number.length);
  if (!/\d/.test(number) || /^[\p{L}_]/u.test(follows)) return 'nobody';
  return found(number, international, false);
}

/** Digits with common separators. A spaced slash, a comma or another `+` starts the next number. */
const NUMBER = /(?:\+\s*)?(?:\(\s*\+?\s*)?\d(?:(?:[ ().-]*|\/)\d)*/g;
const BETWEEN = /\s+\/|\/\s+|[|;,\n]/g;
/** But the start of a number is none: 0176 / 123 45 678, or one that a line break divides. */
const BEGUN = /(?<![\d+])((?:\+|\(|0)[\d ().+-]{0,20})\s*[/\n]\s*(?=\(?\d)/g;
const EXTENSION =
  /(?:\b(?:ext(?:ension)?|ramal|interno|anexo|poste|durchwahl)\b\.?|(?<=\d{4}\s*)x|#)\s*:?\s*\d{1,6}\b/gi;
/** How Brazilians write the place of a carrier code: (0xx11), (0**11), (0 xx 11). */
const CARRIER = /\b0\s?(?:xx?|\*\*?)\s?(?=\d\d\b)/gi;
/** A carrier code itself, behind a country code that needs none: +55 (0)15 11 98765-4321. */
const CARRIER_ABROAD =
  /((?:\+|\b00)\s?55\W{0,3})0\W{0,2}\d\d\W{1,3}(?=\d\d\W{1,3}\d{4,5}[\s.-]?\d{4}(?!\d))/g;

/** No number that can be called from abroad has fewer digits. */
const FEWEST = 7;

function fromSentence(text: string, dials011: boolean): FoundNumbers {
  const sentence = text
    .replace(EXTENSION, ' , ')
    .replace(BEGUN, (whole, begun: string) =>
      digitsOf(begun).replace(/^00/, '').length < FEWEST ? `${begun} ` : whole,
    )
    .replace(BETWEEN, ' , ')
    .replace(CARRIER, '')
    .replace(CARRIER_ABROAD, '$1');
  const numbers: Found[] = [];
  for (const { 0: run, index } of sentence.matchAll(NUMBER)) {
    const before = sentence.slice(0, index);
    const after = sentence.slice(index + run.length);
    // Letters next to digits stand for digits or belong to an id ("BR.1349…") or address.
    const isPart = /[\p{L}_@]-?$|\b[A-Z]{2}\.$/u.test(before) || /^[-.]?[\p{L}_]|^@/u.test(after);
    if (isPart && !run.startsWith('+')) continue;
    numbers.push(...split(run).map((one) => found(one, false, dials011)));
  }
  if (numbers.length === 0) return { ok: false, error: 'not-a-number' };
  return { ok: true, value: { numbers, amongWords: /\p{L}/u.test(sentence) } };
}

/** Two numbers separated only by a space are too long for one. */
function split(run: string): string[] {
  if (digitsOf(run).replace(/^(?:00)*(?:0?11)?/, '').length <= 15 || !run.includes(' '))
    return [run];
  const parts: string[] = [];
  for (const part of run.split(' ')) {
    const joined = `${parts.at(-1) ?? ''} ${part}`;
    if (parts.length > 0 && digitsOf(joined).length <= 13) parts.splice(-1, 1, joined);
    else parts.push(part);
  }
  return parts;
}

function found(text: string, international: boolean, dials011: boolean): Found {
  const typed = digitsOf(text);
  // 0011 is Australia's international prefix; no country code begins with 11.
  const digits = typed.replace(dials011 ? /^(?:(?:00)+(?:11)?|011)/ : /^(?:00)+(?:11)?/, '');
  const isInternational = digits !== typed || /^[\s(]*\+/.test(text);
  return { digits, international: international || isInternational };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
