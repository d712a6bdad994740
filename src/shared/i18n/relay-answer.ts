import { clip, oneLine } from '../lib/foreign-text.ts';
import { i18n, t } from './i18n.ts';
import type { Key, ValuesOf } from './keys.ts';
import { ownValue } from '../lib/own-value.ts';

type PlainKey = { [K in Key]: ValuesOf<K> extends [] ? K : never }[Key];

/** What the relay means by the codes of its refusals. */
const meanings: Readonly<Record<string, PlainKey>> = {
  unauthorized: 'relay.unknownToken',
  'token-unknown': 'relay.unknownToken',
  'token-missing': 'relay.tokenMissing',
  version: 'relay.otherVersion',
  replaced: 'relay.replaced',
  'too-slow': 'relay.tooSlow',
  'shutting-down': 'relay.restarting',
  'invitation-unknown': 'relay.invitationUnknown',
  'invitation-used': 'relay.invitationUsed',
  'invitation-expired': 'relay.invitationExpired',
  'invitation-revoked': 'relay.invitationRevoked',
  'invitation-unready': 'relay.invitationUnready',
  'too-many': 'relay.tooMany',
};

/** Of what a relay says, in characters. */
const LONGEST = 500;

/**
 * A refusal of the relay in the agent's language. The relay speaks English, so an agent who reads
 * English sees its own words, and one who does not sees them only for a code that we do not know.
 */
export function relayAnswer({ code, message }: { code: string; message: string }): string {
  const key = ownValue(meanings, code);
  if (i18n.language() !== 'en' && key !== undefined) return t(key);
  // An address that somebody typed may be anybody's.
  return clip(oneLine(message), LONGEST);
}
