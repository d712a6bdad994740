import { t } from '../../../../shared/i18n/i18n.ts';
import type { NumberState } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import { parseDecimal } from '../../../../shared/rules/decimal.ts';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDraft, useSave } from './use-number.ts';
import css from './number.module.css';

interface KnownProps {
  account: AccountView;
  state: NumberState;
}

/** What the rules need and no provider tells. */
export function Known({ account, state }: KnownProps) {
  const draft = useDraft(`${account.id}/known`, {
    tier: state.messagingTier ?? '',
    sandbox: state.sandbox ?? false,
    amount: state.balance?.amount ?? '',
    minimum: state.balance?.minimum ?? '10',
    currency: state.balance?.currency ?? 'USD',
  });
  const { value } = draft;
  const change = (changes: Partial<typeof value>) => draft.set({ ...value, ...changes });
  const { note, saving, refused } = useSave(account.id, draft.undo);
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
    void note({
      messagingTier: tier.trim() === '' ? null : tier.trim(),
      sandbox,
      balance: hasBalance ? { amount: amount.trim(), minimum: minimum.trim(), currency } : null,
    });
  };
  return (
    <Section title={t('numbers.known')}>
      <p className={css.quiet}>{t('numbers.knownNote')}</p>
      <div>
        <TextField
          label={t('numbers.tier')}
          value={value.tier}
          maxLength={40}
          aria-describedby="tier-note"
          onChange={(event) => change({ tier: event.target.value })}
        />
        <p id="tier-note" className={css.quiet}>
          {t('numbers.tierNote')}
        </p>
      </div>
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
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        saving={saving}
        refused={refused}
        problems={problems}
        onSave={save}
        onUndo={draft.undo}
      />
    </Section>
  );
}
