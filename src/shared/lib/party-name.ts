import type { Party } from '../providers/events.ts';
import { nameWorthShowing } from './foreign-text.ts';
import { displayPhone } from './phone.ts';

/** Beside a name: the number, else the user name of whoever hides it; empty if there is neither. */
export function partyNumber({ waId, username }: Party): string {
  const user = nameWorthShowing(username);
  return displayPhone(waId) || (user === undefined ? '' : `@${user}`);
}

/** What a person is called: the name if one can be seen, else the number or user name; empty if there is nothing. */
export function partyLabel(party: Party): string {
  return nameWorthShowing(party.name) ?? partyNumber(party);
}
