import { globalShortcut } from 'electron';

/** Global keys, taken from the system only while a call rings. */
export class Shortcuts {
  private held: readonly string[] = [];
  private wanted = '';
  private readonly onTaken: (accelerator: string) => void;

  /** @param onTaken another program has this combination, or it cannot be one */
  constructor(onTaken: (accelerator: string) => void) {
    this.onTaken = onTaken;
  }

  /** @param keys accelerator → what it does; an empty accelerator means none */
  set(keys: readonly { accelerator: string; run: () => void }[]): void {
    const wanted = keys.map((key) => key.accelerator).join('\n');
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.release();
    this.held = keys
      .filter(({ accelerator }) => accelerator !== '')
      .filter(({ accelerator, run }) => {
        const taken = !register(accelerator, run);
        if (taken) this.onTaken(accelerator);
        return !taken;
      })
      .map(({ accelerator }) => accelerator);
  }

  dispose(): void {
    this.release();
  }

  private release(): void {
    for (const accelerator of this.held) globalShortcut.unregister(accelerator);
    this.held = [];
  }
}

function register(accelerator: string, run: () => void): boolean {
  try {
    return globalShortcut.register(accelerator, run);
  } catch {
    // Not the name of any key.
    return false;
  }
}
