import { useEffect, useRef } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Check, Repair } from '../../../shared/checks/check.ts';
import { classes } from '../../lib/classes.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { checkText, copiedText, repairLabel } from './check-text.ts';
import css from './ready.module.css';

const icons: Readonly<Record<Check['state'], IconName>> = {
  ok: 'check',
  warning: 'warning',
  fault: 'close',
  unknown: 'info',
  'not-applicable': 'block',
};

interface CheckItemProps {
  check: Check;
  now: number;
  /** The agent came here to see this one. */
  isShown: boolean;
  onRepair: (repair: Repair) => void;
}

/** One check: its state, one sentence, and one repair. */
export function CheckItem({ check, now, isShown, onRepair }: CheckItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isShown) return;
    item.current?.scrollIntoView({ block: 'center' });
    item.current?.focus();
  }, [isShown]);
  const repair = 'repair' in check ? check.repair : undefined;
  const copied = repair && copiedText(repair);
  return (
    <li
      ref={item}
      className={classes(css.check, css[check.state], isShown && css.shown)}
      data-check={check.id}
      data-state={check.state}
      tabIndex={isShown ? -1 : undefined}
    >
      <Icon name={icons[check.state]} size={16} />
      <div className={css.words}>
        <p className={css.name}>
          {t(`checks.names.${check.id}`)}
          <span className="visually-hidden"> {t(`checks.states.${check.state}`)}</span>
        </p>
        <p className={css.says}>{checkText(check.says, now)}</p>
        {copied !== undefined && (
          <p
            className={classes(css.line, 'selectable')}
            dir={repair?.kind === 'command' ? 'ltr' : 'auto'}
          >
            {copied}
          </p>
        )}
      </div>
      {repair && (
        <Button
          size="small"
          icon={copied === undefined ? undefined : 'copy'}
          look={copied === undefined && check.state === 'fault' ? 'accent' : 'plain'}
          aria-label={`${repairLabel(repair)}: ${t(`checks.names.${check.id}`)}`}
          onClick={() => onRepair(repair)}
        >
          {repairLabel(repair)}
        </Button>
      )}
    </li>
  );
}
