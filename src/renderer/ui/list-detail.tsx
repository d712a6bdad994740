import { t } from '../../shared/i18n/i18n.ts';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { classes } from '../lib/classes.ts';
import css from './list-detail.module.css';

/** Details need this much room beside the list, in px; see the CSS. */
const LEAST_DETAIL_PX = 200;

interface ListDetailProps {
  /** For screen readers. */
  title: string;
  listLabel: string;
  listWidth: 'wide' | 'narrow';
  list: ReactNode;
  /** Names the selected entry: a narrow window then shows it instead of the list. */
  selected: string | undefined;
  /** An entry was opened, perhaps again, that has no room beside the list. */
  onNoRoom: () => void;
  /** The selected entry, or what to say without one. */
  children: ReactNode;
}

/** A list beside the details of its selected entry. */
export function ListDetail(props: ListDetailProps) {
  const { title, listLabel, listWidth, list, selected, onNoRoom, children } = props;
  const detail = useRef<HTMLDivElement>(null);
  const entries = useRef<HTMLElement>(null);
  const handleOpened = useEffectEvent(() => {
    const { width = LEAST_DETAIL_PX } = detail.current?.getBoundingClientRect() ?? {};
    if (width > 0 && width < LEAST_DETAIL_PX) onNoRoom();
  });
  useEffect(() => {
    if (selected !== undefined) handleOpened();
  }, [selected]);
  useEffect(() => {
    const { current } = entries;
    const handleClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('[aria-current="true"]')) handleOpened();
    };
    current?.addEventListener('click', handleClick);
    return () => current?.removeEventListener('click', handleClick);
  }, []);
  return (
    <div className={classes(css.view, selected !== undefined && css.selected)}>
      <h1 className="visually-hidden">{title}</h1>
      <section
        ref={entries}
        className={classes(css.list, css[listWidth])}
        aria-label={listLabel}
        data-region="list"
      >
        {list}
      </section>
      <section
        ref={detail}
        className={css.detail}
        aria-label={t('common.details')}
        data-region="details"
      >
        {children}
      </section>
    </div>
  );
}
