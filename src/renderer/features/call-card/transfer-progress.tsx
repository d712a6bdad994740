import { t } from '../../../shared/i18n/i18n.ts';
import type { TeamView } from '../../../shared/ipc/live-call.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './transfer.module.css';

interface TransferProgressProps {
  team: TeamView;
  onCancel: () => void;
  onComplete: () => void;
}

/**
 * A transfer in progress: what the teammate sees, and how to take the call back. The card's state
 * shows the time left.
 */
export function TransferProgress({ team, onCancel, onComplete }: TransferProgressProps) {
  const { asking, consulting } = team;
  if (asking) {
    return (
      <div className={css.progress}>
        <p className={css.words}>
          {asking.note === undefined
            ? t('team.askingText', { to: asking.to })
            : t('team.quoted', { note: asking.note })}
        </p>
        <GuardedButton onClick={onCancel}>{t('team.cancelTransfer')}</GuardedButton>
      </div>
    );
  }
  if (!consulting) return null;
  if (consulting.asked) {
    return (
      <div className={css.progress}>
        <output className={css.words}>{t('team.asked', { name: consulting.with })}</output>
      </div>
    );
  }
  return (
    <div className={css.progress}>
      <output className={css.words}>{t('team.consulting', { name: consulting.with })}</output>
      <div className={css.buttons}>
        <GuardedButton onClick={onCancel}>{t('team.takeBack')}</GuardedButton>
        <GuardedButton look="accent" onClick={onComplete}>
          {t('team.completeTransfer')}
        </GuardedButton>
      </div>
    </div>
  );
}

const HERE = {
  listen: 'team.listens',
  whisper: 'team.whispers',
  barge: 'team.barges',
} as const;

/**
 * Keys the customer pressed, and supervisors who listen or speak. Both regions are in the page
 * before there is anything in them, so that it is spoken.
 */
export function TeamFacts({ team: { dtmf, supervisors } }: { team: TeamView }) {
  return (
    <>
      <output className={css.fact}>
        {dtmf !== '' && (
          <>
            {t('team.keys')}{' '}
            <span className={css.keys} dir="ltr">
              {dtmf}
            </span>
          </>
        )}
      </output>
      <output className={css.fact}>
        {supervisors.map(({ name, mode }) => (
          <span key={name} className={css.supervised}>
            <Icon name="headset" size={16} />
            {t(HERE[mode], { name })}
          </span>
        ))}
      </output>
    </>
  );
}
