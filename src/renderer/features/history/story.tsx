import { t } from '../../../shared/i18n/i18n.ts';
import type { CallPart, HistoryDetail } from '../../../shared/ipc/model.ts';
import { exactTime, lengthInWords, timeOnly } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { cameByWords, transferWords } from '../../messages/team.ts';
import { endWords } from '../../messages/calls.ts';
import css from './story.module.css';

/** Every time that one call was at this agent: how it came, what they did, and how it went on. */
export function Story({ call }: { call: HistoryDetail }) {
  return (
    <ol className={css.story}>
      {call.parts.map((part) => (
        <li key={part.id} className={css.part}>
          <time className="num" title={exactTime(part.createdAt)}>
            {timeOnly(part.createdAt)}
          </time>
          <p>
            {cameBy(part, call)}
            {part.callOffer?.note !== undefined && <Note text={part.callOffer.note} />}
            {part.transfers?.map((one) => (
              <span key={one.at} className={css.line}>
                {t('team.transferredTo')} {transferWords(one)}
                {one.note !== undefined && <Note text={one.note} />}
              </span>
            ))}
            <span className={css.line}>
              {endWords(part.endReason, partyName(call.party)).what}
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
  if (callOffer) return cameByWords(callOffer);
  return direction === 'outbound' ? t('team.placed') : t('team.rang');
}

function Note({ text }: { text: string }) {
  return (
    <span className={css.note}>
      {' '}
      “<bdi>{text}</bdi>”
    </span>
  );
}
