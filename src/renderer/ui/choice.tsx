import { Select } from '@base-ui/react/select';
import { classes } from '../lib/classes.ts';
import { Icon } from './icon.tsx';
import css from './choice.module.css';
import field from './field.module.css';

interface Option<V extends string> {
  value: V;
  label: string;
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  /**
   * Options come and go by themselves. Base UI would choose another when the chosen one goes; then
   * only a press on an option counts.
   */
  isVolatile?: boolean;
  /** Only screen readers get the label. */
  hideLabel?: boolean;
  className?: string | undefined;
}

/** Chooses one of a few options. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const {
    label,
    value,
    options,
    onChange,
    hideLabel = false,
    isVolatile = false,
    className,
  } = props;
  return (
    <div className={classes(field.field, className)}>
      {!hideLabel && (
        <span className={field.label} aria-hidden="true">
          {label}
        </span>
      )}
      <Select.Root
        items={options}
        value={value}
        onValueChange={(next, { reason }) => {
          if (isVolatile && reason !== 'item-press') return;
          if (next !== null) onChange(next);
        }}
      >
        <Select.Trigger className={css.trigger} aria-label={label}>
          <Select.Value className={css.value} />
          <Select.Icon className={css.chevron}>
            <Icon name="chevron" size={16} />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner
            className={css.positioner}
            alignItemWithTrigger={false}
            sideOffset={4}
            collisionPadding={8}
          >
            <Select.Popup className={css.popup}>
              <Select.List>
                {options.map((option) => (
                  <Select.Item key={option.value} value={option.value} className={css.item}>
                    <Select.ItemIndicator className={css.check} keepMounted>
                      <Icon name="check" size={16} />
                    </Select.ItemIndicator>
                    <Select.ItemText className={css.text}>{option.label}</Select.ItemText>
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </div>
  );
}
