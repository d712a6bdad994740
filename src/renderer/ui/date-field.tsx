import type { ComponentProps } from 'react';
import { i18n } from '../../shared/i18n/i18n.ts';
import { TextField } from './field.tsx';

interface DateFieldProps extends ComponentProps<typeof TextField> {
  type: 'date' | 'time' | 'datetime-local';
}

/** A day, a time or both, in the order and with the clock of the language that the app speaks now. */
export function DateField(props: DateFieldProps) {
  return <TextField lang={i18n.locale()} {...props} />;
}
