import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import css from './empty.module.css';

interface EmptyProps {
  icon: IconName;
  title: string;
  text: string;
  children?: ReactNode;
}

/** An empty view: what will appear here, and how to get started. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className={css.empty}>
      <span className={css.icon}>
        <Icon name={icon} />
      </span>
      <h2 className={css.title}>{title}</h2>
      <p className={css.text}>{text}</p>
      {children}
    </div>
  );
}
