import type { ReactNode } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import { classes } from '../../../lib/classes.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import css from './devices.module.css';

export type Tone = 'good' | 'soon' | 'bad';
const icons: Readonly<Record<Tone, IconName>> = { good: 'check', soon: 'info', bad: 'warning' };

/** One thing to check, its verdict in words, and what checks it. */
export function SoundCheckItem(props: {
  name: string;
  verdict: { tone: Tone; text: string } | undefined;
  children: ReactNode;
}) {
  const { name, verdict, children } = props;
  return (
    <li className={css.check} aria-label={name}>
      <div className={css.what}>
        <strong>{name}</strong>
        <output className={classes(css.verdict, verdict && css[verdict.tone])}>
          {verdict && <Icon name={icons[verdict.tone]} size={16} />}
          <bdi>{verdict?.text ?? t('soundCheck.notYet')}</bdi>
        </output>
      </div>
      <div className={css.actions}>{children}</div>
    </li>
  );
}
