import type { ReactNode } from 'react';
import css from './call-detail.module.css';

/** One labelled fact about a call. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
