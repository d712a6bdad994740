import type { ReactNode } from 'react';
import { classes } from '../lib/classes.ts';
import css from './page.module.css';

/** A view with a title that scrolls as a whole. `isWide`: for pictures and tables, which need more room than texts. */
export function Page({
  title,
  intro,
  isWide = false,
  children,
}: {
  title: string;
  intro?: string;
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css.scroll}>
      <div className={classes(css.page, isWide && css.wide)}>
        <h1 className={css.title}>{title}</h1>
        {intro !== undefined && <p className={css.intro}>{intro}</p>}
        {children}
      </div>
    </div>
  );
}
