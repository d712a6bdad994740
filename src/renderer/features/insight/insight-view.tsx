import type {
  Dimension,
  InsightPart,
  InsightRange,
} from '../../../shared/protocol/insight-question.ts';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { InsightFigures } from '../../../shared/insight/figures.ts';
import { dateOfDay, LocalHours } from '../../../shared/insight/local-hours.ts';
import { rangeOf } from '../../../shared/insight/ranges.ts';
import { supervises } from '../../../shared/protocol/rights.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { type InsightChoice, openCalls, useUi } from '../../state/ui.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { BreakdownView } from './breakdown-figures.tsx';
import { Controls } from './controls.tsx';
import { CostView } from './cost-figures.tsx';
import { HoursView } from './hours-figures.tsx';
import { PickUpView } from './pick-up-figures.tsx';
import { QualityView } from './quality-figures.tsx';
import type { CellSlice } from './table.ts';
import { TransfersView } from './transfer-figures.tsx';
import { useFigures, useRange } from './use-insight.ts';
import { countryName } from '../../messages/insight.ts';
import { outcomeName } from '../../messages/outcomes.ts';
import css from './insight-view.module.css';

const views = ['hours', 'pickUp', 'breakdown', 'cost', 'quality', 'transfers'] as const;
/** What calls add up to. */
export function InsightView() {
  const { choice, range } = useRange();
  const { team, agent } = useSnapshot((snapshot) => snapshot);
  const mayAskTeam = supervises(team.find(({ id }) => id === agent?.id)?.role);
  const chosen = { ...choice, ofTeam: choice.ofTeam && mayAskTeam };
  return (
    <Page
      isWide
      title={t('views.insight')}
      intro={t(chosen.ofTeam ? 'insight.introTeam' : 'insight.intro')}
    >
      <Controls choice={chosen} mayAskTeam={mayAskTeam} />
      <nav className={css.views} aria-label={t('insight.figures')}>
        {views.map((view) => (
          <button
            key={view}
            type="button"
            className={css.view}
            aria-current={view === choice.view ? 'page' : undefined}
            onClick={() => useUi.setState(({ insight }) => ({ insight: { ...insight, view } }))}
          >
            {t(`insight.views.${view}`)}
          </button>
        ))}
      </nav>
      {range ? (
        <Figures choice={chosen} range={range} />
      ) : (
        <p role="alert">{t('insight.wrongDates')}</p>
      )}
    </Page>
  );
}

interface FiguresProps {
  choice: InsightChoice;
  range: InsightRange;
}

function Figures({ choice, range }: FiguresProps) {
  const { view, ofTeam, dimension } = choice;
  const part: InsightPart = view === 'breakdown' ? { view, dimension } : { view };
  // The pick-up rate is that of seven days before a moment: two weeks show how it went.
  const { from, to } = rangeOf('week', range.zone, mainNow());
  const isRate = view === 'pickUp';
  const asked = isRate ? { ...range, from: to - 22 * DAY_MS, to } : range;
  const needed = isRate ? from : range.from;
  return <Asked key={view} part={part} range={asked} needed={needed} ofTeam={ofTeam} />;
}

const DAY_MS = 86_400_000;

interface AskedProps {
  part: InsightPart;
  range: InsightRange;
  /** Since when calls must be known, Unix ms. */
  needed: number;
  ofTeam: boolean;
}

function Asked({ part, range, needed, ofTeam }: AskedProps) {
  const { data, error } = useFigures(part, range, ofTeam);
  const open = ({ agentId, ...slice }: CellSlice) =>
    openCalls(ofTeam ? { of: agentId ?? 'everybody' } : { insight: { ...range, ...slice } });
  if (error) return <FailureCard message={queryErrorMessage(error)} />;
  if (!data) return <output>{t('insight.counting')}</output>;
  if (data.view === 'preparing') {
    return (
      <output className={css.preparing}>
        {t('insight.preparing', { share: formats.percent(data.share) })}
        <progress value={data.share} aria-label={t('insight.counting')} />
      </output>
    );
  }
  const known = 'knownSince' in data && data.knownSince > needed ? data.knownSince : undefined;
  return (
    <div className={css.figures}>
      {known !== undefined && (
        <p className={css.known}>{t('insight.knownSince', { date: formats.date(known) })}</p>
      )}
      {isEmpty(data) ? (
        <NoCalls view={data.view} />
      ) : (
        <Shown figures={data} range={range} ofTeam={ofTeam} onOpen={open} />
      )}
    </div>
  );
}

function NoCalls({ view }: Pick<InsightFigures, 'view'>) {
  const isOther = view === 'cost' || view === 'quality' || view === 'transfers';
  return (
    <Empty
      icon="history"
      title={t('insight.emptyTitle')}
      text={t(isOther ? `insight.emptyViews.${view}` : 'insight.empty')}
    />
  );
}

interface ShownProps {
  figures: InsightFigures;
  range: InsightRange;
  ofTeam: boolean;
  onOpen: (slice: CellSlice) => void;
}

function Shown({ figures, range, ofTeam, onOpen }: ShownProps) {
  const { accounts, team, agent } = useSnapshot((snapshot) => snapshot);
  const label = (id: string) => accounts.find((account) => account.id === id)?.label ?? id;
  switch (figures.view) {
    case 'hours':
      return <HoursView figures={figures} onOpen={onOpen} />;
    case 'pickUp':
      return (
        <PickUpView
          numbers={figures.numbers}
          label={label}
          today={dateOfDay(new LocalHours(range.zone).at(mainNow()).day)}
          since={rangeOf('week', range.zone, mainNow()).from}
          onOpen={onOpen}
        />
      );
    case 'breakdown': {
      const { dimension } = figures;
      const agentName = (key: string) =>
        ofTeam
          ? (team.find(({ id }) => id === key)?.name ?? key)
          : key === ''
            ? (agent?.name ?? t('insight.you'))
            : key;
      const names: Readonly<Record<Dimension, (key: string) => string>> = {
        number: label,
        agent: agentName,
        team: (key) => key,
        outcome: outcomeName,
        disposition: (key) => key,
        country: countryName,
      };
      return (
        <BreakdownView
          figures={figures}
          dimension={dimension}
          name={names[dimension]}
          ofTeam={ofTeam}
          onOpen={onOpen}
        />
      );
    }
    case 'cost':
      return (
        <CostView rows={figures.rows} range={range} ofTeam={ofTeam} label={label} onOpen={onOpen} />
      );
    case 'quality':
      return <QualityView figures={figures} onOpen={onOpen} />;
    case 'transfers':
      return <TransfersView figures={figures} onOpen={onOpen} />;
    default:
      return figures satisfies never;
  }
}

function isEmpty(figures: InsightFigures): boolean {
  switch (figures.view) {
    case 'hours':
    case 'quality':
      return figures.days.length === 0;
    case 'pickUp':
      return figures.numbers.length === 0;
    case 'breakdown':
      return figures.all.received + figures.all.placed === 0;
    case 'cost':
      return figures.rows.length === 0;
    case 'transfers':
      return figures.calls === 0;
    default:
      return figures satisfies never;
  }
}
