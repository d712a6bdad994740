import { traitsOf } from '../../../shared/providers/media-path.ts';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import { useEffect, useRef } from 'react';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { isolate } from '../../../shared/lib/foreign-text.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { findingMessage } from '../../../shared/rules/finding-message.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { clockTime, moment } from '../../lib/format.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { classes } from '../../lib/classes.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { GuardedButton } from '../../ui/button.tsx';
import frame from '../../ui/call-frame.module.css';
import { Country } from '../../ui/country.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RecordingSign } from '../../ui/recording-sign.tsx';
import { alsoRingsText, contextLine, endCardMessage, endMessage } from '../../messages/calls.ts';
import { callOfferText } from '../../messages/team.ts';
import { mediaMessage } from '../../messages/media.ts';
import css from './incoming-card.module.css';

export interface IncomingCardProps {
  call: LiveCall;
  /** The agent is on another call, so this one waits. */
  busy: boolean;
  /** The agent wraps up, so it only rings at others; it can be taken here. */
  wrappingUp?: boolean;
  /** Global shortcuts that act on this call. */
  shortcuts: { accept?: string | undefined; decline?: string | undefined };
  /** The card's parts are laid out by the pane around it, which also shows why they call. */
  paned?: boolean | undefined;
  /** Fills the window, in the ring popup. */
  fill?: boolean;
  /** Why the last press failed; for windows without toasts. */
  failure?: string | undefined;
  /** Opens the person's page; undefined in the ring popup. */
  onContact?: (() => void) | undefined;
}

/** Whether its number is recorded by somebody whom a call from here would tell. */
const isToBeRecorded = ({ account: { recorded = 'off' } }: LiveCall): boolean => recorded !== 'off';

/** A ringing call, and for a moment after it ends, the reason. */
export function IncomingCard(props: IncomingCardProps) {
  const { call, busy, shortcuts, fill = false } = props;
  const now = useNow(500);
  const { id: callId, phase, party } = call;
  const name = partyName(party);
  const number = party.name === undefined ? '' : partyNumber(party);
  const ringing = phase.name === 'ringing';
  const declined = ringing && phase.declined !== undefined;
  const isWaiting = call.callOffer?.why === 'requeue';
  const since = (now - call.createdAt) / 1000;
  const sign = (
    <RecordingSign
      shown={
        phase.name === 'ended'
          ? undefined
          : (call.recording?.state.step ?? (isToBeRecorded(call) ? 'will-be' : undefined))
      }
    />
  );
  return (
    <article
      className={classes(
        props.paned ? frame.paned : classes(frame.card, css.card),
        fill && css.fill,
        ringing && !declined ? css.ringing : css.over,
      )}
      aria-label={`${busy ? t('ring.waitingCall') : t('ring.incomingCall')}: ${isolate(name)}`}
    >
      <div className={css.who}>
        <Avatar
          party={party}
          size="large"
          label={t('contacts.openContact')}
          onOpen={props.onContact}
        />
        <div className={frame.person}>
          <div className={css.title}>
            <h2 className={classes(css.name, 'selectable')} dir="auto">
              {name}
            </h2>
            {ringing && !declined && (
              <span className={classes(css.time, isWaiting && css.soon, 'num')}>
                {isWaiting
                  ? t('team.waitingFor', { length: clockTime(since) })
                  : t('ring.ringingFor', { time: clockTime(since) })}
              </span>
            )}
          </div>
          <p className={classes(frame.line, css.line)}>
            {number !== '' && (
              <span className="num selectable" dir="ltr">
                {number}
              </span>
            )}
            {call.country !== undefined && <Country code={call.country} short />}
            {props.paned && sign}
            <span className={frame.ours} title={displayPhone(call.account.number)}>
              {t('common.on')} <bdi>{call.account.label}</bdi>
            </span>
          </p>
          {call.callOffer ? (
            <p className={css.callOffer}>
              {!props.paned && sign}
              <strong>{callOfferText(call.callOffer)}</strong>
              {call.callOffer.note !== undefined && (
                <span>{t('common.quote', { text: call.callOffer.note })}</span>
              )}
            </p>
          ) : (
            !props.paned && (
              <p className={css.quiet}>
                {sign} {contextLine(call, (at) => moment(at, now)) || '\u00a0'}
              </p>
            )
          )}
        </div>
      </div>
      <RingState {...props} now={now} />
      {declined && <Declined callId={callId} />}
      {ringing && !declined && (
        <div className={classes(frame.actions, css.actions)}>
          {phase.silenced === undefined && props.wrappingUp !== true && (
            <GuardedButton
              look="quiet"
              icon="bellOff"
              iconOnly
              className={css.silence}
              onClick={() => void act('calls.silence', { callId })}
            >
              {t('ring.silence')}
            </GuardedButton>
          )}
          <GuardedButton
            look="good"
            size="large"
            icon="phone"
            keysBelow
            keys={shortcuts.accept}
            blocked={busy ? t('ring.cannotAcceptBusy') : undefined}
            onClick={() => void act('calls.accept', { callId })}
          >
            {t('common.accept')}
          </GuardedButton>
          <GuardedButton
            look="bad"
            size="large"
            icon="hangup"
            keysBelow
            keys={shortcuts.decline}
            onClick={() => void act('calls.decline', { callId })}
          >
            {t('common.decline')}
          </GuardedButton>
        </div>
      )}
    </article>
  );
}

/** The decline is not sent yet. Undo takes the focus, so the key that declined also undoes it. */
function Declined({ callId }: { callId: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div className={classes(frame.actions, css.actions)} ref={place}>
      <GuardedButton
        size="large"
        icon="back"
        keys={t('ring.undoKeys')}
        onClick={() => void act('calls.undo-decline', { callId })}
      >
        {t('ring.undo')}
      </GuardedButton>
    </div>
  );
}

/** A known fault of our number (its token or keys) that would make Accept fail. */
function ringWarning({ account, path }: LiveCall, now: number): string | undefined {
  // With any other path, the relay or provider accepts, with its own token.
  if (!traitsOf(path).isAcceptedHere) return undefined;
  const found = account.findings?.find(({ code }) => BLOCKS_ACCEPT.has(code));
  return found && findingMessage(found, showValueAt(now)).what;
}

const BLOCKS_ACCEPT: ReadonlySet<string> = new Set([
  'access-refused',
  'keys-sdes',
  'routed-elsewhere',
]);

type RingStateProps = IncomingCardProps & { now: number };

/**
 * Who else it rings for; or what is wrong, or what became of it. The region of these is there from
 * the first ring, so that they are spoken.
 */
function RingState(props: RingStateProps) {
  const news = newsOf(props);
  return (
    <>
      <output className={news && css[news.look]}>
        {news?.look === 'problem' && <Icon name="warning" size={16} />}
        {news?.look === 'problem' && <span title={news.what}>{news.what}</span>}
        {news?.look === 'end' && <strong>{news.what}</strong>}
        {news?.next !== undefined && <span>{news.next}</span>}
      </output>
      {!news && <RingFacts {...props} />}
    </>
  );
}

interface RingNews extends Pick<Message, 'what' | 'next'> {
  look: 'end' | 'problem';
}

/** What became of the ring, or what keeps it from being answered; undefined while it just rings. */
function newsOf({ call, failure, fill = false, now }: RingStateProps): RingNews | undefined {
  const { phase, party } = call;
  if (phase.name === 'ended') {
    const { what, next } = (fill ? endMessage : endCardMessage)(phase.reason, partyName(party));
    return { look: 'end', what, next };
  }
  if (phase.name !== 'ringing') return { look: 'end', what: t('common.connecting') };
  if (phase.declined !== undefined) return { look: 'end', what: t('ring.declined') };
  const trouble =
    phase.lastError === undefined ? undefined : t('ring.lastTryFailed', { why: phase.lastError });
  const media = phase.mediaProblem === undefined ? undefined : mediaMessage(phase.mediaProblem);
  const what =
    failure ??
    trouble ??
    (media && [media.what, media.next].filter(Boolean).join('. ')) ??
    ringWarning(call, now);
  return what === undefined ? undefined : { look: 'problem', what };
}

/** Who else it rings for, and for how long. */
function RingFacts({ call, busy, wrappingUp = false, now }: RingStateProps) {
  const { phase, alsoRings } = call;
  if (phase.name !== 'ringing') return null;
  const left = Math.max(0, Math.round((phase.deadlineAt - now) / 1000));
  return (
    <p className={css.facts}>
      <span>
        {phase.silenced && `${t('ring.silenced')} · `}
        {busy
          ? t('ring.waitingNote')
          : wrappingUp
            ? `${t('ring.silentInWrapUp')} · ${alsoRingsText(alsoRings)}`
            : alsoRingsText(alsoRings)}
      </span>
      <span className={classes('num', left <= 10 && css.soon)}>
        {t('ring.timeLeft', { seconds: left })}
      </span>
    </p>
  );
}
