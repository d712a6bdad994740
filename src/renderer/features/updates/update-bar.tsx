import type { ReactNode } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { UpdateView } from '../../../shared/ipc/updates.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button, GuardedButton } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './update-bar.module.css';

/** Asks when an update is installed, and says what became of the last one. Never while the agent is on a call. */
export function UpdateBar() {
  const updates = useSnapshot((snapshot) => snapshot.updates);
  const own = useSnapshot(({ app }) => app.version);
  const text = newsOf(updates, own);
  if (text !== undefined) {
    return (
      <Bar icon={updates.wentBackFrom === undefined ? 'check' : 'warning'} text={text}>
        <GuardedButton size="small" onClick={() => void act('updates.dismiss', {})}>
          {t('updates.dismiss')}
        </GuardedButton>
      </Bar>
    );
  }
  const { now } = updates;
  if (now.state !== 'ready' || now.isBusy) return null;
  if (now.isForced) {
    return (
      <Bar icon="warning" text={`${t('updates.ready', now)}. ${t('updates.forced')}`}>
        {null}
      </Bar>
    );
  }
  if (now.plan !== 'ask') return null;
  const plan = (chosen: 'now' | 'later' | 'shift-end') => () =>
    void act('updates.plan', { plan: chosen });
  return (
    <Bar
      icon="info"
      text={`${t('updates.ready', now)}. ${t('updates.plans.ask')}`}
      more={now.forceAt === undefined ? undefined : t('updates.forceAt', { time: now.forceAt })}
    >
      {now.notes !== '' && (
        <Float
          title={t('updates.whatIsNew')}
          trigger={<Button size="small">{t('updates.whatIsNew')}</Button>}
        >
          <p className={css.notes}>{now.notes}</p>
        </Float>
      )}
      <GuardedButton size="small" look="accent" onClick={plan('now')}>
        {t('updates.now')}
      </GuardedButton>
      <GuardedButton size="small" onClick={plan('shift-end')}>
        {t('updates.shiftEnd')}
      </GuardedButton>
      <GuardedButton size="small" onClick={plan('later')}>
        {t('updates.later')}
      </GuardedButton>
    </Bar>
  );
}

function newsOf({ wentBackFrom, cameFrom }: UpdateView, own: string): string | undefined {
  if (wentBackFrom !== undefined) {
    return `${t('updates.wentBack', { version: wentBackFrom, own })}. ${t('updates.wentBackNext')}`;
  }
  if (cameFrom === undefined) return undefined;
  return t('updates.cameFrom', { version: own, before: cameFrom });
}

interface BarProps {
  icon: 'check' | 'warning' | 'info';
  text: string;
  more?: string | undefined;
  children: ReactNode;
}

function Bar({ icon, text, more, children }: BarProps) {
  return (
    <aside className={css.bar} aria-label={t('updates.title')}>
      <Icon name={icon} />
      <output className={css.text}>
        {text}
        {more !== undefined && <span className={css.more}> {more}</span>}
      </output>
      {children}
    </aside>
  );
}
