import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as Drawn,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { chartConfig } from './chart-config.ts';
import { coloursIn } from './colours.ts';
import type { Picture } from './picture.ts';
import { useDark } from './use-dark.ts';
import css from './figure.module.css';

Drawn.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
);

/** Px. */
const NARROW = 480;

export interface ChartHandle {
  /** The picture as PNG, as base64. */
  png: () => string;
}

interface ChartProps {
  name: string;
  picture: Picture;
  ref: Ref<ChartHandle>;
}

/** A picture of figures. Whoever does not see it has the table beside it. */
export function Chart({ name, picture, ref }: ChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const language = useSnapshot(({ settings }) => settings.language);
  const isDark = useDark();
  // The query gives the same figures until they change.
  const drawn = JSON.stringify(picture);
  useEffect(() => {
    const element = canvas.current;
    const frame = element?.parentElement;
    if (!element || !frame) return undefined;
    const isMirrored = getComputedStyle(frame).direction === 'rtl';
    const isNarrow = frame.clientWidth < NARROW;
    const look = { colours: coloursIn(frame), isMirrored, isNarrow };
    const chart = new Drawn(element, chartConfig(picture, look));
    return () => chart.destroy();
    // oxlint-disable-next-line react/exhaustive-deps -- `drawn` says whether the picture is another one
  }, [drawn, isDark, language]);
  useImperativeHandle(ref, () => ({ png: () => pngOf(canvas.current, name) }), [name]);
  return (
    <div className={css.picture}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn, not loaded */}
      <canvas ref={canvas} role="img" aria-label={t('insight.pictureOf', { name })} />
    </div>
  );
}

const HEADING = 40;

/** With the page's ground and a heading, so that it can stand alone. */
function pngOf(drawn: HTMLCanvasElement | null, name: string): string {
  if (!drawn?.parentElement) return '';
  const { text, ground, font } = coloursIn(drawn.parentElement);
  const scale = drawn.width / Math.max(1, drawn.clientWidth);
  const whole = document.createElement('canvas');
  whole.width = drawn.width;
  whole.height = drawn.height + HEADING * scale;
  const context = whole.getContext('2d');
  if (!context) return '';
  context.fillStyle = ground;
  context.fillRect(0, 0, whole.width, whole.height);
  context.fillStyle = text;
  context.font = `600 ${16 * scale}px ${font}`;
  const isMirrored = getComputedStyle(drawn).direction === 'rtl';
  context.direction = isMirrored ? 'rtl' : 'ltr';
  context.fillText(name, isMirrored ? whole.width - 12 * scale : 12 * scale, 26 * scale);
  context.drawImage(drawn, 0, HEADING * scale);
  return whole.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
