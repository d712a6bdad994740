import type { InsightRange } from '../../../shared/protocol/insight-question.ts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { t } from '../../../shared/i18n/i18n.ts';
import type { CostRow } from '../../../shared/insight/cost.ts';
import { parseDecimal } from '../../../shared/rules/decimal.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { moment } from '../../lib/format.ts';
import { money, roughly } from '../../lib/money.ts';
import { fetchFromMain, queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { minutesCell } from './breakdown-figures.tsx';
import { EnteredBills } from './entered-bills.tsx';
import { Figure } from './figure.tsx';
import { countCell } from './hours-figures.tsx';
import type { Picture } from './picture.ts';
import type { Cell, CellSlice, Table } from './table.ts';
import { countryName } from '../../messages/insight.ts';
import css from './insight-view.module.css';

interface CostViewProps {
  rows: readonly CostRow[];
  range: InsightRange;
  ofTeam: boolean;
  label: (accountId: string) => string;
  onOpen: (slice: CellSlice) => void;
}

/** What calls cost by the rate card, beside what the provider says. */
export function CostView({ rows, range, ofTeam, label, onOpen }: CostViewProps) {
  const { data: card } = useQuery({
    queryKey: ['contacts', 'rate-card'],
    queryFn: () => fetchFromMain('rate-card.get', {}),
  });
  const { bills, failures, isOfAll } = useBills(rows, range);
  const providers = useProviders();
  const unpriced = rows.reduce((sum, row) => sum + row.unpriced, 0);
  return (
    <>
      <Figure
        name={t('insight.costTitle')}
        file="cost-by-country"
        picture={costPicture(rows, bills)}
        table={costTable(rows, bills, label, providers)}
        onOpen={onOpen}
      >
        <p className={css.quiet}>
          {card
            ? t('insight.listOf', {
                name: card.name,
                when: moment(card.importedAt, Math.max(mainNow(), card.importedAt)),
              })
            : t('insight.noList')}
        </p>
        {card && unpriced > 0 && <p>{t('insight.unpriced', { count: unpriced })}</p>}
        {!ofTeam && isOfAll && <p className={css.quiet}>{t('insight.billOfAll')}</p>}
        {failures.map((why) => (
          <p key={why} className={css.quiet}>
            {t('insight.billFailed', { why })}
          </p>
        ))}
      </Figure>
      {!ofTeam && (
        <EnteredBills
          range={range}
          currency={card?.currency ?? 'USD'}
          label={label}
          onOpen={onOpen}
        />
      )}
    </>
  );
}

/** US dollars by number and country. Where single calls are billed, the log has them; Meta tells sums only. */
type Bills = ReadonlyMap<string, string>;
const billKey = ({ accountId, country }: Pick<CostRow, 'accountId' | 'country'>) =>
  `${accountId}/${country}`;

function useBills(
  rows: readonly CostRow[],
  { from, to }: InsightRange,
): { bills: Bills; failures: readonly string[]; isOfAll: boolean } {
  const accounts = useSnapshot(({ accounts }) => accounts);
  const metaIds = accounts.flatMap(({ id, provider }) => (provider === 'meta' ? [id] : []));
  const asked = metaIds.filter((id) => rows.some(({ accountId }) => accountId === id));
  const answers = useQueries({
    queries: asked.map((accountId) => ({
      queryKey: ['numbers', accountId, 'analytics', from, to],
      queryFn: () => fetchFromMain('numbers.analytics', { accountId, from, to }),
      retry: false,
      staleTime: 600_000,
    })),
  });
  const bills = new Map(
    rows.flatMap((row) => (row.billed === undefined ? [] : [[billKey(row), row.billed] as const])),
  );
  for (const [n, { data }] of answers.entries()) {
    const accountId = asked[n] ?? '';
    const sums = new Map<string, number>();
    for (const { direction, country = '', cost } of data ?? []) {
      if (direction === 'inbound' || cost === undefined) continue;
      sums.set(country, (sums.get(country) ?? 0) + cost);
    }
    for (const [country, sum] of sums) bills.set(billKey({ accountId, country }), sum.toFixed(4));
  }
  const failures = answers.flatMap(({ error }) => (error ? [queryErrorMessage(error).what] : []));
  return { bills, failures: [...new Set(failures)], isOfAll: asked.length > 0 };
}

function useProviders(): (accountId: string) => string {
  const accounts = useSnapshot(({ accounts }) => accounts);
  return (accountId) => {
    const provider = accounts.find(({ id }) => id === accountId)?.provider;
    return provider === undefined ? '–' : t(`providerNames.${provider}`);
  };
}

function costPicture(rows: readonly CostRow[], bills: Bills): Picture {
  const countries = [...new Set(rows.map(({ country }) => country))].slice(0, 12);
  const sum = (country: string, of: (row: CostRow) => string | undefined) =>
    rows
      .filter((row) => row.country === country)
      .reduce((total, row) => total + Number(of(row) ?? 0), 0);
  const currency = rows.find((row) => row.currency !== undefined)?.currency ?? '';
  return {
    type: 'bars',
    labels: countries.map(countryName),
    series: [
      {
        name: currency === '' ? t('insight.byList') : `${t('insight.byList')} (${currency})`,
        colour: 'accent',
        values: countries.map((country) => sum(country, ({ amount }) => amount)),
      },
      {
        name: `${t('insight.billed')} (USD)`,
        colour: 'soon',
        values: countries.map((country) => sum(country, (row) => bills.get(billKey(row)))),
      },
    ],
    isLying: true,
  };
}

function costTable(
  rows: readonly CostRow[],
  bills: Bills,
  label: (accountId: string) => string,
  provider: (accountId: string) => string,
): Table {
  return {
    columns: [
      t('insight.dimensions.country'),
      t('insight.dimensions.number'),
      t('insight.provider'),
      t('insight.calls'),
      t('insight.minutes'),
      t('insight.byList'),
      t('insight.billed'),
    ],
    rows: rows.map((row) => {
      const { country, accountId, calls, seconds, amount, currency = '' } = row;
      const bill = bills.get(billKey(row));
      return {
        name: countryName(country),
        key: billKey(row),
        cells: [
          { text: label(accountId) },
          { text: provider(accountId) },
          countCell(calls, {
            accountId,
            isBilled: true,
            by: { dimension: 'country', key: country },
          }),
          minutesCell(seconds),
          moneyCell(amount, currency),
          bill === undefined ? none : { text: roughly(bill, 'USD'), value: Number(bill) },
        ],
      };
    }),
  };
}

const none: Cell = { text: '–', value: '' };

function moneyCell(amount: string | undefined, currency: string): Cell {
  const exact = amount === undefined ? undefined : parseDecimal(amount);
  return exact ? { text: money(exact, currency), value: Number(amount) } : none;
}
