import { useState } from 'react';
import { t } from '../../shared/i18n/i18n.ts';
import { type CountryChoice, countryChoices } from '../lib/country.ts';
import { Combobox } from './combobox.tsx';
import choice from './choice.module.css';
import css from './country-picker.module.css';

interface CountryPickerProps {
  label: string;
  value: string;
  onChange: (code: string) => void;
  /** Shows only code and prefix, where space is tight. */
  compact?: boolean;
}

/** Chooses a country by name, code or prefix. */
export function CountryPicker({ label, value, onChange, compact = false }: CountryPickerProps) {
  const [countries] = useState(countryChoices);
  const chosen = countries.find(({ code }) => code === value);
  return (
    <Combobox<CountryChoice>
      label={label}
      options={countries}
      value={chosen}
      onChange={({ code }) => onChange(code)}
      keyOf={({ code }) => code}
      textOf={({ name, code, callingCode }) => `${name} ${code} +${callingCode}`}
      searchPlaceholder={t('dialpad.searchCountry')}
      noMatch={t('dialpad.noSuchCountry')}
      shown={
        chosen ? (
          <>
            <span className={css.code}>{chosen.code}</span>
            <span className={css.quiet}>
              {compact ? '' : `${chosen.name} `}
              <bdi dir="ltr">+{chosen.callingCode}</bdi>
            </span>
          </>
        ) : (
          label
        )
      }
    >
      {({ code, name, callingCode }) => (
        <>
          <span className={css.code}>{code}</span>
          <span className={choice.text}>{name}</span>
          <span className={choice.aside} dir="ltr">
            +{callingCode}
          </span>
        </>
      )}
    </Combobox>
  );
}
