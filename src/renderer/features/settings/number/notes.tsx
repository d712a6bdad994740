import { t } from '../../../../shared/i18n/i18n.ts';
import type { NumberState } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { parseDecimal } from '../../../../shared/rules/decimal.ts';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Section } from '../section.tsx';
import { useNumberForm } from './use-number.ts';
import css from './number.module.css';

interface NumberNotesProps {
  account: AccountView;
  state: NumberState;
}

/** Facts that the rules need and no provider reports. */
export function NumberNotes({ account, state }: NumberNotesProps) {
  const form = useNumberForm(account.id, 'notes', {
    tier: state.messagingTier ?? '',
    sandbox: state.sandbox ?? false,
    amount: state.balance?.amount ?? '',
    minimum: state.balance?.minimum ?? '10',
    currency: state.balance?.currency ?? 'USD',
  });
  const { value } = form;
  const change = (changes: Partial<typeof value>) => form.set({ ...value, ...changes });
  const hasBalance = value.amount.trim() !== '';
  const problems = hasBalance
    ? [
        ...(parseDecimal(value.amount) && parseDecimal(value.minimum)
          ? []
          : [t('numbers.badAmount')]),
        ...(/^[A-Z]{3}$/.test(value.currency) ? [] : [t('numbers.badCurrency')]),
      ]
    : [];
  const save = () => {
    const { tier, sandbox, amount, minimum, currency } = value;
    void form.note({
      messagingTier: tier.trim() === '' ? null : tier.trim(),
      sandbox,
      balance: hasBalance ? { amount: amount.trim(), minimum: minimum.trim(), currency } : null,
    });
  };
  return (
    <Section title={t('numbers.notes')}>
      <SaveForm form={form} problems={problems} onSave={save}>
        <p className={css.quiet}>{t('numbers.notesNote')}</p>
        <TextField
          label={t('numbers.tier')}
          value={value.tier}
          maxLength={40}
          note={t('numbers.tierNote')}
          onChange={(event) => change({ tier: event.target.value })}
        />
        <div className={css.row}>
          <TextField
            label={t('numbers.balance')}
            inputMode="decimal"
            value={value.amount}
            onChange={(event) => change({ amount: event.target.value })}
          />
          <TextField
            label={t('numbers.minimum')}
            inputMode="decimal"
            value={value.minimum}
            onChange={(event) => change({ minimum: event.target.value })}
          />
          <TextField
            label={t('numbers.currency')}
            value={value.currency}
            maxLength={3}
            onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
          />
        </div>
        <p className={css.quiet}>{t('numbers.balanceNote')}</p>
        <Toggle
          label={t('numbers.sandbox')}
          note={t('numbers.sandboxNote')}
          checked={value.sandbox}
          onChange={(sandbox) => change({ sandbox })}
        />
      </SaveForm>
    </Section>
  );
}
