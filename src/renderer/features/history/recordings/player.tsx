import { formats, t } from '../../../../shared/i18n/i18n.ts';
import type { RecordingMark, RecordingView } from '../../../../shared/ipc/recordings.ts';
import { clockTime } from '../../../lib/format.ts';
import { type RecordingPlayer, sidesOf } from '../../../media/recordings/recording-player.ts';
import { usePausedOnCall } from '../../../state/use-paused-on-call.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import type { Drawn } from './use-recording.ts';
import { Waveform } from './waveform.tsx';
import css from './player.module.css';

const SPEEDS = ['0.75', '1', '1.25', '1.5', '2'] as const;

interface PlayerProps {
  recording: RecordingView;
  player: RecordingPlayer;
  drawn: Drawn;
}

/** Plays one recording: its waveform, what happened in it, and how it is listened to. */
export function Player({ recording, player, drawn }: PlayerProps) {
  usePausedOnCall(() => player.pause());
  if (player.hasFailed || drawn.failed) {
    return <p className={css.problem}>{t('recordings.notPlayable')}</p>;
  }
  const { voices } = drawn;
  const duration = player.duration ?? recording.seconds ?? 0;
  const hasSides = recording.tracks.length > 1 || (voices?.length ?? 1) > 1;
  const toggle = () => (player.isPlaying ? player.pause() : player.play());
  return (
    <div className={css.player}>
      <Waveform
        voices={voices}
        position={player.position}
        duration={duration}
        marks={recording.marks}
        onSeek={(seconds) => player.seek(seconds)}
        onToggle={toggle}
      />
      <div className={css.controls}>
        <Button
          size="small"
          look="accent"
          icon={player.isPlaying ? 'pause' : 'play'}
          onClick={toggle}
        >
          {t(player.isPlaying ? 'recordings.pause' : 'recordings.play')}
        </Button>
        <span className="num" dir="ltr">
          {clockTime(player.position)} / {clockTime(duration)}
        </span>
        <Choice
          className={css.choice}
          label={t('recordings.speed')}
          hideLabel
          value={SPEEDS.find((speed) => Number(speed) === player.rate) ?? '1'}
          options={SPEEDS.map((value) => ({
            value,
            label: t('recordings.times', { times: speedText(Number(value)) }),
          }))}
          onChange={(speed) => player.setRate(Number(speed))}
        />
        {hasSides && (
          <Choice
            className={css.choice}
            label={t('recordings.listenTo')}
            hideLabel
            value={player.side}
            options={sidesOf(recording.tracks).map((value) => ({
              value,
              label:
                value === 'all' ? t('recordings.bothSides') : t(`recordings.speakers.${value}`),
            }))}
            onChange={(side) => player.listenTo(side)}
          />
        )}
      </div>
      <Marks marks={recording.marks} onSeek={(seconds) => player.seek(seconds)} />
    </div>
  );
}

interface MarksProps {
  marks: readonly RecordingMark[];
  onSeek: (seconds: number) => void;
}

/** What happened, to be played from there. */
function Marks({ marks, onSeek }: MarksProps) {
  if (marks.length === 0) return null;
  return (
    <ul className={css.marks} aria-label={t('recordings.marks')}>
      {marks.map(({ atMs, kind, text }) => (
        <li key={`${atMs}${kind}`}>
          <Button size="small" look="quiet" onClick={() => onSeek(atMs / 1000)}>
            <span className="num" dir="ltr">
              {clockTime(atMs / 1000)}
            </span>{' '}
            {t(`recordings.mark.${kind}`)} {text !== undefined && <bdi>{text}</bdi>}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const speedText = (speed: number) =>
  formats.number(speed, Number.isInteger(speed) ? 0 : String(speed).length - 2);
