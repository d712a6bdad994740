import { t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import type {
  NumberSettings,
  SettingsChange,
} from '../../../../shared/providers/number-settings.ts';
import { callingCodes } from '../../../../shared/lib/phone.ts';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Section } from '../section.tsx';
import { useNumberForm } from './use-number.ts';

interface CallingProps {
  account: AccountView;
  settings: NumberSettings;
}

type Draft = Pick<NumberSettings, 'calling' | 'iconVisible' | 'callback'> & {
  /** As typed. */
  countries: string | undefined;
};

/** Whether a number takes calls, and who sees a button for it. */
export function CallingSection({ account, settings }: CallingProps) {
  const { calling, iconVisible, iconCountries, callback } = settings;
  const stored: Draft = { calling, iconVisible, callback, countries: iconCountries?.join(' ') };
  const form = useNumberForm(account.id, 'calling', stored);
  const { value } = form;
  const codes = new Set(callingCodes().map(({ country }) => country));
  const problems = codesOf(value.countries)
    .filter((code) => !codes.has(code))
    .map((code) => t('numbers.badCountry', { code }));
  return (
    <Section title={t('numbers.calling')}>
      <SaveForm
        form={form}
        problems={problems}
        onSave={() => void form.save(changeOf(stored, value))}
      >
        <Toggle
          label={t('numbers.callingOn')}
          note={t('numbers.callingOnNote')}
          checked={value.calling}
          onChange={(next) => form.set({ ...value, calling: next })}
        />
        {value.iconVisible !== undefined && (
          <Toggle
            label={t('numbers.iconVisible')}
            note={t('numbers.iconVisibleNote')}
            checked={value.iconVisible}
            onChange={(next) => form.set({ ...value, iconVisible: next })}
          />
        )}
        {value.countries !== undefined && (
          <TextField
            label={t('numbers.iconCountries')}
            value={value.countries}
            note={t('numbers.iconCountriesNote')}
            onChange={(event) => form.set({ ...value, countries: event.target.value })}
          />
        )}
        {value.callback !== undefined && (
          <Toggle
            label={t('numbers.callback')}
            note={t('numbers.callbackNote')}
            checked={value.callback}
            onChange={(next) => form.set({ ...value, callback: next })}
          />
        )}
      </SaveForm>
    </Section>
  );
}

/** Only changed fields: a provider may refuse others, or someone may be changing them. */
function changeOf(stored: Draft, value: Draft): SettingsChange {
  const differs = (key: keyof Draft) => JSON.stringify(stored[key]) !== JSON.stringify(value[key]);
  return {
    ...(differs('calling') && { calling: value.calling }),
    ...(differs('iconVisible') && { iconVisible: value.iconVisible }),
    ...(differs('countries') && { iconCountries: codesOf(value.countries) }),
    ...(differs('callback') && { callback: value.callback }),
  };
}

function codesOf(typed = ''): readonly string[] {
  return typed
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
