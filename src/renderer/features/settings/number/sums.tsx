import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import { countryName } from '../../../lib/country.ts';
import { dayOnly, lengthInWords } from '../../../lib/format.ts';
import { fetchFromMain } from '../../../lib/ringdesk.ts';
import { Button } from '../../../ui/button.tsx';
import { numberWords } from '../../../words.ts';
import { Section } from '../section.tsx';
import { saidOf } from './use-number.ts';
import css from './number.module.css';

const MONTH_MS = 30 * 86_400_000;

/** What calls came to, as the provider sums them up. */
export function Sums({ account }: { account: AccountView }) {
  const [until, setUntil] = useState<number | undefined>();
  const { data, error, isFetching } = useQuery({
    queryKey: ['numbers', account.id, 'sums', until],
    queryFn: () =>
      fetchFromMain('numbers.analytics', {
        accountId: account.id,
        from: (until ?? 0) - MONTH_MS,
        to: until ?? 0,
      }),
    enabled: until !== undefined,
    retry: false,
  });
  return (
    <Section title={numberWords.sums}>
      <p className={css.quiet}>{numberWords.sumsNote}</p>
      {error && (
        <p className={css.bad} role="alert">
          {saidOf(error).what}
        </p>
      )}
      {data?.length === 0 && <p className={css.quiet}>{numberWords.sumsNone}</p>}
      {data && data.length > 0 && (
        <table className={css.sums}>
          <thead>
            <tr>
              <th scope="col">{numberWords.day}</th>
              <th scope="col">{numberWords.count}</th>
              <th scope="col">{numberWords.average}</th>
              <th scope="col">{numberWords.cost}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ from, direction, country, count, cost, averageSeconds }) => (
              <tr key={`${from} ${direction ?? ''} ${country ?? ''}`}>
                <th scope="row">
                  {dayOnly(from)}
                  {direction && numberWords.directions[direction]}{' '}
                  {country !== undefined && countryName(country)}
                </th>
                <td className="num">{count}</td>
                <td className="num">
                  {averageSeconds === undefined ? '' : lengthInWords(averageSeconds)}
                </td>
                <td className="num">{cost ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={css.buttons}>
        <Button
          blocked={isFetching ? numberWords.loading : undefined}
          onClick={() => setUntil(Date.now())}
        >
          {numberWords.sumsShow}
        </Button>
      </div>
    </Section>
  );
}
