import { type PointerEvent, useRef } from 'react';
import { request } from '../state/requests.ts';

type Handlers = Partial<
  Record<
    'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel',
    (event: PointerEvent<HTMLElement>) => void
  >
>;

/** Drags the ring window by any part of it that is no control, where the system does not. */
export function useOwnDrag(isOurs: boolean): Handlers {
  const isHeld = useRef(false);
  if (!isOurs) return {};
  const say = (step: 'start' | 'move' | 'end') => void request('ring.drag', { step });
  const end = () => {
    if (!isHeld.current) return;
    isHeld.current = false;
    say('end');
  };
  return {
    onPointerDown(event) {
      const { target, currentTarget, pointerId, button } = event;
      if (button !== 0 || (target instanceof Element && target.closest('button, a'))) return;
      // Else it would select the name.
      event.preventDefault();
      currentTarget.setPointerCapture(pointerId);
      isHeld.current = true;
      say('start');
    },
    onPointerMove({ buttons }) {
      if (!isHeld.current) return;
      // The button was let go where nobody said so.
      if (buttons === 0) end();
      else say('move');
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
