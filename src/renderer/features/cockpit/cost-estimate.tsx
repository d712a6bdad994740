import { t } from '../../../shared/i18n/i18n.ts';
import { useQuery } from '@tanstack/react-query';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { estimate } from '../../../shared/rules/cost/meter.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { money, roughly } from '../../lib/money.ts';
import { fetchFromMain } from '../../state/requests.ts';
import css from './cockpit.module.css';

interface CostEstimateProps {
  account: AccountView;
  party: Party;
  facts: Facts;
  now: number;
}

const MINUTE_MS = 60_000;
const EXAMPLES = [1, 5, 15] as const;

/**
 * The price of a call before it is dialled: by the rate card, and by the provider's own estimate.
 */
export function CostEstimate({ account, party, facts, now }: CostEstimateProps) {
  const { customer, cost, provider } = facts;
  if (providers[provider].billing.value === 'free') return <Line>{t('cockpit.costFree')}</Line>;
  return (
    <>
      {cost && customer.number !== undefined ? (
        <Line>
          <span className={css.prices}>
            {EXAMPLES.map((minutes) => (
              <Price key={minutes} facts={facts} minutes={minutes} now={now} />
            ))}
          </span>
          <span className={css.quiet}>{t('cockpit.estimateNote')}</span>
        </Line>
      ) : (
        <Line>
          <span className={css.quiet}>{t('cockpit.costUnknown')}</span>
        </Line>
      )}
      {account.capabilities.cost === 'available' && (
        <ProviderEstimate account={account} party={party} />
      )}
    </>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return (
    <div className={css.cost}>
      <span className={css.quiet}>{t('cockpit.cost')}</span>
      {children}
    </div>
  );
}

function Price({ facts, minutes, now }: { facts: Facts; minutes: number; now: number }) {
  const { cost, customer } = facts;
  if (!cost) return null;
  const route = {
    number: customer.number ?? '',
    currency: cost.currency,
    at: now,
    monthSeconds: cost.monthSeconds,
  };
  const price = estimate(cost.card, route, minutes * MINUTE_MS);
  if (!price.ok) return null;
  return (
    <span className="num">
      {t('cockpit.estimate', { minutes })}: {money(price.amount, price.currency)}
    </span>
  );
}

const PROVIDER_MINUTES = 5;

/** The provider's own estimate, e.g. Zernio's. */
function ProviderEstimate({ account, party }: { account: AccountView; party: Party }) {
  const { data } = useQuery({
    queryKey: ['contacts', 'estimate', account.id, party.waId],
    queryFn: () =>
      fetchFromMain('numbers.estimate', {
        accountId: account.id,
        party: { waId: party.waId },
        minutes: PROVIDER_MINUTES,
      }),
    enabled: party.waId !== undefined,
    staleTime: 300_000,
    retry: false,
  });
  const bill = data?.bill;
  if (bill?.billable === undefined) return null;
  return (
    <p className="num">
      {t('cockpit.providerEstimate', {
        minutes: PROVIDER_MINUTES,
        billable: roughly(bill.billable, 'USD'),
        meta: roughly(bill.meta ?? '0', 'USD'),
      })}
    </p>
  );
}
