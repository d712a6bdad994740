import { fill } from '../../shared/i18n/i18n.ts';
import type { Loss } from '../../shared/protocol/connection.ts';

/** Why there is no connection, as a sentence. */
export function lossText({ code, about = '' }: Loss): string {
  return fill(`connection.losses.${code}`, { about });
}
