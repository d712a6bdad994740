import type { ReactNode } from 'react';
import css from './call-detail.module.css';

/** One thing known of a call, by its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
