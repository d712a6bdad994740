import { globalShortcut } from 'electron';
import type { KeyState } from '../../shared/ipc/model.ts';

/** What the keys do, and how long they are registered. */
export type ShortcutName = 'accept' | 'decline';
export type KeyStates = Readonly<Record<ShortcutName, KeyState>>;

/** The part of Electron that registers keys. */
export type KeyGiver = Pick<typeof globalShortcut, 'register' | 'unregister'>;

const NAMES: readonly ShortcutName[] = ['accept', 'decline'];

/**
 * Global keys, registered only while a call rings. Whether they are available is tested at the
 * start and whenever the agent chooses others.
 */
export class Shortcuts {
  #held: readonly string[] = [];
  #wanted: Readonly<Record<ShortcutName, string>> = { accept: '', decline: '' };
  #known: KeyStates | undefined;
  #active = false;
  readonly #run: Readonly<Record<ShortcutName, () => void>>;
  readonly #changed: (states: KeyStates) => void;
  readonly #giver: KeyGiver;

  /** @param changed called at first and whenever the result changes */
  constructor(
    run: Readonly<Record<ShortcutName, () => void>>,
    changed: (states: KeyStates) => void,
    giver: KeyGiver = globalShortcut,
  ) {
    this.#run = run;
    this.#changed = changed;
    this.#giver = giver;
  }

  /** @param wanted accelerators; empty means none. `active`: they should work now */
  set(wanted: Readonly<Record<ShortcutName, string>>, active: boolean): void {
    const same = NAMES.every((name) => wanted[name] === this.#wanted[name]);
    if (same && active === this.#active && this.#known) return;
    this.#wanted = wanted;
    this.#active = active;
    this.#release();
    // After the ring there is nothing to test.
    if (same && !active && this.#known) return;
    const states = this.#take();
    if (!active) this.#release();
    if (JSON.stringify(states) === JSON.stringify(this.#known)) return;
    this.#known = states;
    this.#changed(states);
  }

  close(): void {
    this.#release();
  }

  #take(): KeyStates {
    const states = { accept: 'none', decline: 'none' } as Record<ShortcutName, KeyState>;
    for (const name of NAMES) {
      const accelerator = this.#wanted[name];
      if (accelerator === '') continue;
      const ours =
        !this.#held.includes(accelerator) && this.#register(accelerator, this.#run[name]);
      states[name] = ours ? 'ours' : 'taken';
      if (ours) this.#held = [...this.#held, accelerator];
    }
    return states;
  }

  #register(accelerator: string, run: () => void): boolean {
    try {
      return this.#giver.register(accelerator, run);
    } catch {
      // Electron throws for a text that is no key.
      return false;
    }
  }

  #release(): void {
    for (const accelerator of this.#held) this.#giver.unregister(accelerator);
    this.#held = [];
  }
}
