import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId, useRef } from 'react';
import { classes } from '../lib/classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd, printedKeys } from './kbd.tsx';
import { Hint } from './hint.tsx';
import { usePressGuard } from './use-press-guard.ts';
import css from './button.module.css';

export interface ButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'children' | 'disabled'
> {
  children: ReactNode;
  look?: 'plain' | 'quiet' | 'accent' | 'good' | 'bad';
  size?: 'normal' | 'large' | 'small';
  icon?: IconName;
  /** Shows only the icon; the text becomes the accessible name and a hint. */
  iconOnly?: boolean;
  /** The shortcut, printed on the button. */
  keys?: string | undefined;
  /** Prints the shortcut below the text where there is no room beside it. */
  keysBelow?: boolean;
  /**
   * Why it is unavailable. The button stays focusable, so that the reason can be read and heard.
   */
  blocked?: string | undefined;
  pressed?: boolean | undefined;
  /** Presses are ignored for now; see {@link GuardedButton}. */
  settling?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** The button used on all screens. Its label always says what it does; a blocked one says why. */
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
    settling = false,
    className,
    onClick,
    ...rest
  } = props;
  const reasonId = useId();
  const isBlocked = blocked !== undefined;
  // Print the shortcut only while it works.
  const printed = isBlocked || keys === '' ? undefined : keys;
  const stacked = keysBelow && printed !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      className={classes(css.button, css[look], css[size], iconOnly && css.iconOnly, className)}
      aria-disabled={isBlocked || settling || undefined}
      data-settling={settling || undefined}
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
              {printedKeys(printed).join(' ')}
            </span>
          )}
        </span>
      )}
      {printed !== undefined && !stacked && <Kbd keys={printed} />}
    </button>
  );
  const hint = blocked ?? (iconOnly && typeof children === 'string' ? children : undefined);
  // One that is blocked at times stays the same element, with the focus and a press that has begun.
  if (hint === undefined && !('blocked' in props)) return button;
  return (
    <>
      <Hint text={hint}>{button}</Hint>
      {isBlocked && (
        <span id={reasonId} hidden>
          {blocked}
        </span>
      )}
    </>
  );
}

/**
 * A button of a call. It ignores a press that began before the button had been under the pointer
 * for a moment: call cards come, go and change while agents work, so the press was meant for
 * something else.
 */
export function GuardedButton(props: Omit<ButtonProps, 'ref' | 'settling'>) {
  const control = useRef<HTMLButtonElement>(null);
  const press = usePressGuard(control);
  return (
    <Button
      {...props}
      ref={control}
      settling={press.settling}
      onPointerDown={press.handlePointerDown}
      onKeyDown={press.handleKeyDown}
      onClick={(event) => {
        if (press.isMeant(event)) props.onClick?.(event);
      }}
    />
  );
}
