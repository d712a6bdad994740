import type { TeamView } from '../../../shared/ipc/model.ts';
import { percent } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import type { Sample } from '../../media/stats.ts';
import { useLive } from '../../state/live.ts';
import { Float } from '../../ui/float.tsx';
import { Button } from '../../ui/button.tsx';
import { teamWords, verdictWords, words } from '../../words.ts';
import css from './popovers.module.css';

type Grade = 'good' | 'fair' | 'poor' | 'unknown';

function gradeOf(sample: Sample | undefined): Grade {
  if (!sample) return 'unknown';
  // No estimate without the round trip: then only what is heard to be wrong counts.
  if (isHeld(sample)) return sample.verdict === 'good' ? 'good' : 'fair';
  if (sample.mos === undefined) return 'unknown';
  if (sample.mos >= 3.9) return 'good';
  return sample.mos >= 3.3 ? 'fair' : 'poor';
}

/** A dot that says how the call sounds; opened, why. */
export function QualityPopover({ callId, legs }: { callId: string; legs?: Legs | undefined }) {
  const samples = useLive(({ samples }) => samples[callId]);
  const sample = samples?.at(-1);
  const grade = gradeOf(sample);
  return (
    <Float
      title={words.quality}
      trigger={
        <Button look="quiet" aria-label={`${words.quality}: ${words.grades[grade]}`}>
          <span className={css.trigger}>
            <span className={classes(css.bars, css[grade])} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span className={css.gradeWord}>{words.grades[grade]}</span>
          </span>
        </Button>
      }
    >
      {sample ? (
        <Figures sample={sample} samples={samples ?? []} legs={legs} />
      ) : (
        <p>{words.measuring}</p>
      )}
    </Float>
  );
}

type Legs = TeamView['legs'];
interface FiguresProps {
  sample: Sample;
  samples: readonly Sample[];
  legs: Legs | undefined;
}

function Figures({ sample, samples, legs }: FiguresProps) {
  const { what, next } = verdictWords[sample.verdict];
  const rows: readonly (readonly [string, string])[] = [
    [words.lossIn, percent(sample.lossIn)],
    ...(isHeld(sample) ? [[words.jitter, ms(sample.jitterMs)] as const] : wholeWay(sample)),
    ...legRow(teamWords.customerLeg, legs?.customer),
    ...legRow(teamWords.agentLeg, legs?.agent),
  ];
  return (
    <>
      {(isHeld(sample) || sample.mos !== undefined) && (
        <p className={css.verdict}>
          <strong>{what}</strong>
          {next !== undefined && <span>{next}</span>}
          {isHeld(sample) && <span>{words.onlyToProvider}</span>}
        </p>
      )}
      <Curve samples={samples} />
      <dl className={css.figures}>
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

/** What can be known where the other end of our connection is WhatsApp, or the relay. */
/** A call that its provider holds: only the way from there to us can be measured. */
function isHeld({ route }: Sample): boolean {
  return route === 'provider';
}

function wholeWay(sample: Sample): readonly (readonly [string, string])[] {
  const { mos } = sample;
  return [
    [words.lossOut, sample.lossOut === undefined ? words.unknownYet : percent(sample.lossOut)],
    [words.jitter, ms(sample.jitterMs)],
    [words.roundTrip, ms(sample.rttMs)],
    [words.mos, mos === undefined ? words.unknownYet : `${mos.toFixed(1)} ${words.ofMos}`],
    [words.route, words.routes[sample.route ?? ''] ?? words.unknownYet],
  ];
}

/** One stretch of a relayed call, as the relay measures it. */
function legRow(name: string, leg: Legs['customer']): readonly (readonly [string, string])[] {
  if (!leg || leg.packets + leg.lost === 0) return [];
  const lost = percent(leg.lost / (leg.packets + leg.lost));
  return [[name, teamWords.legStats(lost, ms(leg.rttMs))]];
}

const CURVE = { width: 256, height: 32, seconds: 60 };

/** The listening quality of the last minute. */
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
  return value === undefined ? words.unknownYet : `${Math.round(value)} ms`;
}
