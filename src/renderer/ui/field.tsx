import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { classes } from '../lib/classes.ts';
import css from './field.module.css';

interface Labelled {
  label: string;
  hideLabel?: boolean | undefined;
}

interface TextFieldProps extends Labelled, InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

/** One line of text with its label. */
export function TextField({ label, hideLabel, className, ...rest }: TextFieldProps) {
  return (
    <label className={classes(css.field, className)}>
      <span className={hideLabel ? 'visually-hidden' : css.label}>{label}</span>
      <input spellCheck={false} autoComplete="off" {...rest} className={css.input} />
    </label>
  );
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  hideLabel,
  className,
  ...rest
}: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <label className={classes(css.field, className)}>
      <span className={hideLabel ? 'visually-hidden' : css.label}>{label}</span>
      <textarea {...rest} className={css.input} />
    </label>
  );
}
