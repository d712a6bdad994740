import { asciiDigits } from './find-number.ts';

/** Names of secrets; the short ones only where a name begins with them. */
const SECRET =
  'access_?token|app_?secret|verify_?token|token|secret(?:_?(?:access_?)?key)?|passw(?:or)?d|passphrase|passcode|credential|api[_-]?key|private_?key|authorization|(?<![a-z])(?:pin|otp|jwt)';
/** Whole if it is quoted, also by JSON within JSON, whose quotes have backslashes. */
const VALUE = String.raw`(?:"(?:\\.|[^"\\])*|(?<slashes>\\+)"(?:(?!(?<!\\)\k<slashes>").)*|'[^'\r\n]*|[^"'\s,&}\\]+)`;
/** What stands after such a name is hidden. */
const NAMED_SECRET = new RegExp(String.raw`(?<name>(?:${SECRET})\\*["']?\s*[:=]\s*)${VALUE}`, 'gi');

/** What people, names of files and links put between the digits of a number. */
const BETWEEN = String.raw`(?:[\p{Zs}\p{Pd}\p{Cf}().\u2212/_~+\xb7\u2022\u2027\u2219]|%2[0-9A-F])`;
/** Digits of any script, as people and addresses write numbers. */
const NUMBER = new RegExp(
  String.raw`(?:(?<![\p{L}\p{Nd}.-]|\p{Nd}:)|(?<=%2B))[+\uff0b]?\p{Nd}(?:${BETWEEN}{0,6}\p{Nd}){7,}(?![\p{L}\p{Nd}]|[.:-]\p{Nd})`,
  'gu',
);
/** Separators that also stand between figures which are no telephone number. */
const DOUBTFUL = /[/_~]|\d\+/;
/** A day, with the hour where a time follows. */
const DAY =
  /((?<!\p{Nd})(?:\d{4}(?:-\d\d-|\/\d\d\/|_\d\d_)\d\d|\d\d\/\d\d\/\d{4})(?: \d\d)?(?!\p{Nd}))/u;

/** As in names of files; what follows four digits or letters up to f may be part of an id. */
const BARE_NUMBER = /(?<![\p{Nd}.]|[\da-f]{4}-)\p{Nd}{10,15}(?!\p{Nd})/giu;

/** Of a telephone number, by E.164. */
const MOST_DIGITS = 15;

/**
 * Removes from log text what must never reach a log: phone numbers (except the last three digits),
 * bearer tokens, keys, secrets in URLs, and the ICE and DTLS credentials of an SDP.
 */
export function redact(text: string): string {
  return (
    text
      // A call id is base64 and holds both phone numbers (docs/providers/meta.md#call-actions); a
      // fingerprint still tells calls apart.
      .replace(
        /\b(wacid|wamid)\.([\w+/=-]{16,})/g,
        (_, kind: string, id: string) => `${kind}.#${fingerprint(id)}`,
      )
      .replace(/(a=ice-pwd:|a=ice-ufrag:|a=fingerprint:|a=crypto:)[^\r\n\\"]*/g, '$1[…]')
      .replace(
        /(\b(?:(?:ice-?)?(?:pwd|ufrag)|usernameFragment)\\*"?\s*[:= ]\s*\\*"?)[^\s"'\\,&}]+/gi,
        '$1[…]',
      )
      .replace(/\b(inline:)[\w+/=|:-]+/g, '$1[…]')
      .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g, '[…]')
      .replace(/\b(Bearer|OAuth|Basic|NTLM|Negotiate)\s+[\w.~+/=-]{3,}/g, '$1 […]')
      .replace(/(\bbearer[\s:=]+)[\w.~+/=-]+/gi, '$1[…]')
      .replace(/\b(Digest\s+)(?:\w+=(?:\\*"[^"]*"|[^\s,"]+)[,\s]*)+/g, '$1[…]')
      .replace(/(\bauthorization\\*["']?\s*[:=]\s*\\*["']?)[\w-]+ +[^\s"'\\,&}]+/gi, '$1[…]')
      .replace(/(\b(?:set-)?cookie\\*["']?\s*[:=]\s*\\*["']?)[^"\r\n]+/gi, '$1[…]')
      // Names of users and passwords in an address, as of a proxy.
      .replace(/(:\/\/)[^\s/@"]+@/g, '$1[…]@')
      // Providers that sign nothing authenticate by a secret at the end of an address.
      .replace(
        /(\/webhooks\/[^/\s"]+\/[^/\s"]+\/|\/v1\/streams\/(?:zernio\/[^/\s"]+|agent)\/)[^\s"?/]+/g,
        '$1[…]',
      )
      .replace(NAMED_SECRET, hideValue)
      // Of an address that is valid for a while, or that a key opens.
      .replace(
        /([?&#;][^=\s&?#;]{0,60}(?:sig|signature|hash|proof|credential|code|key|auth|jwt|session|sid|pass|pin|otp)=)[^\s"&]+/gi,
        '$1[…]',
      )
      .replace(
        /\b(?:EAA[A-Za-z0-9]{20,}|AKIA[\dA-Z]{16}|AIza[\w-]{30,}|glpat-[\w-]{12,}|github_pat_\w{12,}|(?:sk|zrk|ps|whsec|gh[opsu])_[\w+/=-]{12,})/g,
        '[…]',
      )
      .replace(/(?<![\w-])(?:sk|pk|rk|xox[a-z])-(?=[\w-]{0,60}\d)[\w-]{12,}/g, '[…]')
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[…]')
      // The code of an invitation.
      .replace(/(?<![\w-])(?:[\dA-HJKMNP-TV-Z]{4}[- ]){2}[\dA-HJKMNP-TV-Z]{4}(?![\w-])/g, '[…]')
      .replace(
        /(?<![\w-])(?=[\w-]{0,13}\d)(?:[\da-hjkmnp-tv-z]{4}-){2}[\da-hjkmnp-tv-z]{4}(?![\w-])/g,
        '[…]',
      )
      .replace(/\b(code\W{1,4})[\dA-HJKMNP-TV-Z]{12}\b/gi, '$1[…]')
      .replace(NUMBER, maskNumbers)
      .replace(BARE_NUMBER, maskNumber)
  );
}

/** The name stays, and the quotes of its value. */
function hideValue(match: string, ...groups: readonly unknown[]): string {
  const { name = '' } = Object(groups.at(-1));
  const [quote = ''] = /^\\*["']?/.exec(match.slice(String(name).length)) ?? [];
  return `${String(name)}${quote}[…]`;
}

/** A run may be several numbers, with a date among them. */
function maskNumbers(match: string): string {
  if (isAddress(match)) return match;
  return match
    .split(DAY)
    .map((part, index) => (index % 2 === 1 ? part : maskRun(part)))
    .join('');
}

function maskRun(run: string): string {
  const plain = asciiDigits(run).replace(/%2[0-9A-F]/g, ' ');
  if (isCounting(plain)) return run;
  if (plain.replace(/\D/g, '').length <= MOST_DIGITS) return maskNumber(run);
  const apart = run.replace(/\p{Nd}{8,}/gu, maskNumber);
  return apart === run ? maskNumber(run) : apart;
}

/** Figures such as `1/2/3/4/5/6/7/8`: no group of a number but its first has a single digit. */
function isCounting(run: string): boolean {
  const [, ...groups] = run.replace(/\p{Cf}/gu, '').match(/\d+/g) ?? [];
  return DOUBTFUL.test(run) && groups.some((group) => group.length === 1);
}

/** `+55 11 99999-1234` → `…234`. Shorter digit runs are left alone. */
function maskNumber(match: string): string {
  const digits = asciiDigits(match).replace(/\D/g, '');
  const [before = ''] = /^[\s/_]*/.exec(match) ?? [];
  return digits.length < 8 ? match : `${before}…${digits.slice(-3)}`;
}

/** IPv4 addresses, maybe with a port or a prefix: operators must be able to tell attackers apart. */
function isAddress(text: string): boolean {
  const parts = text.split(/[/_ ]/);
  return parts.some(isIpv4) && parts.every((part) => isIpv4(part) || /^\d{1,5}$/.test(part));
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** A phone number as it may be logged: its last three digits. */
export function lastThree(number: string | undefined): string {
  const digits = (number ?? '').replace(/\D/g, '');
  return digits === '' ? 'unknown' : `…${digits.slice(-3)}`;
}

/** FNV-1a: short, stable and distinct enough within one log. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
