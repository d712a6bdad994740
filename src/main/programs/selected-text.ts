import { describe, type Log } from '../log.ts';

/** What the agent has selected or, where the system does not tell, copied. */
export interface SelectedText {
  /** Empty if there is none. */
  read: () => Promise<string>;
  isCopied: boolean;
}

/** Electron's clipboard: newer ones have `selection`, others take its name. */
interface AnyClipboard {
  readText: (type?: 'selection') => string | Promise<string>;
  selection?: { readText: () => Promise<string> };
}

/**
 * Linux tells what is selected in any program. Elsewhere only a pretended Ctrl+C in the other program
 * would, which could do anything there, so the agent copies first.
 */
export function selectedText(
  clipboard: AnyClipboard,
  platform: NodeJS.Platform,
  log: Log,
): SelectedText {
  const isCopied = platform !== 'linux';
  const read = () => {
    if (isCopied) return clipboard.readText();
    return clipboard.selection ? clipboard.selection.readText() : clipboard.readText('selection');
  };
  return {
    isCopied,
    async read() {
      try {
        return await read();
      } catch (error) {
        log.warn(`selection: cannot be read: ${describe(error)}`);
        return '';
      }
    },
  };
}
