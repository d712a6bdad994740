import { app } from 'electron';
import { i18n } from '../../shared/i18n/i18n.ts';
import { type Language, languageFor, type LanguageSetting } from '../../shared/i18n/languages.ts';

/**
 * Speaks the language of the settings from now on. @returns it
 *
 * @param setting missing while no workspace is open: the language stays
 */
export function speak(setting: LanguageSetting | undefined): Language {
  if (setting === undefined) return i18n.language();
  const named = app.commandLine.getSwitchValue('lang');
  const preferred = app.getPreferredSystemLanguages();
  const language = languageFor(setting, named === '' ? preferred : [named]);
  if (language !== i18n.language()) i18n.setLanguage(language);
  return language;
}
