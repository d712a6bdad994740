import { t } from '../../../shared/i18n/i18n.ts';
import { useQuery } from '@tanstack/react-query';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { meter } from '../../../shared/rules/cost/meter.ts';
import { money } from '../../lib/money.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useRateCard } from '../../state/use-facts.ts';
import css from './call-card.module.css';

/**
 * The cost of an outbound call so far, by the imported rate card: billed in six-second steps from
 * the answer.
 */
export function CostMeter({ call, now }: { call: LiveCall; now: number }) {
  const { party, accountId, direction, connectedAt, phase } = call;
  const { data } = useQuery({
    queryKey: ['cost', accountId, party.waId],
    queryFn: () =>
      fetchFromMain('contacts.facts', { accountId, party: { waId: party.waId }, fresh: false }),
    enabled: direction === 'outbound' && party.waId !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  const card = useRateCard(data?.cost?.card);
  if (!card || !data?.cost || party.waId === undefined) return null;
  if (providers[data.provider].billing.value === 'free') return null;
  const { currency, monthSeconds } = data.cost;
  const route = { number: party.waId, currency, monthSeconds };
  const endedAt = phase.name === 'ended' ? phase.at : undefined;
  const read = meter(card, route, { direction, answeredAt: connectedAt, endedAt }, now);
  if (read.state === 'free' || !read.cost.ok) return null;
  const { amount, pulses, rate } = read.cost;
  return (
    <span
      className={css.cost}
      title={t('call.costOf', { seconds: pulses * 6, region: rate.region })}
    >
      <span className="visually-hidden">{t('call.costSoFar')} </span>
      <span className="num">{money(amount, rate.currency)}</span>
    </span>
  );
}
