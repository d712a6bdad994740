import { nameWorthShowing } from './foreign-text.ts';
import { displayPhone } from './phone.ts';

/** How a person may be shown. */
interface Shown {
  /** Digits. */
  waId?: string | undefined;
  name?: string | undefined;
  username?: string | undefined;
}

/** Beside a name: the number, else the user name of whoever hides it; empty if there is neither. */
export function partyNumber({ waId, username }: Shown): string {
  const user = nameWorthShowing(username);
  return displayPhone(waId) || (user === undefined ? '' : `@${user}`);
}

/** What a person is called: the name if one can be seen, else the number or user name; empty if there is nothing. */
export function partyLabel(party: Shown): string {
  return nameWorthShowing(party.name) ?? partyNumber(party);
}
