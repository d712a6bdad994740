/** Every language, by its BCP 47 tag, with its own name for itself. */
export const languages = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
  es: 'Español',
  id: 'Bahasa Indonesia',
  ar: 'العربية',
  /** English with accents and brackets, a third longer: shows what no catalogue holds or no place fits. */
  'en-XA': '⟦Þšéûđöļöçåļé⟧',
} as const satisfies Record<string, string>;

export type Language = keyof typeof languages;
/** The agent's choice. */
export type LanguageSetting = 'system' | Language;

/** The tags of all languages. */
export const languageTags = [
  'en',
  'pt-BR',
  'es',
  'id',
  'ar',
  'en-XA',
] as const satisfies Language[];
/** Those that the settings offer. */
const offeredLanguages = languageTags.filter((tag) => tag !== 'en-XA');

/** The plural forms that each needs for counts below a million (CLDR). */
export const pluralForms = {
  en: ['one', 'other'],
  'pt-BR': ['one', 'other'],
  es: ['one', 'other'],
  id: ['other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  'en-XA': ['one', 'other'],
} as const satisfies Record<Language, readonly Intl.LDMLPluralRule[]>;

/** Whether it is written from right to left. */
export const isRightToLeft = (language: Language): boolean => language === 'ar';

/**
 * The language to speak: the agent's choice, else the first of the computer's that we have.
 *
 * @param preferred the computer's languages as BCP 47 tags, the best first
 */
export function languageFor(setting: LanguageSetting, preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const [wanted] = tag.toLowerCase().split(/[-_]/);
    const ours = offeredLanguages.find((language) => language.split('-')[0] === wanted);
    if (ours) return ours;
  }
  return 'en';
}
