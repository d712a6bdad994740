import { Autocomplete } from '@base-ui/react/autocomplete';
import { Combobox as Base } from '@base-ui/react/combobox';
import { type ReactNode, type Ref, useState } from 'react';
import { classes } from '../lib/classes.ts';
import { Icon } from './icon.tsx';
import choice from './choice.module.css';
import css from './combobox.module.css';
import field from './field.module.css';

interface OptionProps<T> {
  options: readonly T[];
  keyOf: (option: T) => string | undefined;
  /** Renders an option. */
  children: (option: T) => ReactNode;
}

interface ComboboxProps<T> extends OptionProps<T> {
  label: string;
  value: T | undefined;
  onChange: (option: T) => void;
  /** The text to search in. */
  textOf: (option: T) => string;
  /** What the closed field shows. */
  shown: ReactNode;
  searchPlaceholder: string;
  /** Shown when nothing matches. */
  noMatch: string;
  /** Listed, but cannot be chosen. */
  isBlocked?: (option: T) => boolean;
}

/** Chooses one of many options, found by typing. */
export function Combobox<T>(props: ComboboxProps<T>) {
  const { label, options, value, onChange, keyOf, textOf, isBlocked = () => false } = props;
  return (
    <Base.Root<T>
      items={options}
      value={value ?? null}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      itemToStringLabel={textOf}
      isItemEqualToValue={(a, b) => keyOf(a) === keyOf(b)}
    >
      <Base.Trigger className={choice.trigger} aria-label={label}>
        <span className={choice.value}>{props.shown}</span>
        <span className={choice.chevron}>
          <Icon name="chevron" size={16} />
        </span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className={css.positioner}
          sideOffset={4}
          collisionPadding={8}
          align="start"
        >
          <Base.Popup className={css.popup} aria-label={label}>
            <Base.Input className={css.search} placeholder={props.searchPlaceholder} />
            <Base.Empty className={css.empty}>{props.noMatch}</Base.Empty>
            <Base.List className={css.list}>
              {(option: T) => (
                <Base.Item
                  key={keyOf(option)}
                  value={option}
                  disabled={isBlocked(option)}
                  className={choice.item}
                >
                  {props.children(option)}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface SuggestFieldProps<T> extends OptionProps<T> {
  ref: Ref<HTMLInputElement>;
  label: string;
  text: string;
  onText: (text: string) => void;
  onPick: (option: T) => void;
  textOf: (option: T) => string;
  /** Name of the list. */
  listLabel: string;
  placeholder: string;
  inputMode: 'tel' | 'text';
  invalid: boolean;
  /** Id of the note under the field. */
  noteId: string;
}

/** A text field with suggestions. The caller matches the options to the text. */
export function SuggestField<T>(props: SuggestFieldProps<T>) {
  const { ref, label, text, onText, options, keyOf, onPick, textOf, listLabel } = props;
  const [open, setOpen] = useState(false);
  return (
    <Autocomplete.Root<T>
      items={options}
      mode="none"
      value={text}
      open={open && options.length > 0}
      onOpenChange={setOpen}
      itemToStringValue={textOf}
      onValueChange={(next, { reason }) => {
        if (reason === 'item-press') return;
        onText(next);
        setOpen(next.trim() !== '');
      }}
    >
      <Autocomplete.Input
        ref={ref}
        aria-label={label}
        aria-invalid={props.invalid}
        aria-describedby={props.noteId}
        className={field.input}
        placeholder={props.placeholder}
        spellCheck={false}
        autoComplete="off"
        inputMode={props.inputMode}
        dir="auto"
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={css.positioner} sideOffset={4} align="end">
          <Autocomplete.Popup className={css.popup} aria-label={listLabel}>
            <Autocomplete.List className={css.list}>
              {(option: T) => (
                <Autocomplete.Item
                  key={keyOf(option)}
                  value={option}
                  className={choice.item}
                  onClick={() => onPick(option)}
                >
                  {props.children(option)}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

interface SearchListProps<T> extends OptionProps<T> {
  label: string;
  text: string;
  onText: (text: string) => void;
  onPick: (option: T) => void;
  textOf: (option: T) => string;
  placeholder: string;
  noMatch: string;
  isBlocked: (option: T) => boolean;
}

/** A search field above a list that is always open. The caller matches the options to the text. */
export function SearchList<T>(props: SearchListProps<T>) {
  const { label, text, onText, options, keyOf, onPick, textOf, isBlocked } = props;
  return (
    <Autocomplete.Root<T>
      inline
      open
      items={options}
      mode="none"
      autoHighlight="always"
      keepHighlight
      value={text}
      itemToStringValue={textOf}
      onValueChange={(next, { reason }) => {
        if (reason !== 'item-press') onText(next);
      }}
    >
      <Autocomplete.Input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened in order to type
        autoFocus
        className={css.large}
        aria-label={label}
        placeholder={props.placeholder}
      />
      <Autocomplete.Empty className={css.empty}>{props.noMatch}</Autocomplete.Empty>
      <Autocomplete.List className={css.list} aria-label={label}>
        {(option: T) => (
          <Autocomplete.Item
            key={keyOf(option)}
            value={option}
            disabled={isBlocked(option)}
            className={classes(choice.item, css.command)}
            onClick={() => onPick(option)}
          >
            {props.children(option)}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
