import { useEffect, useRef } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { TranscriptLine, TranscriptView } from '../../../../shared/ipc/recordings.ts';
import { foldedText } from '../../../../shared/lib/folded-text.ts';
import { classes } from '../../../lib/classes.ts';
import { clockTime } from '../../../lib/format.ts';
import css from './transcript.module.css';

interface TranscriptProps {
  transcript: TranscriptView;
  /** In seconds; undefined while nothing is played. */
  position: number | undefined;
  /** What the history is searched for. */
  searched: string;
  /** Undefined: there is no recording to be played. */
  onSeek: ((seconds: number) => void) | undefined;
}

/** What was said, by speaker; the line that is played is marked, and so is what was searched for. */
export function Transcript({ transcript, position, searched, onSeek }: TranscriptProps) {
  const { lines } = transcript;
  const wanted = foldedText(searched.trim());
  const hits =
    wanted.length < 3 ? [] : lines.filter(({ text }) => foldedText(text).includes(wanted));
  const first = useRef<HTMLLIElement>(null);
  const firstHit = hits[0];
  useEffect(() => {
    if (firstHit) first.current?.scrollIntoView({ block: 'nearest' });
  }, [firstHit]);
  if (lines.length === 0) return <p className={css.quiet}>{t('recordings.empty')}</p>;
  const current = position === undefined ? undefined : lineAt(lines, position * 1000);
  return (
    <>
      {hits.length > 0 && (
        <p className={css.quiet}>{t('recordings.found', { count: hits.length })}</p>
      )}
      <ol className={css.lines}>
        {lines.map((line) => (
          <li
            key={`${line.fromMs} ${line.speaker} ${line.text}`}
            ref={line === firstHit ? first : undefined}
            className={classes(css.line, line === current && css.current)}
            aria-current={line === current || undefined}
          >
            <Line line={line} wanted={hits.includes(line) ? wanted : ''} onSeek={onSeek} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface LineProps {
  line: TranscriptLine;
  wanted: string;
  onSeek: TranscriptProps['onSeek'];
}

function Line({ line: { speaker, fromMs, text }, wanted, onSeek }: LineProps) {
  const said = (
    <>
      <span className={classes(css.speaker, css[speaker])}>
        {t(`recordings.speakers.${speaker}`)}
        <span className={classes(css.time, 'num')} dir="ltr">
          {clockTime(fromMs / 1000)}
        </span>
      </span>
      <span className={css.text} dir="auto">
        <Marked text={text} wanted={wanted} />
      </span>
    </>
  );
  if (!onSeek) return said;
  return (
    <button
      type="button"
      className={css.seek}
      title={t('recordings.playFrom', { at: clockTime(fromMs / 1000) })}
      onClick={() => onSeek(fromMs / 1000)}
    >
      {said}
    </button>
  );
}

/** Each place of the text that was searched for is marked. */
function Marked({ text, wanted }: { text: string; wanted: string }) {
  const parts = wanted === '' ? [] : partsOf(text, wanted);
  if (parts.length === 0) return text;
  return parts.map(({ at, part, isHit }) => (isHit ? <mark key={at}>{part}</mark> : part));
}

/** The text in pieces, those that were searched for marked as such. */
function partsOf(text: string, wanted: string) {
  const parts: { at: number; part: string; isHit: boolean }[] = [];
  // Without accents a text may be shorter, so each letter is folded alone.
  const letters = Array.from(text);
  const folded = letters.map(foldedText);
  const whole = folded.join('');
  const starts: number[] = [];
  let length = 0;
  for (const letter of folded) {
    starts.push(length);
    length += letter.length;
  }
  let from = 0;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    const begin = starts.findIndex((start, n) => start + (folded[n]?.length ?? 0) > at);
    const next = starts.findIndex((start) => start >= at + wanted.length);
    const end = next < 0 ? letters.length : next;
    if (begin > from) {
      parts.push({ at: from, part: letters.slice(from, begin).join(''), isHit: false });
    }
    parts.push({ at: begin, part: letters.slice(begin, end).join(''), isHit: true });
    from = end;
  }
  parts.push({ at: from, part: letters.slice(from).join(''), isHit: false });
  return parts;
}

/** The line that is said then, or was said last. */
function lineAt(lines: readonly TranscriptLine[], ms: number): TranscriptLine | undefined {
  return lines.findLast(({ fromMs }) => fromMs <= ms);
}
