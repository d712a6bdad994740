import { fill, t } from '../../../shared/i18n/i18n.ts';
import { useQuery } from '@tanstack/react-query';
import type { HistoryDetail } from '../../../shared/ipc/history.ts';
import type { CallBill } from '../../../shared/providers/events.ts';
import { estimate, type Cost } from '../../../shared/rules/cost/meter.ts';
import { reconcile } from '../../../shared/rules/cost/reconcile.ts';
import { parseDecimal } from '../../../shared/rules/decimal.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import { billed, money } from '../../lib/money.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useRateCard } from '../../state/use-facts.ts';
import { Fact } from './fact.tsx';
import css from './bill.module.css';

/**
 * What a call cost: our own calculation, the provider's bill, and how they differ. Renders nothing
 * if neither is known.
 */
export function BillDetails({ call }: { call: HistoryDetail }) {
  const { data } = useQuery({
    queryKey: ['contacts', 'rate-card'],
    queryFn: () => fetchFromMain('rate-card.get', {}),
  });
  const card = useRateCard(data?.csv);
  const provider = useSnapshot(
    ({ accounts }) => accounts.find(({ id }) => id === call.accountId)?.provider,
  );
  const { party, direction, connectedAt, bill } = call;
  // Every agent's share of a transferred call is billed.
  const talkSeconds = call.wholeSeconds ?? call.talkSeconds;
  const answered = connectedAt !== undefined && talkSeconds !== undefined;
  const talkMs = (talkSeconds ?? 0) * 1000;
  const free = provider !== undefined && providers[provider].billing.value === 'free';
  const ours: Cost | undefined =
    card && data && answered && !free && direction === 'outbound' && party.waId !== undefined
      ? estimate(
          card,
          // The month's volume before this call is not stored, so the first tier applies.
          { number: party.waId, currency: data.currency, at: connectedAt, monthSeconds: 0 },
          talkMs,
        )
      : undefined;
  const account = ours?.ok ? ours : undefined;
  if (!account && !bill) return null;
  const differences =
    bill?.meta !== undefined && direction === 'outbound'
      ? reconcile({ answered, talkMs, cost: account }, { amount: bill.meta, currency: 'USD' })
          .differences
      : [];
  return (
    <Fact name={t('bill.cost')}>
      <div className={css.bill}>
        {account && (
          <p>
            <span className="num">{money(account.amount, account.currency)}</span>{' '}
            <span className={css.quiet}>{t('bill.ours', { seconds: account.pulses * 6 })}</span>
          </p>
        )}
        {bill && <BillLines bill={bill} />}
        {differences.map(({ code, ...values }) => (
          <p key={code} className={css.differs}>
            {t('bill.compared')} {fill(`billDifferences.${code}`, shown(values))}
          </p>
        ))}
      </div>
    </Fact>
  );
}

/** Formats the amounts of a difference as money and leaves other values alone. */
function shown(values: Readonly<Record<string, string | number>>): Record<string, string> {
  const show = (value: string | number) => {
    const amount = typeof value === 'string' ? parseDecimal(value) : undefined;
    return amount ? money(amount, 'USD') : String(value);
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
}

function BillLines({ bill }: { bill: CallBill }) {
  const { billable, recording, meta, total } = bill;
  return (
    <>
      {billable !== undefined && <BillLine amount={billable} words={t('bill.billable')} />}
      {recording !== undefined && !/^0(\.0*)?$/.test(recording) && (
        <BillLine amount={recording} words={t('bill.recording')} />
      )}
      {meta !== undefined && <BillLine amount={meta} words={t('bill.meta')} />}
      {total !== undefined && <BillLine amount={total} words={t('bill.total')} />}
    </>
  );
}

function BillLine({ amount, words }: { amount: string; words: string }) {
  return (
    <p>
      <span className="num">{billed(amount, 'USD')}</span>{' '}
      <span className={css.quiet}>{words}</span>
    </p>
  );
}
