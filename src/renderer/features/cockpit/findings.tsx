import { lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { Finding, NextAction, Severity } from '../../../shared/rules/findings.ts';
import { findingMessage } from '../../../shared/rules/finding-message.ts';
import { classes } from '../../lib/classes.ts';
import { lengthInWords, moment } from '../../lib/format.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import css from './findings.module.css';

interface FindingsProps {
  findings: readonly Finding[];
  now: number;
  onNext: (action: NextAction) => void;
}

const icons: Record<Severity, IconName> = { block: 'block', warn: 'warning', info: 'info' };

/** The meters show these. */
const shownAsMeters: ReadonlySet<Finding['code']> = new Set([
  'permission-temporary',
  'permission-permanent',
  'calls-left',
  'requests-left',
  'window-open',
  'cost-rate',
]);

/** Every finding behind a verdict, most severe first, each with the next step. */
export function Findings({ findings, now, onNext }: FindingsProps) {
  const shown = findings.filter(({ code }) => !shownAsMeters.has(code));
  if (shown.length === 0) return null;
  return (
    <ul className={css.findings}>
      {shown.map((finding) => (
        <Item key={finding.code} finding={finding} now={now} onNext={onNext} />
      ))}
    </ul>
  );
}

interface ItemProps {
  finding: Finding;
  now: number;
  onNext: (action: NextAction) => void;
}

function Item({ finding, now, onNext }: ItemProps) {
  const { severity, next, changesAt } = finding;
  const message = findingMessage(finding, showValueAt(now));
  const action = lookUp('cockpit.nextActions', next);
  const left = changesAt === undefined ? undefined : changesAt - now;
  return (
    <li className={classes(css.finding, css[severity])} data-finding={finding.code}>
      <Icon name={icons[severity]} size={16} />
      <div className={css.words}>
        <p>
          <span className="visually-hidden">{t(`cockpit.severities.${severity}`)}: </span>
          {message.what} <span className={css.next}>{message.next}</span>
        </p>
        {left !== undefined && left > 0 && changesAt !== undefined && severity !== 'info' && (
          <p className={classes(css.next, 'num')}>
            {t('cockpit.againIn', {
              length: lengthInWords(left / 1000),
              moment: moment(changesAt, now),
            })}
          </p>
        )}
        {action !== undefined && (
          <Button size="small" onClick={() => onNext(next)}>
            {action}
          </Button>
        )}
      </div>
    </li>
  );
}
