import { t } from '../../../shared/i18n/i18n.ts';

/** An action on a customer who waits, with its key. */
export const withKey = (
  action: 'call' | 'claim' | 'unassign' | 'assign' | 'snooze' | 'done',
  key: string,
): string => t('todo.withKey', { action: t(`todo.actions.${action}`), key });
