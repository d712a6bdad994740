import type { Result } from '../lib/result.ts';
import { addressProblem } from '../protocol/encrypted-url.ts';

/** What an invitation says: which relay, and the code to redeem there. */
export interface Invitation {
  /** The relay's address, `wss://…`. */
  relay: string;
  /** As `readCode` returns it. */
  code: string;
}

/** Why a text is no invitation. The texts are in the catalogue. */
export type InvitationProblem =
  | 'not-an-invitation'
  | 'no-relay'
  | 'bad-code'
  /** The address would send secrets in clear. */
  | 'insecure';

/** No I, L, O and U: they are taken for digits, or make words. */
const CODE_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: typed in half a minute, and never guessed through the relay's brake. */
const CODE_LENGTH = 12;

const CODE = new RegExp(`^[${CODE_SYMBOLS}]{${CODE_LENGTH}}$`);
const LONGEST = 2_000;
const JOIN = /^ringdesk:(?:\/\/)?join\/?\?/i;

/** A code as people type it, in capitals and without separators; undefined if it can be none. */
export function readCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    // Texts in another direction put marks around it, and a form’s fields a plus for a blank.
    .replace(/[\s\p{Pd}\p{Cf}._+]/gu, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
  return CODE.test(code) ? code : undefined;
}

/** @param below returns an unpredictable whole number from 0 to below the given one */
export function makeCode(below: (limit: number) => number): string {
  const symbols = Array.from(
    { length: CODE_LENGTH },
    () => CODE_SYMBOLS[below(CODE_SYMBOLS.length)],
  );
  return symbols.join('');
}

/** `K7QF3MRA9TWX` → `K7QF-3MRA-9TWX` */
export function showCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** `https://calls.example.com` → `wss://calls.example.com` */
export function relayAddress(url: string): string {
  return url
    .trim()
    .replace(/^http/i, 'ws')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
}

/** The link that opens an invitation in Ringdesk. */
export function invitationLink({ relay, code }: Invitation): string {
  return `ringdesk:join?relay=${encodeURIComponent(relay)}&code=${showCode(code)}`;
}

/** Whether a text has the form of such a link, readable or not. */
export function isInvitationLink(text: string): boolean {
  return JOIN.test(pasted(text.slice(0, 200)));
}

/** Reads an invitation's link. */
export function parseInvitation(text: string): Result<Invitation, InvitationProblem> {
  if (text.length > LONGEST || !isInvitationLink(text)) return problem('not-an-invitation');
  const link = pasted(text).replace(/#.*$/s, '');
  const fields = link.replace(JOIN, '').split('&');
  const value = (name: string) => {
    const field = fields.find((one) => one.toLowerCase().startsWith(`${name}=`)) ?? '';
    return unescaped(field.slice(name.length + 1));
  };
  return checkInvitation({ relay: value('relay'), code: value('code') });
}

/** Checks an invitation whose parts were typed. The relay may be named by its web address. */
export function checkInvitation(given: Invitation): Result<Invitation, InvitationProblem> {
  const code = readCode(given.code);
  const typed = given.relay.replace(/\p{Cf}/gu, '').trim();
  // People type the name alone.
  const relay = relayAddress(/^[a-z]+:\/\//i.test(typed) ? typed : `wss://${typed}`);
  if (typed === '' || !URL.canParse(relay)) return problem('no-relay');
  if (addressProblem(relay, 'ws') !== undefined) return problem('insecure');
  if (code === undefined) return problem('bad-code');
  return { ok: true, value: { relay, code } };
}

/** Where a relay redeems invitations. */
export function redeemAddress(relay: string): string {
  const address = relay.replace(/^ws/i, 'http').replace(/[?#].*$/, '');
  return `${address.replace(/\/v1\/agents\/?$/, '').replace(/\/+$/, '')}${REDEEM_PATH}`;
}

/** The path of the relay's address that redeems invitations. */
export const REDEEM_PATH = '/v1/invitations/redeem';

/** A link as it stands in mails and pages: quoted, in brackets, and with `&` as HTML has it. */
function pasted(text: string): string {
  return text.replace(/^[\s\p{Cf}<"'“«(]+|[\s\p{Cf}>"'”»)]+$/gu, '').replaceAll('&amp;', '&');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function problem(error: InvitationProblem): { ok: false; error: InvitationProblem } {
  return { ok: false, error };
}
