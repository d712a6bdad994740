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

/** The last pointer position in this window. */
let pointer: { x: number; y: number } | undefined;
const guards = new Map<PressGuard, () => void>();
let looking: number | undefined;

/** Main raised this window under the pointer, so its controls were not there a moment ago. */
export function handleUncovered(): void {
  for (const guard of guards.keys()) guard.uncover(performance.now());
}

/** What a component needs to guard its control against accidental presses. */
export interface GuardedPress {
  /** Whether a press would not count yet. */
  settling: boolean;
  handlePointerDown: (event: PointerEvent<HTMLElement>) => void;
  handleKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** Whether a click counts. Ask once per click. */
  isMeant: (click: MouseEvent<HTMLElement>) => boolean;
}

/**
 * Lets a control ignore mouse, pen and touch presses that began before it was steadily under the
 * pointer. Keys and assistive technology press what has the focus, so they always count, except for
 * a key held down.
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
      // Clicks without a pointer have no click count.
      const meant = detail === 0 || pressed.current;
      pressed.current = false;
      return meant;
    },
  };
}

/** Checks all guarded controls on every frame, so that movement shows at once. */
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

/** A control's position; undefined while it is covered or not rendered. */
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
