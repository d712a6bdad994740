import { formats, t } from '../../../../shared/i18n/i18n.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { lengthInWords } from '../../../lib/format.ts';
import { fetchFromMain, queryErrorMessage } from '../../../state/requests.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureCard } from '../../../ui/failure.tsx';
import { Section } from '../section.tsx';
import css from './number.module.css';

const MONTH_MS = 30 * 86_400_000;

/** Call counts and costs, as totalled by the provider. */
export function Analytics({ account }: { account: AccountView }) {
  const [until, setUntil] = useState<number | undefined>();
  const { data, error, isFetching } = useQuery({
    queryKey: ['numbers', account.id, 'analytics', until],
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
    <Section title={t('numbers.analytics')}>
      <p className={css.quiet}>{t('numbers.analyticsNote')}</p>
      {error && <FailureCard message={queryErrorMessage(error)} />}
      {data?.length === 0 && <p className={css.quiet}>{t('numbers.analyticsNone')}</p>}
      {data && data.length > 0 && (
        <table className={css.analytics}>
          <thead>
            <tr>
              <th scope="col">{t('numbers.day')}</th>
              <th scope="col">{t('numbers.count')}</th>
              <th scope="col">{t('numbers.average')}</th>
              <th scope="col">{t('numbers.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ from, direction, country, count, cost, averageSeconds }) => (
              <tr key={`${from} ${direction ?? ''} ${country ?? ''}`}>
                <th scope="row">
                  {formats.dayAndMonth(from)}
                  {direction && t(`numbers.directions.${direction}`)}{' '}
                  {country !== undefined && formats.country(country)}
                </th>
                <td className="num">{formats.number(count)}</td>
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
          blocked={isFetching ? t('numbers.loading') : undefined}
          onClick={() => setUntil(Date.now())}
        >
          {t('numbers.analyticsShow')}
        </Button>
      </div>
    </Section>
  );
}
