import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { classes } from '../lib/classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd, printedKeys } from './kbd.tsx';
import { Hint } from './hint.tsx';
import css from './button.module.css';

export interface ButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'children' | 'disabled'
> {
  children: ReactNode;
  look?: 'plain' | 'quiet' | 'accent' | 'good' | 'bad';
  size?: 'normal' | 'large' | 'small';
  icon?: IconName;
  /** Shows the icon only; the words become the accessible name and a hint. */
  iconOnly?: boolean;
  /** The keys that do the same, printed on the button. */
  keys?: string | undefined;
  /** Prints the keys under the words, where there is no room beside them. */
  keysBelow?: boolean;
  /** Why it cannot work now. It stays reachable, so that the reason can be read and heard. */
  blocked?: string | undefined;
  pressed?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** The one button. Always says in words what it does, and why it cannot. */
export function Button(props: ButtonProps) {
  const {
    children,
    look = 'plain',
    size = 'normal',
    icon,
    iconOnly = false,
    keys,
    keysBelow = false,
    blocked,
    pressed,
    className,
    onClick,
    ...rest
  } = props;
  const reasonId = useId();
  const stacked = keysBelow && keys !== undefined && keys !== '';
  const isBlocked = blocked !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      className={classes(css.button, css[look], css[size], iconOnly && css.iconOnly, className)}
      aria-disabled={isBlocked || undefined}
      aria-describedby={isBlocked ? reasonId : undefined}
      aria-pressed={pressed}
      onClick={isBlocked ? undefined : onClick}
    >
      {icon && <Icon name={icon} size={size === 'small' ? 16 : 20} />}
      {iconOnly ? (
        <span className="visually-hidden">{children}</span>
      ) : (
        <span className={css.label}>
          {children}
          {stacked && (
            <span className={css.under} aria-hidden="true">
              {printedKeys(keys ?? '').join(' ')}
            </span>
          )}
        </span>
      )}
      {keys !== undefined && keys !== '' && !stacked && <Kbd keys={keys} />}
    </button>
  );
  if (isBlocked) {
    return (
      <>
        <Hint text={blocked}>{button}</Hint>
        <span id={reasonId} hidden>
          {blocked}
        </span>
      </>
    );
  }
  if (iconOnly && typeof children === 'string') return <Hint text={children}>{button}</Hint>;
  return button;
}
