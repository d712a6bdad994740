import type { NumberView } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { noticeLanguages, numberWords } from '../../../words.ts';
import { Section } from '../section.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDraft, useSave } from './use-number.ts';
import css from './number.module.css';

interface RecordingProps {
  account: AccountView;
  recording: NonNullable<NumberView['recording']>;
}

/**
 * Whether WhatsApp records this number's calls, which has to be said with each of them
 * (docs/providers/meta.md#recording).
 */
export function Recording({ account, recording }: RecordingProps) {
  const use = recording === 'off' ? undefined : recording;
  const draft = useDraft(`${account.id}/recording`, {
    on: use !== undefined,
    purpose: use?.purpose ?? '',
    language: use?.language ?? 'en_US',
    transcript: use?.transcript ?? false,
  });
  const { value } = draft;
  const change = (changes: Partial<typeof value>) => draft.set({ ...value, ...changes });
  const { note, saving, refused } = useSave(account.id, draft.undo);
  const { on, purpose, language, transcript } = value;
  const problems = on && purpose.trim() === '' ? [numberWords.purposeMissing] : [];
  const languages = Object.keys(noticeLanguages);
  return (
    <Section title={numberWords.recordings}>
      <Toggle
        label={numberWords.recording}
        note={numberWords.recordingsNote}
        checked={on}
        onChange={(next) => change({ on: next })}
      />
      {on && (
        <>
          <div>
            <TextField
              label={numberWords.purpose}
              value={purpose}
              maxLength={250}
              aria-describedby="purpose-note"
              onChange={(event) => change({ purpose: event.target.value })}
            />
            <p id="purpose-note" className={css.quiet}>
              {numberWords.purposeNote}
            </p>
          </div>
          <Choice
            label={numberWords.noticeLanguage}
            value={language}
            options={(languages.includes(language) ? languages : [language, ...languages]).map(
              (code) => ({ value: code, label: noticeLanguages[code] ?? code }),
            )}
            onChange={(next) => change({ language: next })}
          />
          <Toggle
            label={numberWords.transcript}
            checked={transcript}
            onChange={(next) => change({ transcript: next })}
          />
        </>
      )}
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        saving={saving}
        refused={refused}
        problems={problems}
        onSave={() =>
          void note({ recording: on ? { purpose: purpose.trim(), language, transcript } : 'off' })
        }
        onUndo={draft.undo}
      />
    </Section>
  );
}
