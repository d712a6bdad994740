import { t } from '../../shared/i18n/i18n.ts';
import type { NoteContent } from '../../shared/ipc/notes.ts';
import { moment } from './format.ts';

/** A note's outcome, tags and promised callback in one line; empty if there are none. */
export function noteLabels(
  { disposition, tags, callbackAt }: Omit<NoteContent, 'text'>,
  now: number,
): string {
  return [
    ...(disposition === undefined ? [] : [disposition]),
    ...tags,
    ...(callbackAt === undefined
      ? []
      : [t('notes.callBackWhen', { when: moment(callbackAt, now) })]),
  ].join(' · ');
}
