import { powerMonitor, powerSaveBlocker } from 'electron';

/** Keeps the display on during a call. */
export class KeepAwake {
  #blocker: number | undefined;

  set(on: boolean): void {
    if (on === (this.#blocker !== undefined)) return;
    if (this.#blocker === undefined) {
      this.#blocker = powerSaveBlocker.start('prevent-display-sleep');
    } else {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = undefined;
    }
  }
}

/**
 * Reports moments after which a socket may have died unnoticed, and whether the screen is locked.
 *
 * @returns stops reporting
 */
export function watchPower({ onWake, onLocked }: PowerListener): () => void {
  const resume = () => onWake('the machine woke up');
  const lock = () => onLocked(true);
  const unlock = () => {
    onLocked(false);
    onWake('the screen was unlocked');
  };
  powerMonitor.on('resume', resume);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('unlock-screen', unlock);
  return () => {
    powerMonitor.off('resume', resume);
    powerMonitor.off('lock-screen', lock);
    powerMonitor.off('unlock-screen', unlock);
  };
}

interface PowerListener {
  onWake: (why: string) => void;
  onLocked: (locked: boolean) => void;
}
