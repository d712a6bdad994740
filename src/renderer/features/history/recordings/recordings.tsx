import { formats, t } from '../../../../shared/i18n/i18n.ts';
import type { HistoryDetail } from '../../../../shared/ipc/history.ts';
import type {
  ListenView,
  RecordingView,
  SummaryView,
  TranscriptView,
} from '../../../../shared/ipc/recordings.ts';
import { supervises } from '../../../../shared/protocol/rights.ts';
import { clockTime, moment } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import { act } from '../../../state/requests.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { useUi } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Fact } from '../fact.tsx';
import { Player } from './player.tsx';
import { Transcript } from './transcript.tsx';
import { usePeaks, usePlayer } from './use-recording.ts';
import { WriteDown } from './write-down.tsx';
import css from './player.module.css';

type RecordedCall = Pick<
  HistoryDetail,
  'id' | 'recordings' | 'transcript' | 'summary' | 'listens' | 'recorded'
>;

/** The sound of a call, what was said in it, and who listened. */
export function Recordings({ call }: { call: RecordedCall }) {
  const { recordings, transcript, summary, listens } = call;
  const [first, ...others] = recordings;
  const kept = recordings.find(({ state }) => state === 'kept');
  return (
    <>
      {summary && <Summary summary={summary} />}
      {first ? (
        <WithTranscript key={first.id} call={call} recording={first} transcript={transcript} />
      ) : (
        transcript && <TranscriptFact transcript={transcript} />
      )}
      {others.map((recording) => (
        <WithTranscript key={recording.id} call={call} recording={recording} />
      ))}
      {kept && !transcript && <WriteDown recording={kept} />}
      {recordings.some(({ state }) => state !== 'erased' && state !== 'expired') && (
        <LegalHold call={call} />
      )}
      {kept && <Listened listens={listens} />}
    </>
  );
}

interface WithTranscriptProps {
  call: RecordedCall;
  recording: RecordingView;
  transcript?: TranscriptView | undefined;
}

function WithTranscript(props: WithTranscriptProps) {
  if (props.recording.state === 'kept') return <Kept {...props} />;
  const { recording, transcript } = props;
  return (
    <>
      <Fact name={t('recordings.title')}>
        <Awaited of={recording} />
      </Fact>
      {transcript && <TranscriptFact transcript={transcript} />}
    </>
  );
}

function Kept({ call, recording, transcript }: WithTranscriptProps) {
  const player = usePlayer(recording);
  const drawn = usePeaks(recording);
  const canPlay = player !== undefined && !player.hasFailed;
  return (
    <>
      <Fact name={t('recordings.title')}>
        {player && <Player recording={recording} player={player} drawn={drawn} />}
        {recording.keepUntil !== undefined && !recording.legalHold && (
          <p className={css.quiet}>
            {t('recordings.keptUntil', { when: formats.date(recording.keepUntil) })}
          </p>
        )}
        {call.recorded?.mediaId !== undefined && (
          <p className={css.quiet}>{t('recordings.mayBeShort')}</p>
        )}
      </Fact>
      {transcript && (
        <TranscriptFact
          transcript={transcript}
          position={player?.isPlaying || (player?.position ?? 0) > 0 ? player?.position : undefined}
          onSeek={
            canPlay
              ? (seconds) => {
                  player.seek(seconds);
                  if (!player.isPlaying) player.play();
                }
              : undefined
          }
        />
      )}
    </>
  );
}

interface TranscriptFactProps {
  transcript: TranscriptView;
  position?: number | undefined;
  onSeek?: ((seconds: number) => void) | undefined;
}

function TranscriptFact({ transcript, position, onSeek }: TranscriptFactProps) {
  const searched = useUi(({ filter }) => filter.text ?? '');
  return (
    <Fact name={t('recordings.transcript')}>
      {transcript.state === 'kept' ? (
        <>
          <Transcript
            transcript={transcript}
            position={position}
            searched={searched}
            onSeek={onSeek}
          />
          {transcript.source === 'machine' && (
            <p className={css.quiet}>{t('recordings.machineTranscript')}</p>
          )}
        </>
      ) : (
        <Awaited of={transcript} />
      )}
    </Fact>
  );
}

/** Why something cannot be played or read yet, or any more. */
function Awaited({ of }: { of: RecordingView | TranscriptView }) {
  const now = useNow(30_000);
  const { state, nextAt, expiresAt } = of;
  if (state === 'kept') return null;
  const isAwaited =
    of.source !== 'console' && (state === 'expected' || state === 'failed' || state === 'expired');
  return (
    <>
      <p className={state === 'expired' ? css.problem : css.quiet}>{stateWords(of)}</p>
      {state === 'failed' && nextAt !== undefined && expiresAt !== undefined && (
        <p className={css.quiet}>
          {t('recordings.nextTry', {
            when: moment(nextAt, now),
            until: formats.date(expiresAt),
          })}
        </p>
      )}
      {isAwaited && (
        <Button
          size="small"
          className={css.fetch}
          onClick={() => void act('recordings.retry', { recordingId: of.id })}
        >
          {t('recordings.fetchNow')}
        </Button>
      )}
    </>
  );
}

function stateWords(of: RecordingView | TranscriptView): string {
  const { state, source, why = '' } = of;
  if ('deletedBy' in of && of.deletedBy !== undefined) {
    return t('recordings.deletedBy', { name: of.deletedBy });
  }
  if (state === 'expected' && source === 'relay') return t('recordings.atRelay');
  if (state === 'expected' && source === 'console') return t('recordings.atConsole');
  return state === 'kept' ? '' : t(`recordings.states.${state}`, { why });
}

function Summary({ summary: { text, by, at } }: { summary: SummaryView }) {
  const now = useNow(60_000);
  return (
    <Fact name={t('recordings.summary')}>
      <p className="selectable" dir="auto">
        {text}
      </p>
      <p className={css.quiet}>{t('recordings.byMachine', { model: by, when: moment(at, now) })}</p>
    </Fact>
  );
}

/** Keeps the recordings of a call from being deleted; supervisors decide. */
function LegalHold({ call: { id, recordings } }: { call: RecordedCall }) {
  const maySet = useSnapshot(({ team, agent }) =>
    supervises(team.find(({ id }) => id === agent?.id)?.role),
  );
  const isHeld = recordings.some(({ legalHold }) => legalHold);
  if (!maySet) {
    return isHeld ? <Fact name={t('recordings.legalHold')}>{t('recordings.onHold')}</Fact> : null;
  }
  return (
    <Fact name={t('recordings.legalHold')}>
      <Toggle
        label={t('recordings.legalHoldNote')}
        checked={isHeld}
        onChange={(on) => void act('recordings.hold', { callId: id, on })}
      />
    </Fact>
  );
}

function Listened({ listens }: { listens: readonly ListenView[] }) {
  const now = useNow(30_000);
  return (
    <Fact name={t('recordings.listened')}>
      {listens.length === 0 ? (
        <span className={css.quiet}>{t('recordings.nobody')}</span>
      ) : (
        <ul className={css.listens} aria-label={t('recordings.listened')}>
          {listens.map(({ by, at, fromMs, toMs }) => (
            <li key={`${at} ${fromMs}`}>
              {t('recordings.listen', {
                name: by,
                when: moment(at, now),
                from: clockTime(fromMs / 1000),
                to: clockTime(toMs / 1000),
              })}
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
}
