import { lookUp, t } from '../../../../shared/i18n/i18n.ts';
import type { RecordingUse } from '../../../../shared/providers/meta/api.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';

/** What WhatsApp wants to know when it records. */
export interface MetaDraft {
  purpose: string;
  language: string;
  transcript: boolean;
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

export function metaDraftOf(use: RecordingUse | undefined): MetaDraft {
  return {
    purpose: use?.purpose ?? '',
    language: use?.language ?? 'en_US',
    transcript: use?.transcript ?? false,
  };
}

export function metaUseOf({ purpose, language, transcript }: MetaDraft): RecordingUse {
  return { purpose: purpose.trim(), language, transcript };
}

/** WhatsApp records: each call requests it anew (docs/providers/meta.md#recording). */
export function MetaFields({
  value: { purpose, language, transcript },
  onChange,
}: {
  value: MetaDraft;
  onChange: (changes: Partial<MetaDraft>) => void;
}) {
  const known = noticeLanguages.includes(language)
    ? noticeLanguages
    : [language, ...noticeLanguages];
  return (
    <>
      <TextField
        label={t('numbers.purpose')}
        value={purpose}
        maxLength={250}
        note={t('numbers.purposeNote')}
        onChange={(event) => onChange({ purpose: event.target.value })}
      />
      <Choice
        label={t('numbers.noticeLanguage')}
        value={language}
        options={known.map((code) => ({
          value: code,
          label: lookUp('numbers.noticeLanguages', code) ?? code,
        }))}
        onChange={(next) => onChange({ language: next })}
      />
      <Toggle
        label={t('numbers.transcript')}
        note={t('numbers.recordingsNote')}
        checked={transcript}
        onChange={(next) => onChange({ transcript: next })}
      />
    </>
  );
}
