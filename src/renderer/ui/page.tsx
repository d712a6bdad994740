import type { ReactNode } from 'react';
import css from './page.module.css';

/** A view with a title that scrolls as a whole. */
export function Page({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: ReactNode;
}) {
  return (
    <div className={css.scroll}>
      <div className={css.page}>
        <h1 className={css.title}>{title}</h1>
        {intro !== undefined && <p className={css.intro}>{intro}</p>}
        {children}
      </div>
    </div>
  );
}
