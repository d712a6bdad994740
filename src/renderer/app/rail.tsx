import { t } from '../../shared/i18n/i18n.ts';
import { ConnectionPill } from '../features/connection/connection-pill.tsx';
import { PresenceMenu } from '../features/connection/presence.tsx';
import { NoticeCentre } from '../features/notices/notice-centre.tsx';
import { useSnapshot } from '../state/snapshot-store.ts';
import { show, useUi, type View } from '../state/ui.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { classes } from '../lib/classes.ts';
import { useNarrow } from '../lib/use-narrow.ts';
import { isDesk } from './desk-tabs.tsx';
import css from './rail.module.css';

type Place = Exclude<View, 'recent' | 'history' | 'start'>;

const icons: Record<Place, IconName> = {
  todo: 'check',
  calls: 'phone',
  contacts: 'person',
  team: 'headset',
  insight: 'chart',
  ready: 'pulse',
  demo: 'people',
  settings: 'settings',
};

/** Navigation, presence and connection. At the bottom of a narrow window. */
export function Rail() {
  const view = useUi(({ view }) => view);
  const current = isDesk(view) ? 'todo' : view;
  const demo = useSnapshot(({ app }) => app.workspace === 'demo');
  const { waiting } = useSnapshot(({ todo }) => todo);
  const faults = useSnapshot(({ ready }) => ready.faults);
  // An agent who works alone has no team view.
  const team = useSnapshot(({ team }) => team.length > 1);
  const shown: readonly Place[] = [
    'todo',
    'calls',
    'contacts',
    ...(team ? (['team'] as const) : []),
    'insight',
    ...(demo ? (['demo'] as const) : []),
    'ready',
    'settings',
  ];
  return (
    <header className={css.rail}>
      <p className={css.brand}>
        <span className={css.mark} aria-hidden="true">
          <Icon name="phone" size={16} />
        </span>
        {t('common.app')}
        {demo && <span className={css.demo}>{t('common.demoShort')}</span>}
      </p>
      <nav className={css.nav} aria-label={t('common.mainNavigation')} data-region="places">
        {shown.map((view) => (
          <button
            key={view}
            type="button"
            className={css.item}
            aria-current={view === current ? 'page' : undefined}
            title={t(`views.${view}`)}
            onClick={() => show(view)}
          >
            <Icon name={icons[view]} />
            <Label view={view} />
            {view === 'todo' && <Badge count={waiting} name="common.waiting" />}
            {view === 'ready' && <Badge count={faults} name="checks.faults" />}
          </button>
        ))}
      </nav>
      <button
        type="button"
        className={css.search}
        onClick={() => useUi.setState({ paletteOpen: true })}
      >
        <span>{t('common.commands')}</span>
        <Kbd keys="CommandOrControl+K" />
      </button>
      <section className={css.foot} aria-label={t('common.status')} data-region="status">
        <PresenceMenu />
        <div className={css.states}>
          <ConnectionPill />
          <NoticeCentre />
        </div>
      </section>
    </header>
  );
}

interface BadgeProps {
  count: number;
  name: 'common.waiting' | 'checks.faults';
}

/** How many of them there are, if any. */
function Badge({ count, name }: BadgeProps) {
  if (count === 0) return null;
  return (
    <span className={classes(css.badge, 'num')}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{t(name, { count })}</span>
    </span>
  );
}

const hasShortName = (view: Place): view is 'demo' | 'ready' | 'settings' =>
  view === 'demo' || view === 'ready' || view === 'settings';

/** Its short form where there is little room; screen readers find it in full. */
function Label({ view }: { view: Place }) {
  const narrow = useNarrow();
  const name = t(`views.${view}`);
  if (!narrow || !hasShortName(view)) return <span className={css.label}>{name}</span>;
  return (
    <>
      <span className="visually-hidden">{name}</span>
      <span className={css.label} aria-hidden="true">
        {t(`shortViews.${view}`)}
      </span>
    </>
  );
}
