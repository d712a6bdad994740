type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  '+': 'Plus',
};

/**
 * Pressed keys as an Electron accelerator. Undefined for modifiers alone, and for a key without a
 * modifier: a global shortcut must not be a plain letter. Function keys need no modifier.
 */
export function acceleratorOf(event: Pressed): string | undefined {
  const { key } = event;
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(key)) return undefined;
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'CommandOrControl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ].filter(Boolean);
  const isFunctionKey = /^F\d{1,2}$/.test(key);
  const strong = event.ctrlKey || event.metaKey || event.altKey;
  if (!isFunctionKey && !strong) return undefined;
  // With Alt, a letter key may produce another character, but its code stays the same.
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  return [...modifiers, letter ?? named[key] ?? (key.length === 1 ? key.toUpperCase() : key)].join(
    '+',
  );
}
