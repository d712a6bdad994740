import { t } from '../i18n/i18n.ts';
import type { SettingsChange } from './number-settings.ts';
import { failed } from './sender.ts';

type Part = keyof SettingsChange;
const parts = [
  'calling',
  'iconVisible',
  'iconCountries',
  'hours',
  'callback',
  'voicemail',
  'forwarding',
] as const satisfies readonly Part[];

/**
 * Refuses a change to parts that a provider does not have, as a whole, so nobody believes it was
 * applied in part. Undefined if the provider has them all.
 */
export function partsRefused(provider: string, change: SettingsChange, has: readonly Part[]) {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const beyond = parts.filter(
    (part) => named.some(([name]) => name === part) && !has.includes(part),
  );
  if (beyond.length === 0) return undefined;
  const words = beyond.map((part) => t(`numbers.parts.${part}`)).join(', ');
  return failed('not-supported', t('ownMessages.cannotSet', { provider, parts: words }));
}
