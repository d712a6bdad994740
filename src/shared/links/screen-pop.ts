/** A page of another program, such as a CRM, about the customer of a call. */
export interface ScreenPop {
  /** With placeholders (see `placeholders`); empty: there is none. */
  address: string;
  /** How the agent calls the program; empty: no name. */
  name: string;
  /** Opened when the agent has accepted a call. */
  onAccept: boolean;
}

/** What an address can say about a call, in braces: `https://crm.example.com/?phone={number}`. */
export const placeholders = [
  /** The customer's number with `+`. */
  'number',
  /** The same without `+`. */
  'digits',
  'name',
  /** The provider's id of the call. */
  'callId',
  /** Our number, with `+`. */
  'ourNumber',
  /** `inbound` or `outbound`. */
  'direction',
  /** What the call button or link carried, such as an order. */
  'payload',
  /** Our agent's id at the relay. */
  'agent',
] as const;
/** All of them, as they are written. */
export const knownPlaceholders = (): string => placeholders.map((one) => `{${one}}`).join(' ');
export type Placeholder = (typeof placeholders)[number];

/** What is wrong with an address. The texts are in the catalogue. */
export type ScreenPopProblem =
  | 'not-an-address'
  | 'not-https'
  | 'holds-password'
  /** A placeholder where it could name another server. */
  | 'placeholder-in-host'
  | 'unknown-placeholder'
  | 'too-long';

export const LONGEST_ADDRESS = 1_000;
/** Of one value; a customer chooses their name, and whoever made a link its payload. */
const LONGEST_VALUE = 512;

/** What is wrong with an address; undefined if nothing is. */
export function screenPopProblem(address: string): ScreenPopProblem | undefined {
  if (address.length > LONGEST_ADDRESS) return 'too-long';
  if (/[\s\p{Cc}\\]/u.test(address)) return 'not-an-address';
  const [, host] = /^https:\/\/([^/?#]*)/i.exec(address) ?? [];
  if (host === undefined) return URL.canParse(address) ? 'not-https' : 'not-an-address';
  if (/[{}]/.test(host)) return 'placeholder-in-host';
  const unknown = address.replace(new RegExp(`\\{(?:${placeholders.join('|')})\\}`, 'g'), 'x');
  if (/[{}]/.test(unknown)) return 'unknown-placeholder';
  if (host === '' || !URL.canParse(unknown)) return 'not-an-address';
  const { username, password } = new URL(unknown);
  return username === '' && password === '' && !host.includes('@') ? undefined : 'holds-password';
}

/**
 * The address with its values, each escaped so that it stays one value: it can name no other
 * server, folder or field. Undefined if the address is not valid.
 */
export function fillAddress(
  address: string,
  values: Readonly<Record<Placeholder, string>>,
): string | undefined {
  if (screenPopProblem(address) !== undefined) return undefined;
  const filled = placeholders.reduce(
    (text, name) => text.replaceAll(`{${name}}`, () => escaped(values[name])),
    address,
  );
  return new URL(filled).href;
}

function escaped(value: string): string {
  // Half a character cannot be escaped, and dots alone would climb out of a folder.
  const whole = value.slice(0, LONGEST_VALUE).replace(/\p{Cs}/gu, '');
  return /^\.+$/.test(whole) ? '' : encodeURIComponent(whole);
}

/** The screen pop that applies: the profile's, or else the agent's own. */
export function screenPopOf(snapshot: {
  lockedScreenPop?: ScreenPop | undefined;
  settings: { screenPop: ScreenPop };
}): ScreenPop {
  return snapshot.lockedScreenPop ?? snapshot.settings.screenPop;
}
