import type { KeyboardEvent } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { LONGEST_NOTE } from '../../../shared/protocol/limits.ts';
import { noteLabels } from '../../lib/note-labels.ts';
import { moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { CallbackField } from './callback-field.tsx';
import { Labels } from './labels.tsx';
import { useNote } from './use-note.ts';
import css from './call-notes.module.css';

/** Escape leaves the field for what it is in: the keys of the call, such as 1 for an outcome, work there. */
function leave({ key, currentTarget }: KeyboardEvent<HTMLElement>): void {
  if (key === 'Escape') currentTarget.closest<HTMLElement>('[tabindex]')?.focus();
}

/**
 * The note of a call, stored while the agent types, its outcome and tags, and what teammates wrote
 * about the call.
 */
export function CallNotes({ callId }: { callId: string }) {
  const note = useNote(callId);
  const { text, disposition, tags, callbackAt, others, isReady, isSaved, write, choose, save } =
    note;
  const form = useSnapshot(({ wrapUpForm }) => wrapUpForm);
  const now = useNow(30_000);
  return (
    <section className={css.notes}>
      {others.map(({ by, at, text: said, ...labels }) => (
        <blockquote key={`${by} ${at}`} className={css.other}>
          {said !== '' && (
            <p className="selectable">
              <bdi>{said}</bdi>
            </p>
          )}
          {noteLabels(labels, now) !== '' && (
            <p>
              <bdi>{noteLabels(labels, now)}</bdi>
            </p>
          )}
          <footer title={formats.exactDate(at)}>
            {t('notes.by', { name: by === '' ? t('notes.you') : by, when: moment(at, now) })}
          </footer>
        </blockquote>
      ))}
      <div className={css.own}>
        <TextArea
          label={t('notes.note')}
          placeholder={t('notes.placeholder')}
          dir="auto"
          aria-keyshortcuts="N"
          rows={3}
          maxLength={LONGEST_NOTE}
          readOnly={!isReady}
          value={text}
          onChange={(event) => write(event.target.value)}
          onBlur={() => void save()}
          onKeyDown={leave}
        />
        <span className={css.corner}>
          <output>{isSaved && t('notes.saved')}</output>
          {!isSaved && <Kbd keys="N" />}
        </span>
      </div>
      {isReady && (
        <>
          <Labels
            name={t('notes.outcome')}
            choices={form.outcomes}
            chosen={disposition === undefined ? [] : [disposition]}
            numbered
            isRequired={form.required && form.outcomes.length > 0}
            onToggle={(label) => choose({ disposition: label === disposition ? undefined : label })}
          />
          <Labels
            name={t('notes.tags')}
            choices={form.tags}
            chosen={tags}
            onToggle={(label) =>
              choose({
                tags: tags.includes(label) ? tags.filter((tag) => tag !== label) : [...tags, label],
              })
            }
          />
          <CallbackField at={callbackAt} onChange={(at) => choose({ callbackAt: at })} />
        </>
      )}
    </section>
  );
}
