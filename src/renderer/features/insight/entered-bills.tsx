import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { monthsOf, rangeOfMonth } from '../../../shared/insight/ranges.ts';
import type { EnteredBill } from '../../../shared/ipc/entered-bill.ts';
import { reportsCharges } from '../../../shared/providers/capabilities.ts';
import type { InsightRange } from '../../../shared/protocol/insight-question.ts';
import { roughly } from '../../lib/money.ts';
import { act, fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { FigureTable } from './figure-table.tsx';
import type { CellSlice, Table } from './table.ts';
import { figuresQuery } from './use-insight.ts';
import css from './insight-view.module.css';

interface EnteredBillsProps {
  range: InsightRange;
  /** Of the rate card. */
  currency: string;
  label: (accountId: string) => string;
  onOpen: (slice: CellSlice) => void;
}

/** The bills of providers that report no charges to programs: admins enter them, and everybody sees them beside our estimate. */
export function EnteredBills({ range, currency, label, onOpen }: EnteredBillsProps) {
  const accounts = useSnapshot((snapshot) => snapshot.accounts);
  const { data } = useQuery({
    queryKey: ['history', 'bills'],
    queryFn: () => fetchFromMain('insight.bills', {}),
  });
  const numbers = accounts
    .filter(({ capabilities }) => !reportsCharges(capabilities))
    .map(({ id }) => id)
    .filter((id) => range.accountId === undefined || id === range.accountId);
  const months = monthsOf(range, range.zone);
  const bills = (data?.bills ?? []).filter(
    ({ accountId, month }) => numbers.includes(accountId) && months.includes(month),
  );
  const estimates = useEstimates(bills, range.zone);
  if (!data || numbers.length === 0 || (bills.length === 0 && !data.mayEnter)) return undefined;
  const title = t('insight.enteredTitle');
  return (
    <div className={css.entered}>
      <h2>{title}</h2>
      <p className={css.quiet}>{t('insight.enteredNote')}</p>
      {data.mayEnter && <BillForm {...{ numbers, label, currency }} month={months.at(-1) ?? ''} />}
      {bills.length > 0 && (
        <FigureTable table={billsTable(bills, estimates, label)} label={title} onOpen={onOpen} />
      )}
    </div>
  );
}

/** What the same calls cost by the rate card, in the order of the bills. */
function useEstimates(
  bills: readonly EnteredBill[],
  zone: string,
): readonly (string | undefined)[] {
  const answers = useQueries({
    queries: bills.map(({ accountId, month }) =>
      figuresQuery({ view: 'cost' }, { ...rangeOfMonth(month, zone), zone, accountId }, false),
    ),
  });
  return answers.map(({ data }) => {
    const priced = data?.view === 'cost' ? data.rows.filter(({ amount }) => amount) : [];
    const [first] = priced;
    const sum = priced.reduce((total, { amount }) => total + Number(amount), 0);
    return first && roughly(sum.toFixed(6), first.currency ?? '');
  });
}

function billsTable(
  bills: readonly EnteredBill[],
  estimates: readonly (string | undefined)[],
  label: (accountId: string) => string,
): Table {
  return {
    columns: [
      t('insight.month'),
      t('insight.dimensions.number'),
      t('insight.byList'),
      t('insight.billed'),
    ],
    rows: bills.map(({ accountId, month, amount, currency }, n) => ({
      name: formats.month(Date.parse(`${month}-15`)),
      key: `${month}/${accountId}`,
      cells: [
        { text: label(accountId) },
        { text: estimates[n] ?? '–' },
        { text: roughly(amount, currency), value: Number(amount) },
      ],
    })),
  };
}

interface BillFormProps {
  numbers: readonly string[];
  label: (accountId: string) => string;
  currency: string;
  month: string;
}

/** An empty amount removes the bill. */
function BillForm({ numbers, label, currency, month }: BillFormProps) {
  const client = useQueryClient();
  const [bill, setBill] = useState({ accountId: numbers[0] ?? '', month, amount: '' });
  const accountId = numbers.includes(bill.accountId) ? bill.accountId : (numbers[0] ?? '');
  const save = async () => {
    const { amount } = bill;
    const saved = await act('insight.set-bill', {
      accountId,
      month: bill.month,
      currency,
      ...(amount !== '' && { amount }),
    });
    if (saved === undefined) return;
    setBill({ ...bill, amount: '' });
    await client.invalidateQueries({ queryKey: ['history', 'bills'] });
  };
  return (
    <form
      className={css.controls}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice
        label={t('history.ourNumber')}
        value={accountId}
        options={numbers.map((id) => ({ value: id, label: label(id) }))}
        onChange={(id) => setBill({ ...bill, accountId: id })}
      />
      <TextField
        type="month"
        required
        label={t('insight.month')}
        value={bill.month}
        onChange={({ target }) => setBill({ ...bill, month: target.value })}
      />
      <TextField
        type="number"
        min="0"
        max="999999999"
        step="0.0001"
        label={`${t('insight.billed')} (${currency})`}
        value={bill.amount}
        onChange={({ target }) => setBill({ ...bill, amount: target.value })}
      />
      <Button type="submit">{t('insight.enterBill')}</Button>
    </form>
  );
}
