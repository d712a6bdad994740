import type { ReactNode } from 'react';
import { classes } from '../lib/classes.ts';
import css from './list-detail.module.css';

interface ListDetailProps {
  /** For screen readers. */
  title: string;
  listLabel: string;
  listWidth: 'wide' | 'narrow';
  list: ReactNode;
  /** Whether an entry is selected: a narrow window then shows it instead of the list. */
  selected: boolean;
  /** The selected entry, or what to say without one. */
  children: ReactNode;
}

/** A list beside the details of its selected entry. */
export function ListDetail(props: ListDetailProps) {
  const { title, listLabel, listWidth, list, selected, children } = props;
  return (
    <div className={classes(css.view, selected && css.selected)}>
      <h1 className="visually-hidden">{title}</h1>
      <section className={classes(css.list, css[listWidth])} aria-label={listLabel}>
        {list}
      </section>
      <div className={css.detail}>{children}</div>
    </div>
  );
}
