import { useEffect } from 'react';
import { act } from '../state/requests.ts';
import { engagedCall, useSnapshotStore } from '../state/snapshot-store.ts';
import { HoldToMute } from './hold-to-mute.ts';
import { focusSearch, newCall, useUi } from '../state/ui.ts';

/** Shortcuts of the whole window. In a text field, only keys that type nothing work. */
export function useKeys(): void {
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        useUi.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen }));
        return;
      }
      if (event.key === 'Escape' && !event.repeat && !event.defaultPrevented) return undoDecline();
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (modified || event.repeat || event.defaultPrevented || useUi.getState().paletteOpen)
        return;
      if (!isTyping(event.target)) press(event);
    };
    const letGo = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'm') holdToMute.release(performance.now());
    };
    const lose = () => holdToMute.release(performance.now());
    window.addEventListener('keydown', handle);
    window.addEventListener('keyup', letGo);
    window.addEventListener('blur', lose);
    return () => {
      window.removeEventListener('keydown', handle);
      window.removeEventListener('keyup', letGo);
      window.removeEventListener('blur', lose);
    };
  }, []);
}

/** Handles a key that was not typed into a field. */
function press(event: KeyboardEvent): void {
  const { key, target } = event;
  const take = (doIt: () => void) => {
    event.preventDefault();
    doIt();
  };
  if (key.toLowerCase() === 'm') return take(pressMute);
  // What is open in front comes first.
  if (target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]')) return;
  if (key === '?') return take(() => useUi.setState({ keysOpen: true }));
  if (key === '/') return take(focusSearch);
  // The number field finds names, too.
  if (target instanceof HTMLInputElement) return;
  if (key.toLowerCase() === 'd') return take(newCall);
  if (key.toLowerCase() === 'n') {
    const note = document.querySelector<HTMLElement>('textarea[aria-keyshortcuts="N"]');
    if (note) take(() => note.focus());
  }
  if (/^[1-9]$/.test(key)) {
    const outcome = document.querySelector<HTMLElement>(`button[aria-keyshortcuts="${key}"]`);
    if (outcome) take(() => outcome.click());
  }
}

const holdToMute = new HoldToMute((callId, muted) => void act('calls.mute', { callId, muted }));

function pressMute(): void {
  const call = engagedCall(useSnapshotStore.getState().snapshot?.calls ?? []);
  if (call?.phase.name === 'connected') holdToMute.press(call, performance.now());
}

/** Undoes the last decline, unless Esc closes something else first. */
function undoDecline(): void {
  const open = document.querySelector('[role="dialog"], [role="alertdialog"], [role="listbox"]');
  if (open) return;
  const calls = useSnapshotStore.getState().snapshot?.calls ?? [];
  const declined = calls.findLast(({ phase }) => phase.name === 'ringing' && phase.declined);
  if (declined) void act('calls.undo-decline', { callId: declined.id });
}

function isTyping(target: EventTarget | null): boolean {
  // Phone numbers contain neither `m` nor `/`, so both work as shortcuts in the number field.
  if (target instanceof HTMLInputElement && target.type === 'tel') return false;
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    // Letters choose an entry of a list or a menu.
    (target instanceof Element &&
      target.closest('[role="combobox"], [role="listbox"], [role="menu"]') !== null)
  );
}
