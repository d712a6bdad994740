import { Popover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import css from './float.module.css';

interface FloatProps {
  title: string;
  trigger: ReactElement;
  children: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
}

/** A small panel at its button. Esc and a click outside close it. */
export function Float({ title, trigger, children, open, onOpenChange }: FloatProps) {
  return (
    <Popover.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} collisionPadding={8} className={css.positioner}>
          <Popover.Popup className={css.popup}>
            <Popover.Title className={css.title}>{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
