import { asciiDigits } from '../lib/find-number.ts';
import type { Result } from '../lib/result.ts';

/** A link to a number, from another program: what it says, and nothing else of it. */
export interface DialLink {
  /** `+` and digits, or digits alone for a number without its country. */
  number: string;
  /** `ringdesk:` only: which of our numbers calls, by its id or itself. */
  from?: string | undefined;
  /** To be asked for: a WhatsApp call has none. */
  extension?: string | undefined;
}

/** Why a link names nobody to call. The texts are in the catalogue. */
export type LinkProblem =
  | 'not-a-link'
  | 'malformed'
  | 'too-long'
  | 'no-number'
  /** A code of WhatsApp stands for the number, such as `wa.me/message/…`. */
  | 'short-link'
  /** Digits with `*` or `#` command a telephone network, such as `*21*…#`, which forwards calls. */
  | 'service-code'
  | 'several-numbers'
  /** `ringdesk:` with anything but `call`. */
  | 'unknown-action';

/** The schemes that another program may open here. */
export const linkSchemes = ['ringdesk', 'tel', 'callto', 'whatsapp'] as const;
export type LinkScheme = (typeof linkSchemes)[number];

const LONGEST_LINK = 2_000;
const LONGEST_FROM = 200;
/** Longer runs of digits are no number in any plan, with prefixes or without. */
const MOST_DIGITS = 20;
const FEWEST_DIGITS = 3;

const OURS = /^(?:ringdesk|tel|callto|whatsapp):/i;
/** Pages of WhatsApp that open a chat or call with a number. */
const PAGE = /^(?:https?:\/\/)?(?:wa\.me|(?:api|web|www)\.whatsapp\.com)(?:[/?#]|$)/i;

/** Whether a text has the form of such a link, readable or not. */
export function isDialLink(text: string): boolean {
  const start = text.trimStart().slice(0, 100);
  return OURS.test(start) || PAGE.test(start);
}

/**
 * Reads a link to a number: `tel:` (RFC 3966), `callto:`, `ringdesk:call?number=…&from=…`, and
 * WhatsApp's `wa.me/…`, `api.whatsapp.com/send?phone=…` and `whatsapp://send?phone=…`. Anything can
 * stand in a link, so only what is surely one number is taken.
 */
export function parseDialLink(text: string): Result<DialLink, LinkProblem> {
  const link = text.trim();
  if (link.length > LONGEST_LINK) return problem(isDialLink(link) ? 'too-long' : 'not-a-link');
  if (!isDialLink(link)) return problem('not-a-link');
  // A link has no spaces or controls of its own.
  if (/\p{Cc}/u.test(link)) return problem('malformed');
  const [, scheme = '', rest = ''] = /^(?:(\w+):)?(?:\/\/)?(.*)$/u.exec(link) ?? [];
  switch (scheme.toLowerCase()) {
    case 'tel':
    case 'callto':
      return telephone(rest);
    case 'ringdesk':
      return ours(rest);
    case 'whatsapp':
      // Twilio's programs write `whatsapp:+5511…`.
      return /^send\/?\?/i.test(rest) ? chat(queryOf(rest)) : abroad(telephone(rest));
    default:
      return page(rest);
  }
}

/** RFC 3966: a subscriber, then parameters. */
function telephone(rest: string): Result<DialLink, LinkProblem> {
  const parts = unescaped(rest.replace(/\?.*$/, ''));
  if (parts === undefined) return problem('malformed');
  const [subscriber = '', ...others] = parts.split(';');
  const parameters = new Map<string, string>();
  for (const other of others) {
    const [name = '', value = ''] = other.split('=', 2);
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  const read = subscriberOf(subscriber);
  if (!read.ok) return read;
  const { number, extension = onlyDigits(parameters.get('ext')) } = read.value;
  const context = /^\+[\d().-]+$/.exec(parameters.get('phone-context') ?? '')?.[0];
  const isWhole = number.startsWith('+') || context === undefined;
  const whole = isWhole ? number : `+${digitsOf(context)}${number.replace(/^0/, '')}`;
  return digitsOf(whole).length > MOST_DIGITS
    ? problem('no-number')
    : { ok: true, value: { number: whole, ...(extension && { extension }) } };
}

/** `call?number=…&from=…` */
function ours(rest: string): Result<DialLink, LinkProblem> {
  if (!/^call\/?\?/i.test(rest)) return problem('unknown-action');
  const query = queryOf(rest);
  const read = onlyNumber(query, 'number');
  if (!read.ok) return read;
  const [given] = query.get('from') ?? [];
  const from = given === undefined ? undefined : unescaped(given)?.trim();
  if (given !== undefined && (from === undefined || from.length > LONGEST_FROM))
    return problem('malformed');
  return { ok: true, value: { ...read.value, ...(from && { from }) } };
}

/**
 * `wa.me/NUMBER`, also to call it or to its catalogue, or `…whatsapp.com/send?phone=NUMBER`; on
 * `message` and `qr` follows a code.
 */
function page(rest: string): Result<DialLink, LinkProblem> {
  const address = `https://${rest}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username !== '' || url.password !== '' || url.port !== '')
    return problem('malformed');
  const query = queryOf(rest);
  if (url.hostname !== 'wa.me') {
    return /^\/send\/?$/.test(url.pathname) ? chat(query) : problem('no-number');
  }
  if (/^\/(?:send\/?)?$/.test(url.pathname)) return chat(query);
  if (/^\/(?:message|qr)\/./.test(url.pathname)) return problem('short-link');
  const [, part = ''] = /^\/(?:(?:call|c|p\/\d+)\/)?([^/]+)\/?$/.exec(url.pathname) ?? [];
  const number = unescaped(part);
  return number === undefined ? problem('malformed') : abroad(subscriberOf(number));
}

function chat(query: ReadonlyMap<string, readonly string[]>): Result<DialLink, LinkProblem> {
  return abroad(onlyNumber(query, 'phone'));
}

/** WhatsApp writes every number with its country, and without `+`. */
function abroad(read: Result<DialLink, LinkProblem>): Result<DialLink, LinkProblem> {
  if (!read.ok) return read;
  const digits = digitsOf(read.value.number).replace(/^00/, '');
  if (digits.startsWith('0') || digits.length < FEWEST_DIGITS) return problem('no-number');
  return { ok: true, value: { number: `+${digits}` } };
}

function onlyNumber(
  query: ReadonlyMap<string, readonly string[]>,
  name: string,
): Result<DialLink, LinkProblem> {
  const [given, second] = query.get(name) ?? [];
  if (second !== undefined) return problem('several-numbers');
  const text = unescaped(given ?? '');
  return text === undefined ? problem('malformed') : subscriberOf(text);
}

/** The fields of a query, still escaped. A `+` is one: it begins a number, and is no space here. */
function queryOf(rest: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const field of rest.replace(/^[^?]*\??/, '').split('&')) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(field) ?? [];
    const known = fields.get(name.toLowerCase());
    if (known) known.push(value);
    else fields.set(name.toLowerCase(), [value]);
  }
  return fields;
}

/** A number with its visual separators, and what is to be dialled once somebody has answered. */
function subscriberOf(text: string): Result<DialLink, LinkProblem> {
  const shown = asciiDigits(text.normalize('NFKC').replace(/\p{Cf}/gu, '')).replace(
    /\p{Pd}/gu,
    '-',
  );
  if (/[*#]/.test(shown)) return problem('service-code');
  // Telephones wait at a comma, p or w; x is an extension.
  const [first = '', ...after] = shown.split(/[,pwx]/i);
  const later = after.join('');
  if (after.length > 0 && (later.includes('+') || digitsOf(later).length >= 7))
    return problem('several-numbers');
  const bare = first.replace(/[-.()/\s]/g, '');
  if (/\d\+\d/.test(bare)) return problem('several-numbers');
  if (!/^\+?\d+$/.test(bare) || !/^[\d\s.,-]*$/.test(later)) return problem('no-number');
  const digits = digitsOf(bare);
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return problem('no-number');
  const extension = digitsOf(later);
  return { ok: true, value: { number: bare, ...(extension !== '' && { extension }) } };
}

/**
 * Undoes escaping, also that of a link which was passed on inside another one; undefined if it is broken or hides control
 * characters.
 */
function unescaped(text: string): string | undefined {
  const once = decoded(text);
  const plain = once !== undefined && /%[\da-f]{2}/i.test(once) ? (decoded(once) ?? once) : once;
  return plain === undefined || /\p{Cc}/u.test(plain) ? undefined : plain;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function onlyDigits(text: string | undefined): string | undefined {
  const bare = text?.replace(/[-.()\s]/g, '') ?? '';
  return /^\d{1,10}$/.test(bare) ? bare : undefined;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function problem(error: LinkProblem): { ok: false; error: LinkProblem } {
  return { ok: false, error };
}
