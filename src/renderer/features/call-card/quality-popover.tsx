import { formats, lookUp, message, t } from '../../../shared/i18n/i18n.ts';
import type { TeamView } from '../../../shared/ipc/live-call.ts';
import { classes } from '../../lib/classes.ts';
import type { Sample } from '../../media/stats.ts';
import { useLive } from '../../state/live.ts';
import { Float } from '../../ui/float.tsx';
import { Button } from '../../ui/button.tsx';
import css from './popovers.module.css';

type Grade = 'good' | 'fair' | 'poor' | 'unknown';

function gradeOf(sample: Sample | undefined): Grade {
  if (!sample) return 'unknown';
  // Without a round trip there is no estimate: only audible faults count.
  if (isStreamed(sample)) return sample.verdict === 'good' ? 'good' : 'fair';
  if (sample.mos === undefined) return 'unknown';
  if (sample.mos >= 3.9) return 'good';
  return sample.mos >= 3.3 ? 'fair' : 'poor';
}

/** Call quality as bars; when opened, the measurements behind them. */
export function QualityPopover({ callId, legs }: { callId: string; legs?: Legs | undefined }) {
  const samples = useLive(({ samples }) => samples[callId]);
  const sample = samples?.at(-1);
  const grade = gradeOf(sample);
  return (
    <Float
      title={t('quality.quality')}
      trigger={
        <Button
          look="quiet"
          aria-label={`${t('quality.quality')}: ${t(`quality.grades.${grade}`)}`}
        >
          <span className={css.trigger}>
            <span className={classes(css.bars, css[grade])} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span className={css.gradeWord}>{t(`quality.grades.${grade}`)}</span>
          </span>
        </Button>
      }
    >
      {sample ? (
        <Stats sample={sample} samples={samples ?? []} legs={legs} />
      ) : (
        <p>{t('quality.measuring')}</p>
      )}
    </Float>
  );
}

type Legs = TeamView['legs'];
interface StatsProps {
  sample: Sample;
  samples: readonly Sample[];
  legs: Legs | undefined;
}

function Stats({ sample, samples, legs }: StatsProps) {
  const { what, next } = message(`quality.verdicts.${sample.verdict}`);
  const rows: readonly (readonly [string, string])[] = [
    [t('quality.lossIn'), formats.percent(sample.lossIn)],
    ...(isStreamed(sample)
      ? [[t('quality.jitter'), ms(sample.jitterMs)] as const]
      : endToEndRows(sample)),
    ...legRows(t('team.customerLeg'), legs?.customer),
    ...legRows(t('team.agentLeg'), legs?.agent),
  ];
  return (
    <>
      {(isStreamed(sample) || sample.mos !== undefined) && (
        <p className={css.verdict}>
          <strong>{what}</strong>
          {next !== undefined && <span>{next}</span>}
          {isStreamed(sample) && <span>{t('quality.onlyToProvider')}</span>}
        </p>
      )}
      <Curve samples={samples} />
      <dl className={css.stats}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/**
 * Whether the provider streams the audio, so that only the path between us and the provider can be
 * measured.
 */
function isStreamed({ route }: Sample): boolean {
  return route === 'provider';
}

function endToEndRows(sample: Sample): readonly (readonly [string, string])[] {
  const { mos } = sample;
  return [
    [
      t('quality.lossOut'),
      sample.lossOut === undefined ? t('quality.unknownYet') : formats.percent(sample.lossOut),
    ],
    [t('quality.jitter'), ms(sample.jitterMs)],
    [t('quality.roundTrip'), ms(sample.rttMs)],
    [
      t('quality.mos'),
      mos === undefined
        ? t('quality.unknownYet')
        : `${formats.number(mos, 1)} ${t('quality.ofMos')}`,
    ],
    [t('quality.route'), lookUp('quality.routes', sample.route ?? '') ?? t('quality.unknownYet')],
  ];
}

/** One leg of a relayed call, as the relay measures it. */
function legRows(name: string, leg: Legs['customer']): readonly (readonly [string, string])[] {
  if (!leg || leg.packets + leg.lost === 0) return [];
  const lost = formats.percent(leg.lost / (leg.packets + leg.lost));
  return [[name, t('team.legStats', { lost, rtt: ms(leg.rttMs) })]];
}

const CURVE = { width: 256, height: 32, seconds: 60 };

/** Listening quality over the last minute. */
function Curve({ samples }: { samples: readonly Sample[] }) {
  if (samples.length < 2 || samples.every(({ mos }) => mos === undefined)) return null;
  const step = CURVE.width / (CURVE.seconds - 1);
  const start = CURVE.width - (samples.length - 1) * step;
  const points = samples.flatMap(({ mos }, index) => {
    if (mos === undefined) return [];
    const y = CURVE.height - ((mos - 1) / 3.5) * CURVE.height;
    return `${(start + index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className={css.curve} viewBox={`0 0 ${CURVE.width} ${CURVE.height}`} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

function ms(value: number | undefined): string {
  return value === undefined
    ? t('quality.unknownYet')
    : t('time.milliseconds', { ms: Math.round(value) });
}
