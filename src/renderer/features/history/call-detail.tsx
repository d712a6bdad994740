import type { ReactNode } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { checkOfError } from '../../../shared/checks/checks.ts';
import type { HistoryDetail, Quality } from '../../../shared/ipc/history.ts';
import { lengthInWords, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { classes } from '../../lib/classes.ts';
import { useNow } from '../../lib/use-now.ts';
import { act, copyText, queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { prepareDial, showCheck, showContact } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { BillDetails } from './bill.tsx';
import { Fact } from './fact.tsx';
import { Recordings } from './recordings/recordings.tsx';
import { CallLegs } from './call-legs.tsx';
import { Timeline } from './timeline.tsx';
import { useCallDetail } from './use-history.ts';
import { endMessage } from '../../messages/calls.ts';
import { transferText } from '../../messages/team.ts';
import { FailureCard } from '../../ui/failure.tsx';
import { PersonHeading } from '../../ui/person-heading.tsx';
import css from './call-detail.module.css';

interface CallDetailProps {
  callId: string;
  /** Its notes; the app passes them, because features never import each other. */
  notes: ReactNode;
  /** Plays a voicemail; passed by the app as well. */
  voicemail: (itemId: string, from: string) => ReactNode;
  onClose: () => void;
}

/** Everything about one call: party, outcome, quality and timeline. */
export function CallDetail({ callId, notes, voicemail, onClose }: CallDetailProps) {
  const { data, error } = useCallDetail(callId);
  return (
    <article className={css.detail} aria-label={t('history.callDetail')}>
      <div className={css.back}>
        <Button look="quiet" size="small" icon="back" onClick={onClose}>
          {t('history.backToList')}
        </Button>
      </div>
      {error && <FailureCard message={queryErrorMessage(error)} />}
      {data && <Details call={data} notes={notes} voicemail={voicemail} />}
    </article>
  );
}

/** Leads to what made the call fail, where that is checked. */
function FailedCheck({ call: { endReason, accountId } }: { call: HistoryDetail }) {
  const check = endReason.kind === 'failed' ? checkOfError(endReason.error.code) : undefined;
  if (check === undefined) return null;
  return (
    <Button size="small" onClick={() => showCheck(check, accountId)}>
      {t('checks.seeCheck', { check: t(`checks.names.${check}`) })}
    </Button>
  );
}

type DetailsProps = Pick<CallDetailProps, 'notes' | 'voicemail'> & { call: HistoryDetail };

function Details({ call, notes, voicemail }: DetailsProps) {
  const now = useNow(30_000);
  const { party } = call;
  const { what, next, quote } = endMessage(call.endReason, partyName(party));
  return (
    <>
      <header className={css.header}>
        <PersonHeading party={party} country={call.country} />
      </header>
      <Actions call={call} />
      {notes}
      <dl className={css.facts}>
        <Fact name={t('history.outcome')}>
          <span className={call.outcome === 'missed' ? css.missed : undefined}>
            {t(`outcomes.${call.outcome}`)}
          </span>
          <span className={css.quiet}>
            {what}
            {next !== undefined && ` · ${next}`}
          </span>
          {quote !== undefined && (
            <span className={css.quiet}>{t('quality.quoted', { words: quote })}</span>
          )}
          <FailedCheck call={call} />
        </Fact>
        <Fact name={t('history.when')}>
          <time title={formats.exactDate(call.createdAt)}>{moment(call.createdAt, now)}</time>
        </Fact>
        {call.talkSeconds !== undefined && (
          <Fact name={t('history.talkedFor')}>
            <span className="num">{lengthInWords(call.talkSeconds)}</span>
            {isShared(call) && (
              <span className={css.quiet}>
                {call.wholeSeconds === undefined
                  ? t('team.ownTalk')
                  : t('team.ownShare', { whole: lengthInWords(call.wholeSeconds) })}
              </span>
            )}
          </Fact>
        )}
        {call.parts.length > 1 ? (
          <Fact name={t('team.legs')}>
            <CallLegs call={call} />
          </Fact>
        ) : (
          <Transfers call={call} />
        )}
        {call.dtmf !== undefined && (
          <Fact name={t('team.keys')}>
            <bdi dir="ltr">{call.dtmf}</bdi>
          </Fact>
        )}
        <Fact
          name={call.direction === 'inbound' ? t('history.calledNumber') : t('dialpad.callFrom')}
        >
          {call.accountLabel}
        </Fact>
        {call.payload !== undefined && (
          <Fact name={t('history.payload')}>
            <bdi>{call.payload}</bdi>
          </Fact>
        )}
        <BillDetails call={call} />
        {call.voicemail && (
          <Fact name={t('bill.voicemailName')}>
            {call.voicemailItem === undefined ? (
              <span className={css.quiet}>
                {t(call.recorded ? 'bill.voicemailRecorded' : 'bill.voicemailAwaited')}
              </span>
            ) : (
              voicemail(call.voicemailItem, partyName(party))
            )}
          </Fact>
        )}
        <Recordings call={call} />
        {call.quality && <QualityFacts quality={call.quality} />}
      </dl>
      {call.reconciled && <p className={css.quiet}>{t('bill.reconciled')}</p>}
      <details className={css.technical}>
        <summary className={css.heading}>{t('history.technical')}</summary>
        <Timeline entries={call.timeline} />
        {call.providerCallId !== undefined && (
          <p className={classes(css.quiet, css.id, 'selectable')}>{call.providerCallId}</p>
        )}
      </details>
    </>
  );
}

/** The transfers of the call, as far as this console knows them. */
function Transfers({ call: { callOffer, transfers = [] } }: { call: HistoryDetail }) {
  return (
    <>
      {callOffer && (
        <Fact name={t('team.from')}>
          {callOffer.from}
          {callOffer.note !== undefined && (
            <span className={css.quiet}>{t('common.quote', { text: callOffer.note })}</span>
          )}
        </Fact>
      )}
      {transfers.map((one) => (
        <Fact key={one.at} name={t('team.transferredTo')}>
          {transferText(one)}
          {one.note !== undefined && (
            <span className={css.quiet}>{t('common.quote', { text: one.note })}</span>
          )}
        </Fact>
      ))}
    </>
  );
}

/** Whether other agents handled the call before or after this one. */
function isShared({ callOffer, endReason: { kind } }: HistoryDetail): boolean {
  return callOffer !== undefined || kind === 'transferred' || kind === 'lost-to-team';
}

function Actions({ call }: { call: HistoryDetail }) {
  const known = useSnapshot(({ accounts }) => accounts.some(({ id }) => id === call.accountId));
  const { waId } = call.party;
  const e164 = waId === undefined ? undefined : `+${waId}`;
  const copy = async () => {
    if (e164 !== undefined) await copyText(e164, () => t('history.copied', { number: e164 }));
  };
  const callBack = () => {
    if (waId === undefined) return;
    void act('history.seen', { callId: call.id });
    prepareDial(waId, known ? call.accountId : undefined);
  };
  const hidden = waId === undefined ? t('history.numberHidden') : undefined;
  return (
    <div className={css.actions}>
      <Button look="accent" icon="phone" blocked={hidden} onClick={callBack}>
        {call.direction === 'outbound' ? t('common.callAgain') : t('common.callBack')}
      </Button>
      <Button icon="person" onClick={() => showContact(call.party)}>
        {t('contacts.openContact')}
      </Button>
      <Button icon="copy" blocked={hidden} onClick={() => void copy()}>
        {t('history.copyNumber')}
      </Button>
    </div>
  );
}

function QualityFacts({ quality }: { quality: Quality }) {
  const { packetsReceived, packetsLost, jitterMs, rttMs, mos, firstAudioMs } = quality;
  const total = packetsReceived + packetsLost;
  const stats = [
    ...(total > 0 ? [`${formats.percent(packetsLost / total)} ${t('history.lost')}`] : []),
    ...statOf('quality.jitter', jitterMs),
    ...statOf('quality.roundTrip', rttMs),
  ];
  return (
    <>
      <Fact name={t('quality.mos')}>
        <span className="num">
          {mos === undefined
            ? t('history.unknown')
            : `${formats.number(mos, 1)} ${t('quality.ofMos')}`}
        </span>
        <span className={classes(css.quiet, 'num')}>{stats.join(' · ')}</span>
      </Fact>
      {firstAudioMs !== undefined && (
        <Fact name={t('history.firstSound')}>
          <span className="num">{firstSoundAfter(firstAudioMs)}</span>
        </Fact>
      )}
    </>
  );
}

function statOf(name: 'quality.jitter' | 'quality.roundTrip', ms: number | undefined): string[] {
  return ms === undefined ? [] : [t('quality.stat', { name: t(name), ms: Math.round(ms) })];
}

function firstSoundAfter(ms: number): string {
  return ms < 1000
    ? t('history.firstSoundAfterMs', { ms })
    : t('history.firstSoundAfter', { seconds: formats.number(ms / 1000, 1) });
}
