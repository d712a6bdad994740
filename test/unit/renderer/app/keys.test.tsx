import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { KeysHelp } from '../../../../src/renderer/app/keys-help.tsx';
import { useKeys } from '../../../../src/renderer/app/keys.ts';
import { useUi } from '../../../../src/renderer/state/ui.ts';
import { page, root } from '../page.ts';

const chosen = vi.fn<() => void>();

/** What base-ui draws: an element with this role. */
function Part({ kind, name }: { kind: string; name: string }) {
  return (
    <div ref={(element) => element?.setAttribute('role', kind)}>
      <button type="button">{name}</button>
    </div>
  );
}

function Window() {
  useKeys();
  return (
    <>
      <button type="button">Row</button>
      <button type="button" aria-keyshortcuts="2" onClick={chosen}>
        Solved
      </button>
      <Part kind="combobox" name="Time zone" />
      <Part kind="dialog" name="5" />
      <input aria-label="Name" />
      <textarea aria-label="Note" aria-keyshortcuts="N" />
      <KeysHelp />
    </>
  );
}

beforeEach(() => {
  chosen.mockClear();
  useUi.setState({ view: 'todo', keysOpen: false });
  act(() => root.render(<Window />));
});

const named = (name: string) =>
  [...page.querySelectorAll<HTMLElement>('button, input, textarea')].find(
    (one) => one.textContent === name || one.getAttribute('aria-label') === name,
  );
function press(key: string, where: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  act(() => void named(where)?.dispatchEvent(event));
}

it('opens a new call, goes to the note and chooses an outcome from anywhere', () => {
  press('2', 'Row');
  expect(chosen).toHaveBeenCalledOnce();
  press('n', 'Row');
  expect(document.activeElement).toBe(named('Note'));
  press('d', 'Row');
  expect(useUi.getState().view).toBe('calls');
});

it.each(['Time zone', '5', 'Name', 'Note'])('leaves letters and digits to %s', (where) => {
  for (const key of ['d', '2', '?', '/']) press(key, where);
  expect(useUi.getState()).toMatchObject({ view: 'todo', keysOpen: false });
  expect(chosen).not.toHaveBeenCalled();
});

it('lists all keys with ?, those of the window and those of To do', () => {
  press('?', 'Row');
  const help = document.querySelector('[role="alertdialog"]');
  const keys = [...(help?.querySelectorAll('kbd') ?? [])].map(({ textContent }) => textContent);
  expect(keys.join(', ')).toBe(
    'Ctrl K, D, /, M, N, 1–9, Esc, F6, Shift F6, ?, J, K, Enter, C, R, A, G, S, E, X, Z',
  );
  expect(help?.textContent).toContain('Choose the outcome of the call');
});
