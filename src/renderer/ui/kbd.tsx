import { classes } from '../lib/classes.ts';
import css from './kbd.module.css';

const symbols: Readonly<Record<string, string>> = {
  CommandOrControl: 'Ctrl',
  CmdOrCtrl: 'Ctrl',
  Control: 'Ctrl',
  Command: '⌘',
  Return: 'Enter',
  Escape: 'Esc',
};
const macSymbols: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  CmdOrCtrl: '⌘',
  Control: '⌃',
  Ctrl: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
};

/** An Electron accelerator as printed on this machine's keyboard. */
export function printedKeys(accelerator: string, mac = isMac()): readonly string[] {
  return accelerator
    .split('+')
    .filter((key) => key !== '')
    .map((key) => (mac ? macSymbols[key] : undefined) ?? symbols[key] ?? key);
}

function isMac(): boolean {
  return navigator.platform.startsWith('Mac');
}

/** A shortcut. The accessible name of its control does not repeat it. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd className={classes(css.kbd, className)} aria-hidden="true">
      {printedKeys(keys).join(isMac() ? '' : ' ')}
    </kbd>
  );
}
