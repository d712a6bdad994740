import { t } from '../../../shared/i18n/i18n.ts';
import { isolate } from '../../../shared/lib/foreign-text.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { classes } from '../../lib/classes.ts';
import { GuardedButton } from '../../ui/button.tsx';
import frame from '../../ui/call-frame.module.css';
import { CardHead } from './card-head.tsx';
import { endMessage } from '../../messages/calls.ts';
import css from './call-card.module.css';

interface ExternalCardProps {
  call: LiveCall;
  paned?: boolean | undefined;
  onDismiss: () => void;
  /** Opens the person's page. */
  onContact?: (() => void) | undefined;
}

/** A call carried on another telephone. It can be followed here, but not hung up. */
export function ExternalCard(props: ExternalCardProps) {
  const { call, onDismiss } = props;
  const { phase, party } = call;
  const now = useNow(500);
  const name = partyName(party);
  const over = phase.name === 'ended';
  const talking = phase.name === 'external' && phase.stage === 'talking';
  return (
    <article
      className={classes(
        css.call,
        props.paned ? frame.paned : frame.card,
        talking && css.up,
        over && css.over,
      )}
      aria-label={`${t('common.call')}: ${isolate(name)}`}
    >
      <CardHead call={call} now={now} talking={talking} onContact={props.onContact}>
        <span className={css.what}>{stateText(call)}</span>
      </CardHead>
      {!over && (
        <div className={classes(frame.actions, css.actions)}>
          <p className={css.next}>{t('external.note')}</p>
          <span className={css.gap} />
          <GuardedButton icon="close" onClick={onDismiss}>
            {t('common.dismiss')}
          </GuardedButton>
        </div>
      )}
    </article>
  );
}

function stateText(call: LiveCall): string {
  const { phase } = call;
  switch (phase.name) {
    case 'external':
      return t(`external.stages.${phase.stage}`);
    case 'ended':
      return endMessage(phase.reason, partyName(call.party)).what;
    default:
      return t('external.beginning');
  }
}
