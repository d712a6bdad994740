import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { Waiting } from './reasons.ts';
import type { RowAction } from './use-actions.ts';

interface RowKeys {
  row: Waiting | undefined;
  /** All that the keys act on are this agent's. */
  isMine: boolean;
  /** Marks the row for an action on several, or takes the mark away. */
  onMark: () => void;
  /** Missing without marks. */
  onUnmark: (() => void) | undefined;
  onAction: (action: RowAction) => void;
  onMenu: (menu: 'snooze' | 'assign') => void;
  onCall: () => void;
  onMove: (by: 1 | -1) => void;
  onUndo: (() => void) | undefined;
}

/** Keys for the selected row, while the focus is in the list. */
export function useRowKeys(keys: RowKeys): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const handleKey = useEffectEvent((event: KeyboardEvent) => {
    const { row, isMine, onMark, onUnmark, onAction, onMenu, onCall, onMove, onUndo } = keys;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || event.repeat || isTyping(event.target)) return;
    const handlers: Readonly<Record<string, () => void>> = {
      j: () => onMove(1),
      k: () => onMove(-1),
      z: () => onUndo?.(),
      ...(onUnmark && { escape: onUnmark }),
      ...(row && {
        x: onMark,
        c: onCall,
        r: () =>
          list.current?.closest('main')?.querySelector<HTMLElement>('article textarea')?.focus(),
        a: () => onAction({ kind: isMine ? 'unassign' : 'claim' }),
        g: () => onMenu('assign'),
        s: () => onMenu('snooze'),
        e: () => onAction({ kind: 'done' }),
      }),
    };
    const handle = handlers[event.key.toLowerCase()];
    if (!handle) return;
    event.preventDefault();
    event.stopPropagation();
    handle();
  });
  useEffect(() => {
    const element = list.current;
    element?.addEventListener('keydown', handleKey);
    return () => element?.removeEventListener('keydown', handleKey);
  }, []);
  return list;
}

/** Moves the focus to the row that is selected next, unless the agent is elsewhere by then. */
export function useRowFocus(list: RefObject<HTMLDivElement | null>): () => void {
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isAsked.current) return;
    isAsked.current = false;
    const { current } = list;
    const { activeElement, body } = document;
    if (!current || (activeElement !== body && !current.contains(activeElement))) return;
    const find = (what: string) => current.querySelector<HTMLElement>(what);
    // Without a row the keys of the list still work.
    (find('[aria-current]') ?? find('[aria-pressed="true"]'))?.focus();
  });
  return () => {
    isAsked.current = true;
  };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
