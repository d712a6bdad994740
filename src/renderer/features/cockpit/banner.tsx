import type { ReactNode } from 'react';
import { classes } from '../../lib/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './banner.module.css';

const icons = { good: 'check', warned: 'warning', blocked: 'block' } as const;

interface BannerProps {
  tone: keyof typeof icons;
  title: string;
  /** Screen readers announce it at once. */
  alert?: boolean;
  children?: ReactNode;
}

/** The verdict in one sentence. */
export function Banner({ tone, title, alert = false, children }: BannerProps) {
  return (
    <div className={classes(css.banner, css[tone])} role={alert ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div className={css.words}>
        <p className={css.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
