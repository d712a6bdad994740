import { t } from '../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import type { NextAction } from '../../../shared/rules/findings.ts';
import { callVerdict } from '../../state/call-verdict.ts';
import { moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import type { FactsLookup } from '../../state/use-facts.ts';
import { Button } from '../../ui/button.tsx';
import { CostEstimate } from './cost-estimate.tsx';
import { Findings } from './findings.tsx';
import { Meters } from './meters.tsx';
import { PermissionRequestForm } from './request.tsx';
import { Banner } from './banner.tsx';
import { queryErrorMessage } from '../../state/requests.ts';
import css from './cockpit.module.css';

export interface CockpitProps {
  account: AccountView;
  party: Party;
  lookup: FactsLookup;
  /** Follows up a finding that the cockpit cannot handle itself. */
  onNext: (action: NextAction) => void;
}

/** Whether this number may call this person, why, for how long and at what price. */
export function Cockpit({ account, party, lookup, onNext }: CockpitProps) {
  const { facts, error, isFetching, refetch } = lookup;
  const again = () => refetch();
  return (
    <section className={css.cockpit} aria-label={t('cockpit.cockpit')}>
      {error && <Failed error={error} onRetry={() => void again()} />}
      {!error && !facts && <p className={css.quiet}>{t('cockpit.lookingUp')}</p>}
      {facts && (
        <Verdict
          account={account}
          party={party}
          facts={facts}
          onNext={(action) => (action === 'check-permission' ? void again() : onNext(action))}
          onAsked={again}
        />
      )}
      {facts && (
        <p className={css.checked}>
          <Checked facts={facts} />
          <Button look="quiet" size="small" onClick={() => void again()}>
            {isFetching ? t('cockpit.lookingUp') : t('cockpit.lookAgain')}
          </Button>
        </p>
      )}
    </section>
  );
}

interface VerdictProps {
  account: AccountView;
  party: Party;
  facts: Facts;
  onNext: (action: NextAction) => void;
  onAsked: () => Promise<unknown>;
}

function Verdict({ account, party, facts, onNext, onAsked }: VerdictProps) {
  const now = useNow(1000);
  const { tone, title, findings } = callVerdict(facts, now);
  return (
    <>
      <Banner tone={tone} title={title} />
      <Findings findings={findings} now={now} onNext={onNext} />
      <Meters facts={facts} now={now} />
      <CostEstimate account={account} party={party} facts={facts} now={now} />
      <PermissionRequestForm
        // Text typed for one person must not carry over to the next.
        key={`${account.id} ${party.waId ?? party.userId}`}
        account={account}
        party={party}
        facts={facts}
        now={now}
        onAsked={onAsked}
      />
    </>
  );
}

function Checked({ facts }: { facts: Facts }) {
  const now = useNow(15_000);
  if (typeof facts.permission === 'string') return null;
  const { checkedAt } = facts.permission;
  return (
    <span>{t('cockpit.checkedAt', { moment: moment(checkedAt, Math.max(now, checkedAt)) })}</span>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const message = queryErrorMessage(error);
  return (
    <Banner tone="warned" title={t('dialpad.lookupFailed', { why: message.what })} alert>
      <p>{message.next ?? t('dialpad.lookupFailedNext')}</p>
      {message.quote !== undefined && <p>{t('quality.quoted', { words: message.quote })}</p>}
      <Button size="small" onClick={onRetry}>
        {t('cockpit.lookAgain')}
      </Button>
    </Banner>
  );
}
