import type { ReachTrouble } from './reach.ts';
import type { Connection } from '../protocol/connection.ts';
import { t } from '../i18n/i18n.ts';

/** Why no call can reach the agent, in a sentence. */
export function reachCause({ why }: ReachTrouble, { state }: Connection): string {
  if (why !== 'connection') return t(`reach.causes.${why}`);
  if (state === 'refused') return t('reach.rejected');
  return state === 'offline' ? t('reach.offline') : t('reach.causes.connection');
}
