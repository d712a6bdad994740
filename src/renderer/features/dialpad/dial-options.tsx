import { t } from '../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { readForwardTo } from '../../../shared/providers/zernio/forward-to.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import css from './number-entry.module.css';

/** Options for one external call. */
export interface DialChoice {
  forwardTo: string;
  record: 'usual' | 'yes' | 'no';
}

interface DialOptionsProps {
  account: AccountView;
  value: DialChoice;
  onChange: (value: DialChoice) => void;
}

/** Overrides the destination and recording of an external call. */
export function DialOptions({ account, value, onChange }: DialOptionsProps) {
  const problem = forwardProblem(value, account);
  return (
    <details className={css.options}>
      <summary className={css.note}>{t('external.dialOptions')}</summary>
      <TextField
        label={t('external.forwardTo')}
        placeholder={t('external.forwardToExample')}
        value={value.forwardTo}
        aria-invalid={problem !== undefined}
        aria-describedby="forward-to-note"
        onChange={(event) => onChange({ ...value, forwardTo: event.target.value })}
      />
      <p id="forward-to-note" className={problem === undefined ? css.note : css.wrong}>
        {problem ?? t('external.forwardToNote')}
      </p>
      {account.capabilities.recording === 'available' && (
        <Choice
          label={t('external.record')}
          value={value.record}
          options={(['usual', 'yes', 'no'] as const).map((one) => ({
            value: one,
            label: t(`external.records.${one}`),
          }))}
          onChange={(record) => onChange({ ...value, record })}
        />
      )}
    </details>
  );
}

/** What is wrong with the destination; undefined when it is valid or empty. */
export function forwardProblem(value: DialChoice, account: AccountView): string | undefined {
  if (value.forwardTo.trim() === '') return undefined;
  const target = readForwardTo(value.forwardTo, account.number);
  return target.kind === 'wrong' ? t(`numbers.forwardProblems.${target.problem}`) : undefined;
}

/** The options as main takes them. */
export function chosen(
  value: DialChoice,
  account: AccountView,
): { forwardTo?: string; record?: boolean } {
  const target = readForwardTo(value.forwardTo, account.number);
  return {
    ...(target.kind !== 'wrong' && { forwardTo: target.uri }),
    ...(value.record !== 'usual' && { record: value.record === 'yes' }),
  };
}
