import type { AccountView } from '../../shared/ipc/account.ts';
import { findingMessage } from '../../shared/rules/finding-message.ts';
import { classes } from '../lib/classes.ts';
import { useNow } from '../lib/use-now.ts';
import { showValueAt } from '../lib/show-value.ts';
import { Icon } from './icon.tsx';
import css from './number-mark.module.css';

/**
 * The most severe finding about one of our numbers, shown wherever the number is named or chosen.
 */
export function NumberMark({ account }: { account: AccountView | undefined }) {
  const now = useNow(30_000);
  const worst = account?.findings.find(({ severity }) => severity !== 'info');
  if (!worst) return null;
  const { what, next } = findingMessage(worst, showValueAt(now));
  return (
    <p className={classes(css.mark, css[worst.severity])} data-finding={worst.code}>
      <Icon name="warning" size={16} />
      <span>
        {what} {next}
      </span>
    </p>
  );
}
