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

/** An Electron accelerator as it is printed on the keys of this machine. */
export function printedKeys(accelerator: string, mac = isMac()): readonly string[] {
  return accelerator
    .split('+')
    .filter((key) => key !== '')
    .map((key) => (mac ? macSymbols[key] : undefined) ?? symbols[key] ?? key);
}

function isMac(): boolean {
  return navigator.platform.startsWith('Mac');
}

/** Keys that do something; the accessible name of the control does not repeat them. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd className={classes(css.kbd, className)} aria-hidden="true">
      {printedKeys(keys).join(isMac() ? '' : ' ')}
    </kbd>
  );
}
