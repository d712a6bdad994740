import type { ReactNode } from 'react';
import css from './section.module.css';

/** A group of settings: the title on one side, the fields on the other. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <h2 className={css.title}>{title}</h2>
      <div className={css.fields}>{children}</div>
    </section>
  );
}
