import { t } from '../../shared/i18n/i18n.ts';
import { outcomes } from '../../shared/call/record.ts';

/** An outcome in words. */
export function outcomeName(key: string): string {
  const outcome = outcomes.find((one) => one === key);
  return outcome === undefined ? key : t(`outcomes.${outcome}`);
}
