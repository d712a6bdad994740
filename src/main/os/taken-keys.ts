import { isCalling } from '../../shared/call/view.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Notices } from '../snapshot/notices.ts';

/**
 * Announces once per combination that another program has it; never during a ring, when nobody can
 * do anything about it.
 */
export class TakenKeys {
  readonly #said = new Set<string>();
  readonly #notices: Pick<Notices, 'add' | 'remove'>;

  constructor(notices: Pick<Notices, 'add' | 'remove'>) {
    this.#notices = notices;
  }

  readonly handleSnapshot = ({ keys, settings, calls }: Snapshot): void => {
    if (calls.some(isCalling)) return;
    const taken = new Set<string>();
    if (keys.accept === 'taken') taken.add(settings.acceptShortcut);
    if (keys.decline === 'taken') taken.add(settings.declineShortcut);
    if (keys.mute === 'taken') taken.add(settings.muteShortcut);
    if (keys.selection === 'taken') taken.add(settings.selectionShortcut);
    for (const shortcut of this.#said) {
      if (taken.has(shortcut)) continue;
      this.#said.delete(shortcut);
      this.#notices.remove(idOf(shortcut));
    }
    for (const shortcut of taken) {
      if (this.#said.has(shortcut)) continue;
      this.#said.add(shortcut);
      const values = { shortcut };
      this.#notices.add({ id: idOf(shortcut), kind: 'warning', code: 'shortcut-taken', values });
    }
  };
}

function idOf(shortcut: string): string {
  return `shortcut-taken/${shortcut}`;
}
