import type { SettingsChange } from './number-settings.ts';
import { failed } from './sender.ts';
import { ownMessages } from './own-errors.ts';

type Part = keyof SettingsChange;

/** Names for administrators. */
const partWords: Readonly<Record<Part, string>> = {
  calling: 'calling on or off',
  iconVisible: 'whether the call button is shown',
  iconCountries: 'in which countries the call button is shown',
  hours: 'call hours',
  callback: 'permission to call back',
  forwarding: 'forwarding',
};

/**
 * Refuses a change to parts that a provider does not have, as a whole, so nobody believes it was
 * applied in part. Undefined if the provider has them all.
 */
export function partsRefused(provider: string, change: SettingsChange, has: readonly Part[]) {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const beyond = Object.entries(partWords).filter(
    ([part]) => named.some(([name]) => name === part) && !has.some((one) => one === part),
  );
  if (beyond.length === 0) return undefined;
  const words = beyond.map(([, said]) => said).join(', ');
  return failed('not-supported', ownMessages.cannotSet(provider, words));
}
