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

/** Beside changes of the document: what can move, cover or uncover a control, or shows that it was. */
const STIRS = [
  'animationend',
  'animationstart',
  'input',
  'load',
  'pointerdown',
  'pointermove',
  'resize',
  'scroll',
  'transitionend',
  'transitionstart',
] as const;
/** React writes these again, unchanged, whenever it draws a field. */
const MOVES_NOTHING: ReadonlySet<string | null> = new Set(['name', 'type']);
/** How long controls are looked at after anything stirred, in ms: an animation's first frames move little. */
const LOOK_ON_MS = 100;

/** The last pointer position in this window. */
let pointer: { x: number; y: number } | undefined;
/** Looks at a guard's control, and tells whether it must be looked at again. */
const guards = new Map<PressGuard, () => boolean>();
const changes = new MutationObserver((records) => {
  if (records.some(({ attributeName }) => !MOVES_NOTHING.has(attributeName))) lookOn();
});
let frame: number | undefined;
let lookUntil = 0;

/** Main raised this window under the pointer, so its controls were not there a moment ago. */
export function handleUncovered(): void {
  for (const guard of guards.keys()) guard.uncover(performance.now());
  if (guards.size > 0) lookOn();
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
      const now = performance.now();
      guard.see(placeOf(control.current), now);
      const isSettling = guard.isSettling(now);
      setSettling(isSettling);
      return isSettling;
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

/**
 * Looks at all guarded controls on every frame while anything stirs, so that movement shows at once. Frames for
 * controls that lie still would keep a processor busy all day.
 */
function watch(guard: PressGuard, look: () => boolean): () => void {
  if (guards.size === 0) {
    const all = { attributes: true, characterData: true, childList: true, subtree: true };
    changes.observe(document, all);
    for (const stir of STIRS) window.addEventListener(stir, handleStir, LISTENING);
  }
  guards.set(guard, look);
  lookOn();
  return () => {
    guards.delete(guard);
    if (guards.size > 0) return;
    changes.disconnect();
    for (const stir of STIRS) window.removeEventListener(stir, handleStir, LISTENING);
    if (frame !== undefined) window.cancelAnimationFrame(frame);
    frame = undefined;
  };
}

/** Before the control's own handlers, and also of what does not bubble. */
const LISTENING = { capture: true, passive: true };

function handleStir(event: Event): void {
  if (event instanceof globalThis.PointerEvent) pointer = { x: event.clientX, y: event.clientY };
  lookOn();
}

function lookOn(): void {
  lookUntil = performance.now() + LOOK_ON_MS;
  frame ??= window.requestAnimationFrame(lookAtAll);
}

function lookAtAll(): void {
  frame = undefined;
  const settling = [...guards.values()].filter((look) => look());
  if (settling.length > 0) lookOn();
  else if (performance.now() < lookUntil) frame = window.requestAnimationFrame(lookAtAll);
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
