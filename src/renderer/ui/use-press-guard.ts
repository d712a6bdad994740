import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Place, PressGuard } from './press-guard.ts';

/** The last place of the pointer in this window. */
let pointer: { x: number; y: number } | undefined;
const guards = new Map<PressGuard, () => void>();
let looking: number | undefined;

/** Main put this window under the pointer: what lies there now was not there a moment ago. */
export function handleUncovered(): void {
  for (const guard of guards.keys()) guard.uncover(performance.now());
}

/** What a control that must not be pressed by accident needs. */
export interface GuardedPress {
  /** A press would not count yet. */
  settling: boolean;
  handlePointerDown: (event: PointerEvent<HTMLElement>) => void;
  handleKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** Whether a click was meant. Asked once for each. */
  isMeant: (click: MouseEvent<HTMLElement>) => boolean;
}

/**
 * Lets a control ignore presses that began before it lay steadily under the pointer, of mouse, pen and touch alike. Keys and
 * assistive technology press what has the focus, so they always count; a key that is held down does not.
 */
export function usePressGuard(control: RefObject<HTMLElement | null>): GuardedPress {
  const [guard] = useState(() => new PressGuard());
  const [settling, setSettling] = useState(false);
  const pressed = useRef(false);
  useLayoutEffect(() => {
    const look = () => {
      guard.see(placeOf(control.current), performance.now());
      setSettling(guard.isSettling(performance.now()));
    };
    look();
    return watch(guard, look);
  }, [control, guard]);
  return {
    settling,
    handlePointerDown({ clientX: x, clientY: y, timeStamp }) {
      guard.see(placeOf(control.current), timeStamp);
      pressed.current = guard.allows({ x, y }, timeStamp);
    },
    handleKeyDown(event) {
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
    },
    isMeant({ detail }) {
      // What no pointer clicked counts no clicks.
      const meant = detail === 0 || pressed.current;
      pressed.current = false;
      return meant;
    },
  };
}

/** Looks at all guarded controls with each frame that is drawn, as long as there are any: what moved shows it at once. */
function watch(guard: PressGuard, look: () => void): () => void {
  guards.set(guard, look);
  if (looking === undefined) {
    const lookAtAll = () => {
      for (const one of guards.values()) one();
      looking = window.requestAnimationFrame(lookAtAll);
    };
    looking = window.requestAnimationFrame(lookAtAll);
    window.addEventListener('pointermove', notePointer, true);
    window.addEventListener('pointerdown', notePointer, true);
  }
  return () => {
    guards.delete(guard);
    if (guards.size > 0) return;
    if (looking !== undefined) window.cancelAnimationFrame(looking);
    looking = undefined;
    window.removeEventListener('pointermove', notePointer, true);
    window.removeEventListener('pointerdown', notePointer, true);
  };
}

function notePointer({ clientX, clientY }: globalThis.PointerEvent): void {
  pointer = { x: clientX, y: clientY };
}

/** Where a control is to be pressed; undefined while something lies above it, or it is not drawn. */
function placeOf(element: HTMLElement | null): Place | undefined {
  if (!element) return undefined;
  const { x, y, width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return undefined;
  const inside =
    pointer !== undefined &&
    pointer.x >= x &&
    pointer.x <= x + width &&
    pointer.y >= y &&
    pointer.y <= y + height;
  const at = inside && pointer ? pointer : { x: x + width / 2, y: y + height / 2 };
  const top = document.elementFromPoint(at.x, at.y);
  if (!top || !element.contains(top)) return undefined;
  return { x, y, width, height };
}
