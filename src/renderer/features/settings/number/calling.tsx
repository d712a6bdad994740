import { useState } from 'react';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import type {
  NumberSettings,
  SettingsChange,
} from '../../../../shared/providers/number-settings.ts';
import { callingCodes } from '../../../../shared/lib/phone.ts';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { numberWords } from '../../../words.ts';
import { Section } from '../section.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDraft, useSave } from './use-number.ts';
import css from './number.module.css';

interface CallingProps {
  account: AccountView;
  settings: NumberSettings;
}

type Draft = Pick<NumberSettings, 'calling' | 'iconVisible' | 'iconCountries' | 'callback'>;

/** Whether a number takes calls, and who sees a button for it. */
export function Calling({ account, settings }: CallingProps) {
  const { calling, iconVisible, iconCountries, callback } = settings;
  const stored: Draft = { calling, iconVisible, iconCountries, callback };
  const draft = useDraft(stored);
  const { value } = draft;
  const { save, saving, refused } = useSave(account.id, draft.undo);
  const codes = new Set(callingCodes().map(({ country }) => country));
  const problems = (value.iconCountries ?? [])
    .filter((code) => !codes.has(code))
    .map(numberWords.badCountry);
  return (
    <Section title={numberWords.calling}>
      <Toggle
        label={numberWords.callingOn}
        note={numberWords.callingOnNote}
        checked={value.calling}
        onChange={(next) => draft.set({ ...value, calling: next })}
      />
      {value.iconVisible !== undefined && (
        <Toggle
          label={numberWords.iconVisible}
          note={numberWords.iconVisibleNote}
          checked={value.iconVisible}
          onChange={(next) => draft.set({ ...value, iconVisible: next })}
        />
      )}
      {value.iconCountries !== undefined && (
        <Countries
          key={(iconCountries ?? []).join()}
          value={value.iconCountries}
          onChange={(next) => draft.set({ ...value, iconCountries: next })}
        />
      )}
      {value.callback !== undefined && (
        <Toggle
          label={numberWords.callback}
          note={numberWords.callbackNote}
          checked={value.callback}
          onChange={(next) => draft.set({ ...value, callback: next })}
        />
      )}
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        saving={saving}
        refused={refused}
        problems={problems}
        onSave={() => void save(changeOf(stored, value))}
        onUndo={draft.undo}
      />
    </Section>
  );
}

/** Only what was changed: a provider may refuse the rest, or somebody may just be changing it. */
function changeOf(stored: Draft, value: Draft): SettingsChange {
  const differs = (key: keyof Draft) => JSON.stringify(stored[key]) !== JSON.stringify(value[key]);
  return {
    ...(differs('calling') && { calling: value.calling }),
    ...(differs('iconVisible') && { iconVisible: value.iconVisible }),
    ...(differs('iconCountries') && { iconCountries: value.iconCountries }),
    ...(differs('callback') && { callback: value.callback }),
  };
}

interface CountriesProps {
  value: readonly string[];
  onChange: (codes: readonly string[]) => void;
}

function Countries({ value, onChange }: CountriesProps) {
  const [text, setText] = useState(value.join(' '));
  return (
    <div>
      <TextField
        label={numberWords.iconCountries}
        value={text}
        aria-describedby="icon-countries-note"
        onChange={(event) => {
          setText(event.target.value);
          onChange(
            event.target.value
              .toUpperCase()
              .split(/[\s,;]+/)
              .filter(Boolean),
          );
        }}
      />
      <p id="icon-countries-note" className={css.quiet}>
        {numberWords.iconCountriesNote}
      </p>
    </div>
  );
}
