import { t } from '../../shared/i18n/i18n.ts';
import { Combobox } from '@base-ui/react/combobox';
import { type CountryChoice, countryChoices } from '../lib/country.ts';
import { Icon } from './icon.tsx';
import choice from './choice.module.css';
import css from './country-picker.module.css';

const countries = countryChoices();

interface CountryPickerProps {
  label: string;
  value: string;
  onChange: (code: string) => void;
  /** Only code and prefix, for a narrow place. */
  compact?: boolean;
}

/** Every country, found by name, code or prefix. */
export function CountryPicker({ label, value, onChange, compact = false }: CountryPickerProps) {
  const chosen = countries.find(({ code }) => code === value) ?? null;
  return (
    <Combobox.Root<CountryChoice>
      items={countries}
      value={chosen}
      onValueChange={(next) => {
        if (next) onChange(next.code);
      }}
      itemToStringLabel={(country) => `${country.name} ${country.code} +${country.callingCode}`}
      isItemEqualToValue={(a, b) => a.code === b.code}
    >
      <Combobox.Trigger className={choice.trigger} aria-label={label}>
        <span className={choice.value}>
          {chosen ? (
            <>
              <span className={css.code}>{chosen.code}</span>
              <span className={css.quiet}>
                {compact ? `+${chosen.callingCode}` : `${chosen.name} +${chosen.callingCode}`}
              </span>
            </>
          ) : (
            label
          )}
        </span>
        <span className={choice.chevron}>
          <Icon name="chevron" size={16} />
        </span>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner
          className={choice.positioner}
          sideOffset={4}
          collisionPadding={8}
          align="start"
        >
          <Combobox.Popup className={css.popup} aria-label={label}>
            <Combobox.Input className={css.search} placeholder={t('dialpad.searchCountry')} />
            <Combobox.Empty className={css.empty}>{t('dialpad.noSuchCountry')}</Combobox.Empty>
            <Combobox.List className={css.list}>
              {(country: CountryChoice) => (
                <Combobox.Item key={country.code} value={country} className={choice.item}>
                  <span className={css.code}>{country.code}</span>
                  <span className={choice.text}>{country.name}</span>
                  <span className={css.prefix}>+{country.callingCode}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
