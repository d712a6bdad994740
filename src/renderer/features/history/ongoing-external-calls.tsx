import { t } from '../../../shared/i18n/i18n.ts';
import { clockTime, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './row.module.css';

/**
 * External calls whose card was dismissed but which are still in progress: the history lists calls
 * only once they end.
 */
export function OngoingExternalCalls() {
  const now = useNow(1_000);
  const calls = useSnapshot(({ calls }) => calls);
  const going = calls.flatMap((call) =>
    call.dismissed && call.phase.name === 'external' ? [{ call, stage: call.phase.stage }] : [],
  );
  if (going.length === 0) return null;
  return (
    <ul aria-label={t('external.ongoing')}>
      {going.map(({ call, stage }) => (
        <li key={call.id} className={css.row}>
          <span className={css.kind}>
            <Icon name={call.direction} size={16} />
          </span>
          <span className={css.who}>
            <span className={css.name}>
              <span className={css.nameText} dir="auto">
                {partyName(call.party)}
              </span>
            </span>
            <span
              className={css.outcome}
            >{`${t('external.ongoing')} · ${t(`external.stages.${stage}`)}`}</span>
          </span>
          <span className={css.when}>
            <time>{moment(call.createdAt, now)}</time>
            {call.connectedAt !== undefined && (
              <time aria-hidden="true">{clockTime((now - call.connectedAt) / 1000)}</time>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
