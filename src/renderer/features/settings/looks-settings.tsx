import { formats, t } from '../../../shared/i18n/i18n.ts';
import { languages, languageTags } from '../../../shared/i18n/languages.ts';
import type { Settings } from '../../../shared/ipc/settings.ts';
import { useLock } from '../../state/organisation.ts';
import { Choice } from '../../ui/choice.tsx';
import { CountryPicker } from '../../ui/country-picker.tsx';
import { LockedValue } from '../../ui/locked-value.tsx';
import { Section } from './section.tsx';

interface LooksSettingsProps {
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
}

/** Theme, language, and the country of numbers. */
export function LooksSettings({ settings, onChange }: LooksSettingsProps) {
  const locks = {
    theme: useLock('theme'),
    language: useLock('language'),
    country: useLock('defaultCountry'),
  };
  const nameOf = (tag: Settings['language']) =>
    tag === 'system' ? t('settings.languageOfSystem') : languages[tag];
  return (
    <Section title={t('settings.looks')}>
      {locks.theme === undefined ? (
        <Choice
          label={t('settings.theme')}
          value={settings.theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`settings.themes.${value}`),
          }))}
          onChange={(theme) => onChange({ theme })}
        />
      ) : (
        <LockedValue
          label={t('settings.theme')}
          value={t(`settings.themes.${settings.theme}`)}
          why={locks.theme}
        />
      )}
      {locks.language === undefined ? (
        <Choice
          label={t('settings.language')}
          value={settings.language}
          options={(['system', ...languageTags] as const)
            // The pseudo-language is for tests; whoever sees it can leave it.
            .filter((tag) => tag !== 'en-XA' || settings.language === tag)
            .map((tag) => ({ value: tag, label: nameOf(tag) }))}
          onChange={(language) => onChange({ language })}
        />
      ) : (
        <LockedValue
          label={t('settings.language')}
          value={nameOf(settings.language)}
          why={locks.language}
        />
      )}
      {locks.country === undefined ? (
        <div>
          <p>{t('settings.defaultCountry')}</p>
          <CountryPicker
            label={t('settings.defaultCountry')}
            value={settings.defaultCountry}
            onChange={(defaultCountry) => onChange({ defaultCountry })}
          />
        </div>
      ) : (
        <LockedValue
          label={t('settings.defaultCountry')}
          value={formats.country(settings.defaultCountry)}
          why={locks.country}
        />
      )}
    </Section>
  );
}
