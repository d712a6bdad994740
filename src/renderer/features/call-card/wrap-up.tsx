import { t } from '../../../shared/i18n/i18n.ts';
import { clockTime } from '../../lib/format.ts';
import { GuardedButton } from '../../ui/button.tsx';
import css from './call-card.module.css';

export interface WrapUpProps {
  now: number;
  /** When it ends by itself, Unix ms; undefined if the agent has to end it. */
  until: number | undefined;
  onMoreTime: () => void;
  onReady: () => void;
  /** What the agent still has to do first. */
  blocked: string | undefined;
  /** Opens the customer's messages, to write one. */
  onFollowUp: () => void;
  className: string | undefined;
}

/** After the call: how long no call rings here, and what may be left to do. */
export function WrapUp(props: WrapUpProps) {
  const { now, until, onMoreTime, onReady, blocked, onFollowUp, className } = props;
  return (
    <div className={className} role="toolbar" aria-label={t('customer.wrapUp')}>
      <span className={css.what}>
        {t('customer.wrapUp')}
        {until !== undefined && (
          <time className="num" role="timer">
            {clockTime(Math.max(0, Math.ceil((until - now) / 1000)))}
          </time>
        )}
      </span>
      {until !== undefined && (
        <GuardedButton onClick={onMoreTime} title={t('customer.moreTimeHint')}>
          {t('customer.moreTime')}
        </GuardedButton>
      )}
      <GuardedButton icon="note" onClick={onFollowUp}>
        {t('customer.followUp')}
      </GuardedButton>
      <GuardedButton
        look="accent"
        icon="check"
        className={css.ready}
        blocked={blocked}
        onClick={onReady}
      >
        {t('customer.ready')}
      </GuardedButton>
    </div>
  );
}
