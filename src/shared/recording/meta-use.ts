import { t } from '../i18n/i18n.ts';
import type { RecordingUse } from '../providers/meta/api.ts';
import type { AnnouncementLanguage, RecordingPolicy } from './policy.ts';

/** The languages in which WhatsApp can say it (docs/providers/meta.md#recording); its own choice otherwise. */
const LANGUAGES: Readonly<Partial<Record<AnnouncementLanguage, string>>> = {
  en: 'en_US',
  'pt-BR': 'pt',
  es: 'es',
};

/** What Meta is asked to record by a policy; undefined if somebody else records, or nobody. */
export function metaUseOf({
  by,
  purpose = t('numbers.purposeAssumed'),
  language,
}: Pick<RecordingPolicy, 'by' | 'purpose' | 'language'>): RecordingUse | undefined {
  return by === 'provider' ? { purpose, language: LANGUAGES[language] } : undefined;
}
