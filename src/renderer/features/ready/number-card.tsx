import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Check, Repair } from '../../../shared/checks/check.ts';
import { type CheckId, type CheckRow, checkRows } from '../../../shared/checks/ids.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { Button } from '../../ui/button.tsx';
import { CheckItem } from './check-item.tsx';
import css from './ready.module.css';

interface NumberCardProps {
  account: Pick<AccountView, 'id' | 'label' | 'number' | 'provider'>;
  checks: readonly Check[];
  now: number;
  /** Whether those in order are shown at first, too. */
  isWhole: boolean;
  /** The check that the agent came to see. */
  shown: CheckId | undefined;
  onRepair: (repair: Repair) => void;
}

const rows = Object.keys(checkRows) satisfies string[];
const isRow = (name: string): name is CheckRow => Object.hasOwn(checkRows, name);
const needsAttention = ({ state }: Check): boolean => state === 'fault' || state === 'warning';

/** What must be right for one of our numbers, in three rows. */
export function NumberCard(props: NumberCardProps) {
  const { account, checks, now, isWhole, shown, onRepair } = props;
  const [all, setAll] = useState(isWhole);
  const applying = checks.filter(({ state }) => state !== 'not-applicable');
  const isListed = (check: Check) => all || needsAttention(check) || check.id === shown;
  return (
    <section className={css.card} aria-label={account.label}>
      <header className={css.head}>
        <h2 className={css.title}>
          <bdi>{account.label}</bdi>
        </h2>
        <span className="num selectable" dir="ltr">
          {displayPhone(account.number)}
        </span>
        <span className={css.quiet}>{t(`providerNames.${account.provider}`)}</span>
        <Tally checks={applying} />
      </header>
      <div className={css.rows}>
        {rows.filter(isRow).map((row) => {
          const inRow: readonly string[] = checkRows[row];
          const listed = checks.filter((check) => inRow.includes(check.id) && isListed(check));
          if (listed.length === 0) return null;
          return (
            <section key={row} className={css.row} aria-label={t(`checks.rows.${row}`)}>
              <h3 className={css.rowTitle}>{t(`checks.rows.${row}`)}</h3>
              <ul>
                {listed.map((check) => (
                  <CheckItem
                    key={check.id}
                    check={check}
                    now={now}
                    isShown={check.id === shown}
                    onRepair={onRepair}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <Button look="quiet" size="small" onClick={() => setAll(!all)}>
        {all ? t('checks.hide') : t('checks.show', { count: checks.length })}
      </Button>
    </section>
  );
}

/** How many of a number's checks are in which state. */
function Tally({ checks }: { checks: readonly Check[] }) {
  const count = (wanted: Check['state']) => checks.filter(({ state }) => state === wanted).length;
  const [faults, warnings, unknown] = [count('fault'), count('warning'), count('unknown')];
  if (faults + warnings + unknown === 0) {
    return <span className={css.good}>{t('checks.allWell', { count: checks.length })}</span>;
  }
  return (
    <span className={css.tally}>
      {faults > 0 && <span className={css.bad}>{t('checks.faults', { count: faults })}</span>}
      {warnings > 0 && (
        <span className={css.soon}>{t('checks.warnings', { count: warnings })}</span>
      )}
      {unknown > 0 && <span className={css.quiet}>{t('checks.notKnown', { count: unknown })}</span>}
    </span>
  );
}
