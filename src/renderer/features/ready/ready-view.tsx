import type { ReactNode } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Repair } from '../../../shared/checks/check.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { useNow } from '../../lib/use-now.ts';
import { act, copyText, queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show, showNumber, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { copiedText } from './check-text.ts';
import { NumberCard } from './number-card.tsx';
import css from './ready.module.css';
import { useReady } from './use-ready.ts';

interface ReadyCardsProps {
  onTestRing: () => void;
  onTestNetwork: () => void;
  onHearYourself: () => void;
}

interface ReadyViewProps extends ReadyCardsProps {
  /** What the agent checks before the shift. */
  soundCheck: ReactNode;
}

/** Whether our numbers can ring, be heard and call, and what to do if not. */
export function ReadyView({ soundCheck, ...tests }: ReadyViewProps) {
  const accounts = useSnapshot(({ accounts }) => accounts);
  const { data } = useReady();
  return (
    <Page title={t('checks.title')} intro={t('checks.lead')}>
      <div className={css.actions}>
        <Button
          icon="check"
          blocked={data?.running ? t('checks.checking') : undefined}
          onClick={() => void act('ready.check', {})}
        >
          {t('checks.again')}
        </Button>
        <output className={css.quiet}>
          {data?.running
            ? t('checks.checking')
            : data?.checkedAt !== undefined && t('checks.checkedAt', { at: data.checkedAt })}
        </output>
      </div>
      {accounts.length === 0 && (
        <Empty icon="phone" title={t('checks.title')} text={t('checks.noNumbers')} />
      )}
      {accounts.length > 0 && soundCheck}
      <ReadyCards {...tests} />
    </Page>
  );
}

/** A card for each of our numbers, to stand in any view. */
export function ReadyCards({ onTestRing, onTestNetwork, onHearYourself }: ReadyCardsProps) {
  const accounts = useSnapshot(({ accounts }) => accounts);
  const shown = useUi(({ check }) => check);
  const { data, error } = useReady();
  const now = useNow(10_000);
  const repair = async (accountId: string, what: Repair) => {
    const text = copiedText(what);
    if (text !== undefined) return copyText(text, () => t('checks.copied'), 'check-copied');
    if (what.kind !== 'button') return;
    switch (what.action) {
      case 'try-now':
        return void act('relay.try-now', {});
      case 'import-profile':
        return void act('profile.import', {});
      case 'number-settings':
        return showNumber(accountId);
      case 'audio-settings':
        useUi.setState({ numberSettings: undefined });
        return show('settings');
      case 'import-prices':
        return void act('rate-card.import', {});
      case 'test-ring':
        return onTestRing();
      case 'test-network':
        return onTestNetwork();
      case 'hear-yourself':
        return onHearYourself();
      case 'switch-calling-on':
      case 'show-icon':
      case 'subscribe':
        return void act('ready.repair', { accountId, action: what.action });
      default:
        return assertNever(what.action, 'repair');
    }
  };
  return (
    <>
      {error && <FailureCard message={queryErrorMessage(error)} />}
      {data?.numbers.map(({ accountId, checks }) => {
        const account = accounts.find(({ id }) => id === accountId);
        return (
          account && (
            <NumberCard
              key={accountId}
              account={account}
              checks={checks}
              now={now}
              isWhole={accounts.length === 1}
              shown={
                shown?.accountId === accountId || shown?.accountId === undefined
                  ? shown?.id
                  : undefined
              }
              onRepair={(what) => void repair(accountId, what)}
            />
          )
        );
      })}
    </>
  );
}
