import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { RecordingMark } from '../../../../shared/ipc/recordings.ts';
import { PEAKS_PER_SECOND } from '../../../media/recordings/peaks.ts';
import { lengthSpoken } from '../../../lib/format.ts';
import css from './player.module.css';

interface WaveformProps {
  /** Undefined while they are measured; one for both sides, or the customer's and the agent's, or two channels. */
  voices: readonly Uint8Array[] | undefined;
  /** In seconds. */
  position: number;
  duration: number;
  marks: readonly RecordingMark[];
  onSeek: (seconds: number) => void;
  /** Space plays and pauses. */
  onToggle: () => void;
}

/** One arrow key, and one page, in seconds. */
const STEP = 5;
const PAGE = 30;
/** A bar and the gap after it, in CSS pixels. */
const BAR = 3;
const GAP = 1;
const LOUDEST = 255;

/** How loud each side was over the time: the slider of the player. The customer or the first channel is above. */
export function Waveform(props: WaveformProps) {
  const { voices, position, duration, marks, onSeek, onToggle } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => drawWaveform(element, voices, duration);
    draw();
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    // Its colours are the theme's.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      theme.disconnect();
      scheme.removeEventListener('change', draw);
    };
  }, [voices, duration]);
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(((event.clientX - left) / width) * duration);
  };
  const press = (event: KeyboardEvent) => {
    const to = keyedPosition(event.key, position, duration);
    if (event.key === ' ') onToggle();
    else if (to === undefined) return;
    else onSeek(to);
    event.preventDefault();
  };
  const share = (seconds: number) =>
    `${Math.min(100, (seconds / Math.max(duration, 0.001)) * 100)}%`;
  return (
    // Time runs from left to right, as in every player.
    <div
      className={css.waveform}
      dir="ltr"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input cannot hold the picture
      role="slider"
      tabIndex={0}
      aria-label={t('recordings.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={t('recordings.positionOf', {
        at: lengthSpoken(position),
        length: lengthSpoken(duration),
      })}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      <canvas ref={canvas} className={css.canvas} aria-hidden="true" />
      <div className={css.played} style={{ inlineSize: share(position) }} />
      {marks.map(({ atMs, kind }) => (
        <span
          key={`${atMs}${kind}`}
          className={css.tick}
          style={{ insetInlineStart: share(atMs / 1000) }}
        />
      ))}
      {voices === undefined && <span className={css.drawing}>{t('recordings.drawing')}</span>}
    </div>
  );
}

function keyedPosition(key: string, position: number, duration: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return position + STEP;
    case 'ArrowLeft':
    case 'ArrowDown':
      return position - STEP;
    case 'PageUp':
      return position + PAGE;
    case 'PageDown':
      return position - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return duration;
    default:
      return undefined;
  }
}

function drawWaveform(
  canvas: HTMLCanvasElement,
  voices: readonly Uint8Array[] | undefined,
  duration: number,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (!context || !voices || duration <= 0) return;
  context.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const colours = [style.color, style.outlineColor];
  const lane = height / voices.length;
  const bars = Math.max(1, Math.floor(width / BAR));
  for (const [n, voice] of voices.entries()) {
    context.fillStyle = colours[n] ?? style.color;
    const middle = lane * (n + 0.5);
    for (let bar = 0; bar < bars; bar++) {
      const from = Math.floor((bar / bars) * duration * PEAKS_PER_SECOND);
      const to = Math.max(from + 1, Math.floor(((bar + 1) / bars) * duration * PEAKS_PER_SECOND));
      const tall = Math.max(1, (loudest(voice, from, to) / LOUDEST) * (lane - 2));
      context.fillRect((bar / bars) * width, middle - tall / 2, BAR - GAP, tall);
    }
  }
}

function loudest(voice: Uint8Array, from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to && at < voice.length; at++) found = Math.max(found, voice[at] ?? 0);
  return found;
}
