import { lookUp, t } from '../../shared/i18n/i18n.ts';
import type { Message } from '../../shared/i18n/message.ts';

/** The message for a media failure of the window or of main. */
export function mediaMessage(why: string): Message {
  const what = lookUp('mediaFailures', `${why}.what`);
  return what === undefined
    ? { what: t('mediaFailures.unknown', { why }), next: t('mediaFailures.callBack') }
    : { what, next: lookUp('mediaFailures', `${why}.next`) };
}
