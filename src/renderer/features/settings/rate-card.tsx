import { t } from '../../../shared/i18n/i18n.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRateCard } from '../../state/use-facts.ts';
import { isoDate } from '../../../shared/rules/zoned-time.ts';
import { dateName, moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { act, fetchFromMain } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from './section.tsx';
import css from './workspace.module.css';

/** The imported rate card. */
export function RateCardSettings() {
  const queries = useQueryClient();
  const now = useNow(60_000);
  const { data } = useQuery({
    queryKey: ['contacts', 'rate-card'],
    queryFn: () => fetchFromMain('rate-card.get', {}),
  });
  const card = useRateCard(data?.csv);
  const newest = Math.max(0, ...(card?.rows.map(({ effectiveFrom }) => effectiveFrom) ?? []));
  const take = async () => {
    const done = await act('rate-card.import', {});
    if (done) void queries.invalidateQueries({ queryKey: ['contacts'] });
  };
  return (
    <Section title={t('numbers.rateCard')}>
      {data ? (
        <p>
          {t('numbers.rateCardUsed', {
            name: data.name,
            moment: moment(data.importedAt, Math.max(now, data.importedAt)),
          })}
          {card && (
            <span className={css.quiet}>
              {' '}
              {t('numbers.rateCardFrom', {
                date: dateName(isoDate(newest)),
                currency: data.currency,
              })}
            </span>
          )}
        </p>
      ) : (
        <p className={css.quiet}>{t('numbers.rateCardNone')}</p>
      )}
      <div className={css.actions}>
        <Button onClick={() => void take()}>{t('numbers.rateCardImport')}</Button>
      </div>
      <p className={css.quiet}>{t('numbers.rateCardNote')}</p>
    </Section>
  );
}
