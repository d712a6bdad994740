import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { CallPart, HistoryDetail } from '../../../shared/ipc/history.ts';
import { lengthInWords } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { receivedText, transferText } from '../../messages/team.ts';
import { endMessage } from '../../messages/calls.ts';
import css from './call-legs.module.css';

/** Each time one call reached this agent: how it arrived, what they did and how it ended. */
export function CallLegs({ call }: { call: HistoryDetail }) {
  return (
    <ol className={css.legs}>
      {call.parts.map((part) => (
        <li key={part.id} className={css.leg}>
          <time className="num" title={formats.exactDate(part.createdAt)}>
            {formats.time(part.createdAt)}
          </time>
          <p>
            {cameBy(part, call)}
            {part.callOffer?.note !== undefined && <Note text={part.callOffer.note} />}
            {part.transfers?.map((one) => (
              <span key={one.at} className={css.line}>
                {t('team.transferredTo')} {transferText(one)}
                {one.note !== undefined && <Note text={one.note} />}
              </span>
            ))}
            <span className={css.line}>
              {endMessage(part.endReason, partyName(call.party)).what}
              {part.talkSeconds !== undefined &&
                `; ${t('team.talked', { length: lengthInWords(part.talkSeconds) })}`}
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function cameBy({ callOffer }: CallPart, { direction }: HistoryDetail): string {
  if (callOffer) return receivedText(callOffer);
  return direction === 'outbound' ? t('team.placed') : t('team.rang');
}

function Note({ text }: { text: string }) {
  return <span className={css.note}> {t('common.quote', { text })}</span>;
}
