import { t } from '../../shared/i18n/i18n.ts';
import { initialsOf } from '../../shared/lib/foreign-text.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import type { Party } from '../../shared/providers/events.ts';

export { partyNumber } from '../../shared/lib/party-name.ts';

/** A person's name; else the number or username; else a phrase for "number hidden". */
export function partyName(party: Party): string {
  return partyLabel(party) || t('history.hiddenNumber');
}

/** Who somebody is in a request to main: their number and user id alone. */
export const recipientOf = ({ waId, userId }: Party) => ({ waId, userId });

/** Up to two letters for a badge; empty if there is no name. */
export function initials(party: Party): string {
  return initialsOf(party.name);
}
