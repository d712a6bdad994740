import { globalShortcut } from 'electron';
import type { KeyState } from '../../shared/ipc/snapshot.ts';

export type KeyStates = Readonly<Record<'accept' | 'decline' | 'mute' | 'selection', KeyState>>;

/** The part of Electron that registers keys. */
export type KeyGiver = Pick<typeof globalShortcut, 'register' | 'unregister'>;

/**
 * Whether keys reach a program in the background. Under Wayland they are registered without an error
 * and then work only while a window of X11 has the focus.
 */
export function hasGlobalKeys(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform !== 'linux') return true;
  return env['XDG_SESSION_TYPE'] !== 'wayland' && !env['WAYLAND_DISPLAY'];
}

type States<Name extends string> = Readonly<Partial<Record<Name, KeyState>>>;

/**
 * Global keys, registered only while they should work. Whether they are available is tested at the
 * start and whenever the agent chooses others.
 */
export class Shortcuts<Name extends string> {
  #held: readonly string[] = [];
  #wanted: Readonly<Record<Name, string>> | undefined;
  #known: States<Name> | undefined;
  #active = false;
  readonly #names: readonly Name[];
  readonly #run: Readonly<Record<Name, () => void>>;
  readonly #changed: (states: States<Name>) => void;
  readonly #giver: KeyGiver | undefined;

  /**
   * @param names of the keys; of two with the same combination, the first gets it
   * @param run what each key does
   * @param changed called at first and whenever the result changes
   * @param giver undefined where no program gets keys in the background
   */
  constructor(
    names: readonly Name[],
    run: Readonly<Record<Name, () => void>>,
    changed: (states: States<Name>) => void,
    giver: KeyGiver | undefined = hasGlobalKeys(process.platform, process.env)
      ? globalShortcut
      : undefined,
  ) {
    this.#names = names;
    this.#run = run;
    this.#changed = changed;
    this.#giver = giver;
  }

  /** @param wanted accelerators; empty means none. `active`: they should work now */
  set(wanted: Readonly<Record<Name, string>>, active: boolean): void {
    const same = this.#names.every((name) => wanted[name] === this.#wanted?.[name]);
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

  #take(): States<Name> {
    const states: Partial<Record<Name, KeyState>> = {};
    for (const name of this.#names) {
      const accelerator = this.#wanted?.[name] ?? '';
      states[name] = 'none';
      if (accelerator === '') continue;
      states[name] = 'deaf';
      if (!this.#giver) continue;
      const ours =
        !this.#held.includes(accelerator) && this.#register(accelerator, this.#run[name]);
      states[name] = ours ? 'ours' : 'taken';
      if (ours) this.#held = [...this.#held, accelerator];
    }
    return states;
  }

  #register(accelerator: string, run: () => void): boolean {
    try {
      return this.#giver?.register(accelerator, run) ?? false;
    } catch {
      // Electron throws for a text that is no key.
      return false;
    }
  }

  #release(): void {
    for (const accelerator of this.#held) this.#giver?.unregister(accelerator);
    this.#held = [];
  }
}
