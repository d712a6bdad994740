import { lookUp, t } from '../../../shared/i18n/i18n.ts';
import { providerIds } from '../../../shared/rules/data/providers.ts';
import {
  canBeRelayed,
  fieldsOf,
  isSecretField,
  type NumberField,
  type SetUpField,
  type SetUpNumber,
  type SetUpProblem,
} from '../../../shared/set-up/set-up.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import css from './start-view.module.css';

interface NumberFieldsProps {
  typed: SetUpNumber;
  /** From 1. */
  position: number;
  problems: Partial<Record<NumberField, SetUpProblem>>;
  onChange: (changes: Partial<SetUpNumber>) => void;
  /** Missing for the only one. */
  onRemove: (() => void) | undefined;
}

/** One of the numbers of a relay that is set up. */
export function NumberFields({ typed, position, problems, onChange, onRemove }: NumberFieldsProps) {
  const field = (name: NumberField) => (
    <SetUpTextField
      key={name}
      name={name}
      value={typed[name]}
      problem={problems[name]}
      onChange={(text) => onChange({ [name]: text })}
    />
  );
  return (
    <fieldset className={css.number}>
      <legend>{t('setUp.numberTitle', { position })}</legend>
      <Choice
        label={t('setUp.fields.provider')}
        value={typed.provider}
        options={providerIds.map((value) => ({ value, label: t(`providerNames.${value}`) }))}
        onChange={(provider) => onChange({ provider })}
      />
      <div className={css.pair}>
        {field('label')}
        {field('number')}
      </div>
      <div className={css.pair}>{fieldsOf(typed.provider).map(field)}</div>
      {canBeRelayed(typed.provider) && (
        <Toggle
          label={t('setUp.relayed')}
          note={t('setUp.relayedNote')}
          checked={typed.relayed}
          onChange={(relayed) => onChange({ relayed })}
        />
      )}
      <details>
        <summary>{t('setUp.more')}</summary>
        {field('apiBase')}
      </details>
      {onRemove && (
        <Button look="quiet" size="small" icon="close" onClick={onRemove}>
          {t('setUp.removeNumber')}
        </Button>
      )}
    </fieldset>
  );
}

interface SetUpTextFieldProps {
  name: NumberField | Exclude<SetUpField, 'agents'>;
  value: string;
  problem: SetUpProblem | undefined;
  onChange: (text: string) => void;
}

/** A field of the set-up, with its note and what is wrong with it. */
export function SetUpTextField({ name, value, problem, onChange }: SetUpTextFieldProps) {
  const note = lookUp('setUp.notes', name);
  return (
    <div>
      <TextField
        label={t(`setUp.fields.${name}`)}
        {...(note !== undefined && { note })}
        type={isSecretField(name) ? 'password' : 'text'}
        dir={name === 'label' || name === 'admin' ? 'auto' : 'ltr'}
        aria-invalid={problem !== undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {problem && <p className={css.problem}>{t(`setUp.problems.${problem}`)}</p>}
    </div>
  );
}
