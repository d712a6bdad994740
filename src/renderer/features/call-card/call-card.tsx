import { t } from '../../../shared/i18n/i18n.ts';
import { isolate } from '../../../shared/lib/foreign-text.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import type { Settings } from '../../../shared/ipc/settings.ts';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { talkedMs } from '../../../shared/call/talk-intervals.ts';
import { clockTime, lengthInWords } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { classes } from '../../lib/classes.ts';
import { useLive } from '../../state/live.ts';
import { GuardedButton } from '../../ui/button.tsx';
import frame from '../../ui/call-frame.module.css';
import { Icon } from '../../ui/icon.tsx';
import { TransferButtons } from './transfer-buttons.tsx';
import type { TeamTarget } from './teammates.ts';
import type { TransferChoice } from './transfer-dialog.tsx';
import { TeamFacts, TransferProgress } from './transfer-progress.tsx';
import { AudioPopover } from './audio-popover.tsx';
import { CardHead } from './card-head.tsx';
import { PlayPopover } from './play-popover.tsx';
import { RecordingLine } from './recording-line.tsx';
import { QualityPopover } from './quality-popover.tsx';
import { WrapUp, type WrapUpProps } from './wrap-up.tsx';
import { endCardMessage } from '../../messages/calls.ts';
import { mediaMessage } from '../../messages/media.ts';
import css from './call-card.module.css';

export interface CallCardProps {
  call: LiveCall;
  /** The card's parts are laid out by the pane around it. */
  paned?: boolean | undefined;
  settings: Settings;
  /** Candidates for a transfer. */
  teammates: readonly Teammate[];
  teams: readonly TeamTarget[];
  /** The microphone as sent to the customer, for the level meter. */
  liveTrack: (callId: string) => MediaStreamTrack | undefined;
  /** The agent still works on the call that is over. */
  wrapUp?:
    | Pick<WrapUpProps, 'until' | 'onMoreTime' | 'onReady' | 'onFollowUp' | 'blocked'>
    | undefined;
  onMute: (muted: boolean) => void;
  onHangUp: () => void;
  onHoldChange: (hold: boolean) => void;
  onTransfer: (offer: TransferChoice) => void;
  onCancelTransfer: () => void;
  onCompleteTransfer: () => void;
  /** Opens the person's page. */
  onContact?: (() => void) | undefined;
  /** Plays a sound file to the customer; undefined if the number does not support it. */
  play?: ((mediaUrl: string) => Promise<void>) | undefined;
  onSettings: (settings: Partial<Settings>) => void;
}

/** The agent's current call: the customer, its state and the controls. */
export function CallCard(props: CallCardProps) {
  const { call, settings, onMute, onHangUp } = props;
  const { phase, party } = call;
  const now = useNow(500);
  const name = partyName(party);
  const over = phase.name === 'ended';
  const up = phase.name === 'connected';
  const held = isOnHold(call.team);
  return (
    <article
      className={classes(
        css.call,
        props.paned ? frame.paned : frame.card,
        up && (held ? css.held : call.muted ? css.muted : css.up),
        over && css.over,
      )}
      aria-label={`${t('common.call')}: ${isolate(name)}`}
    >
      <CardHead call={call} now={now} talking={up} onContact={props.onContact}>
        <StateLine call={call} now={now} />
      </CardHead>
      <Problem callId={call.id} />
      {!over && <News />}
      {!over && <RecordingLine call={call} now={now} />}
      {!over && <OfferedBy call={call} />}
      {!over && call.team && (
        <>
          <TransferProgress
            team={call.team}
            onCancel={props.onCancelTransfer}
            onComplete={props.onCompleteTransfer}
          />
          <TeamFacts team={call.team} />
        </>
      )}
      {!over && (
        <div
          className={classes(frame.actions, css.actions)}
          role="toolbar"
          aria-label={t('call.callActions')}
        >
          <GuardedButton
            icon={call.muted ? 'micOff' : 'mic'}
            pressed={call.muted}
            className={classes(css.switch, css.third)}
            aria-keyshortcuts="M"
            keys="M"
            blocked={up ? undefined : t('call.muteLater')}
            onClick={() => onMute(!call.muted)}
          >
            {call.muted ? t('common.unmute') : t('common.mute')}
          </GuardedButton>
          <TransferButtons
            call={call}
            teammates={props.teammates}
            teams={props.teams}
            onHoldChange={props.onHoldChange}
            onTransfer={props.onTransfer}
          />
          <AudioPopover
            callId={call.id}
            settings={settings}
            liveTrack={props.liveTrack}
            onChange={props.onSettings}
          />
          {up && props.play && <PlayPopover onPlay={(url) => void props.play?.(url)} />}
          {up && <QualityPopover callId={call.id} legs={call.team?.legs} />}
          <span className={css.gap} />
          <GuardedButton look="bad" icon="hangup" onClick={onHangUp} className={css.hangUp}>
            {call.team?.consulting?.asked === false ? t('team.leave') : t('common.hangUp')}
          </GuardedButton>
        </div>
      )}
      {over && props.wrapUp && (
        <WrapUp now={now} {...props.wrapUp} className={classes(frame.actions, css.actions)} />
      )}
    </article>
  );
}

function StateLine({ call, now }: { call: LiveCall; now: number }) {
  const { phase } = call;
  const interrupted = useLive(({ interrupted }) => interrupted[call.id] ?? false);
  if (phase.name === 'ended') {
    const { what, next } = endCardMessage(phase.reason, partyName(call.party));
    const {
      connectedAt,
      talkIntervals = connectedAt === undefined ? [] : [{ from: connectedAt }],
    } = call;
    const talked = talkedMs(talkIntervals, phase.at) / 1000;
    return (
      <>
        <strong className={css.what}>{what}</strong>
        <span className={css.next}>
          {next ?? (talked > 0 && `${t('call.talked')} ${lengthInWords(talked)}`)}
        </span>
      </>
    );
  }
  if (phase.name === 'connected' && interrupted) {
    return (
      <>
        <span className={css.soon}>{t('call.interrupted')}</span>
        <span className={css.next}>{t('call.interruptedNext')}</span>
      </>
    );
  }
  if (phase.name === 'connected') {
    if (isOnHold(call.team)) return <HoldLine call={call} now={now} />;
    const silent = call.audioAt === undefined && now - (call.connectedAt ?? now) > 1500;
    return (
      <span className={css.what}>
        <span className={css.dot} aria-hidden="true" />
        {call.muted ? t('call.onCallMuted') : silent ? t('call.noSoundYet') : t('phases.connected')}
      </span>
    );
  }
  if (phase.name === 'rejoining') {
    const left = Math.max(0, Math.ceil((phase.deadlineAt - now) / 1000));
    return (
      <>
        <Countdown spoken={t('phases.rejoining')} className={css.soon}>
          {t('team.rejoining', { seconds: left })}
        </Countdown>
        <span className={css.next}>{t('team.holdMusic')}</span>
      </>
    );
  }
  return (
    <>
      <span className={css.what}>
        {phase.name === 'external'
          ? t(`external.stages.${phase.stage}`)
          : `${t(`phases.${phase.name}`)}…`}
      </span>
      <time className={css.next} aria-hidden="true">
        {clockTime((now - call.createdAt) / 1000)}
      </time>
    </>
  );
}

interface CountdownProps {
  spoken: string;
  className?: string | undefined;
  children: string;
}

/** A state with the seconds left. Screen readers say what it is once, and not each second. */
function Countdown({ spoken, className, children }: CountdownProps) {
  return (
    <>
      <span className="visually-hidden">{spoken}</span>
      <span role="timer" className={className}>
        {children}
      </span>
    </>
  );
}

/** How long and why the customer has been hearing hold music. */
function HoldLine({ call: { team, onHold, talkIntervals }, now }: { call: LiveCall; now: number }) {
  const heldAt = onHold === true ? talkIntervals?.at(-1)?.to : undefined;
  // Rounded down: `now` may be a tick old, and a fresh countdown would start a second too high.
  const left = Math.max(0, Math.floor(((team?.asking?.deadlineAt ?? now) - now) / 1000));
  return (
    <span className={css.what}>
      <Icon name="pause" size={16} />
      {team?.asking ? (
        <Countdown spoken={t('team.askingText', { to: team.asking.to })}>
          {t('team.asking', { to: team.asking.to, seconds: left })}
        </Countdown>
      ) : team?.consulting ? (
        <span>{t('team.talkingWith', { name: team.consulting.with })}</span>
      ) : (
        <>
          {t('team.onHold')}
          {heldAt !== undefined && (
            <time className="num" aria-hidden="true">
              {clockTime((now - heldAt) / 1000)}
            </time>
          )}
        </>
      )}
    </span>
  );
}

/** Whether this agent has put the customer on hold. */
function isOnHold(team: LiveCall['team']): boolean {
  return team !== undefined && (team.onHold || Boolean(team.asking) || Boolean(team.consulting));
}

/** Who transferred the call, and their note. */
function OfferedBy({ call: { callOffer } }: { call: LiveCall }) {
  if (!callOffer) return null;
  return (
    <p className={css.from}>
      <span>
        {t('team.from')} {callOffer.from}
      </span>
      {callOffer.note !== undefined && (
        <strong className="selectable">{t('common.quote', { text: callOffer.note })}</strong>
      )}
    </p>
  );
}

/** A device came or went, and another is used. In the page from the start, so that it is spoken. */
function News() {
  const news = useLive(({ deviceNews }) => deviceNews);
  return (
    <output className={classes(news !== '' && css.news)}>
      {news !== '' && <Icon name="headset" size={16} />}
      {news !== '' && <bdi>{news}</bdi>}
    </output>
  );
}

/** There is no microphone that works. The call continues, so this stays until it is fixed. */
function Problem({ callId }: { callId: string }) {
  const problem = useLive(({ problems }) => problems[callId]);
  if (!problem) return null;
  return (
    <p className={css.problem} role="alert">
      <Icon name="warning" size={16} />
      {t('devices.micFailed', { why: mediaMessage(problem.why).what })}
    </p>
  );
}
