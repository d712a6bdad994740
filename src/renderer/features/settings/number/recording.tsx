import { lookUp, t } from '../../../../shared/i18n/i18n.ts';
import type { NumberView } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import { useOff } from '../../../state/organisation.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Section } from '../section.tsx';
import { useNumberForm } from './use-number.ts';

interface RecordingProps {
  account: AccountView;
  recording: NonNullable<NumberView['recording']>;
}

/** Languages in which WhatsApp can announce a recording (docs/providers/meta.md#recording). */
const noticeLanguages: readonly string[] = [
  'en_US',
  'nl',
  'fr',
  'de',
  'hi',
  'it',
  'kn',
  'pt',
  'es',
  'es_ES',
  'te',
  'vi',
];

/**
 * Whether WhatsApp records this number's calls. Each call requests it anew
 * (docs/providers/meta.md#recording).
 */
export function RecordingSection({ account, recording }: RecordingProps) {
  const use = recording === 'off' ? undefined : recording;
  const form = useNumberForm(account.id, 'recording', {
    on: use !== undefined,
    purpose: use?.purpose ?? '',
    language: use?.language ?? 'en_US',
    transcript: use?.transcript ?? false,
  });
  const { value } = form;
  const change = (changes: Partial<typeof value>) => form.set({ ...value, ...changes });
  const { on, purpose, language, transcript } = value;
  const problems = on && purpose.trim() === '' ? [t('numbers.purposeMissing')] : [];
  return (
    <Section title={t('numbers.recordings')}>
      <SaveForm
        form={form}
        problems={problems}
        onSave={() =>
          void form.note({
            recording: on ? { purpose: purpose.trim(), language, transcript } : 'off',
          })
        }
      >
        <Toggle
          label={t('numbers.recording')}
          note={t('numbers.recordingsNote')}
          checked={on}
          locked={useOff('recording')}
          onChange={(next) => change({ on: next })}
        />
        {on && (
          <>
            <TextField
              label={t('numbers.purpose')}
              value={purpose}
              maxLength={250}
              note={t('numbers.purposeNote')}
              onChange={(event) => change({ purpose: event.target.value })}
            />
            <Choice
              label={t('numbers.noticeLanguage')}
              value={language}
              options={(noticeLanguages.includes(language)
                ? noticeLanguages
                : [language, ...noticeLanguages]
              ).map((code) => ({
                value: code,
                label: lookUp('numbers.noticeLanguages', code) ?? code,
              }))}
              onChange={(next) => change({ language: next })}
            />
            <Toggle
              label={t('numbers.transcript')}
              checked={transcript}
              onChange={(next) => change({ transcript: next })}
            />
          </>
        )}
      </SaveForm>
    </Section>
  );
}
