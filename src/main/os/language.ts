import { app } from 'electron';
import { i18n } from '../../shared/i18n/i18n.ts';
import { languageFor, type LanguageSetting } from '../../shared/i18n/languages.ts';

/**
 * Speaks the language of the settings from now on, once its texts are read.
 *
 * @param setting missing while no workspace is open: the language stays
 */
export async function speak(setting: LanguageSetting | undefined): Promise<void> {
  if (setting === undefined) return;
  const named = app.commandLine.getSwitchValue('lang');
  const preferred = app.getPreferredSystemLanguages();
  const language = languageFor(setting, named === '' ? preferred : [named]);
  if (language !== i18n.language()) await i18n.setLanguage(language);
}
