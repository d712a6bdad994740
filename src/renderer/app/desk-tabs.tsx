import { formats, t } from '../../shared/i18n/i18n.ts';
import { MOST_RECENT } from '../../shared/ipc/todo.ts';
import { useSnapshot } from '../state/snapshot-store.ts';
import { show, type View } from '../state/ui.ts';
import css from './desk-tabs.module.css';

/** The lists of the desk: who waits, who was answered, and every call. */
const desk = ['todo', 'recent', 'history'] as const;
type DeskView = (typeof desk)[number];

export function isDesk(view: View): view is DeskView {
  return desk.some((one) => one === view);
}

/** Chooses one of the desk's lists; each says how many it has. */
export function DeskTabs({ view }: { view: DeskView }) {
  const { waiting, recent } = useSnapshot(({ todo }) => todo);
  const calls = useSnapshot(({ loggedCalls }) => loggedCalls);
  const counts: Record<DeskView, string> = {
    todo: formats.number(waiting),
    recent:
      recent < MOST_RECENT ? formats.number(recent) : t('history.atLeast', { number: recent }),
    history: formats.number(calls),
  };
  return (
    <nav className={css.tabs} aria-label={t('views.lists')}>
      <div className={css.row}>
        {desk.map((one) => (
          <button
            key={one}
            type="button"
            className={css.tab}
            aria-current={one === view ? 'page' : undefined}
            onClick={() => show(one)}
          >
            {t(`views.${one}`)} <span className="num">{counts[one]}</span>
          </button>
        ))}
      </div>
    </nav>
  );
}
