import { nameWorthShowing } from './foreign-text.ts';
import { displayPhone } from './phone.ts';

/** What is known to display a person. */
interface Shown {
  /** Digits. */
  waId?: string | undefined;
  name?: string | undefined;
  username?: string | undefined;
}

/**
 * What to show beside a name: the number, or the user name if it is hidden; empty without either.
 */
export function partyNumber({ waId, username }: Shown): string {
  const user = nameWorthShowing(username);
  return displayPhone(waId) || (user === undefined ? '' : `@${user}`);
}

/**
 * What to call a person: their visible name, else number or user name; empty if nothing is known.
 */
export function partyLabel(party: Shown): string {
  return nameWorthShowing(party.name) ?? partyNumber(party);
}
