import { asciiDigits } from './find-number.ts';

/** What stands after such a name is hidden. */
const NAMED_SECRET =
  /("?(?:access_?token|app_?secret|verify_?token|token|secret(?:_?(?:access_?)?key)?|passw(?:or)?d|credential|api[_-]?key|authorization)"?\s*[:=]\s*"?)[^"\s,&}]+/gi;

/** Digits of any script, as people and addresses write numbers. */
const NUMBER =
  /(?:(?<![\p{L}\p{Nd}.-]|\p{Nd}:)|(?<=%2B))[+\uff0b]?\p{Nd}[\p{Nd}\p{Zs}().\p{Pd}]{6,}\p{Nd}(?![\p{L}\p{Nd}]|[.:-]\p{Nd})/gu;

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
      .replace(/(\b(?:ice-?)?(?:pwd|ufrag)"?\s*[:= ]\s*"?)[\w+/]+/gi, '$1[…]')
      .replace(/\b(Bearer|OAuth|Basic|NTLM|Negotiate)\s+[\w.~+/=-]{3,}/g, '$1 […]')
      .replace(/(\bbearer\s+)[\w.~+/=-]+/gi, '$1[…]')
      // Names of users and passwords in an address, as of a proxy.
      .replace(/(:\/\/)[^\s/@"]+@/g, '$1[…]@')
      // Providers that sign nothing authenticate by a secret at the end of an address.
      .replace(
        /(\/webhooks\/[^/\s"]+\/[^/\s"]+\/|\/v1\/streams\/(?:zernio\/[^/\s"]+|agent)\/)[^\s"?/]+/g,
        '$1[…]',
      )
      .replace(NAMED_SECRET, '$1[…]')
      // Of an address that is valid for a while.
      .replace(/([?&][^=\s&]*(?:sig|signature|hash|proof|credential|code)=)[^\s"&]+/gi, '$1[…]')
      .replace(/\b(?:EAA[A-Za-z0-9]{20,}|(?:sk|zrk|ps|whsec)_[\w+/=-]{12,})/g, '[…]')
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[…]')
      // The code of an invitation.
      .replace(/(?<![\w-])(?:[\dA-HJKMNP-TV-Z]{4}-){2}[\dA-HJKMNP-TV-Z]{4}(?![\w-])/g, '[…]')
      .replace(NUMBER, maskNumber)
  );
}

/** `+55 11 99999-1234` → `…234`. Shorter digit runs are left alone. */
function maskNumber(match: string): string {
  if (isAddress(match) || /^\d{4}-\d\d-\d\d(?: \d\d)?$/.test(match)) return match;
  const digits = asciiDigits(match).replace(/\D/g, '');
  return digits.length < 8 || digits.length > 15 ? match : `…${digits.slice(-3)}`;
}

/** An IPv4 address: operators must be able to tell attackers apart. */
function isAddress(text: string): boolean {
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
