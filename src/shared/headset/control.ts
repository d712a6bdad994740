import { assertNever } from '../lib/assert-never.ts';
import type { Control, Lights } from './hid.ts';

/** What the headset should know about the calls. */
export interface HeadsetCalls {
  /** A call rings here and can be heard. */
  ringing: boolean;
  /** The agent is on a call, or one is being set up. */
  engaged: boolean;
  muted: boolean;
  held: boolean;
}

/** What a press on the headset means. */
export type HeadsetAction =
  | { do: 'accept' }
  | { do: 'decline' }
  | { do: 'hang-up' }
  | { do: 'mute'; muted: boolean }
  /** The headset believes in a call that there is not: show it its lights again. */
  | { do: 'correct' };

type ControlStates = ReadonlyMap<Control, { isOn: boolean; isAbsolute: boolean }>;

export const quiet: HeadsetCalls = { ringing: false, engaged: false, muted: false, held: false };

/** The lights for these calls. */
export function lightsFor({ ringing, engaged, muted, held }: HeadsetCalls): Lights {
  return { ring: ringing && !engaged, offHook: engaged, mute: engaged && muted, hold: held };
}

/** Many headsets acknowledge a light by pressing their own button within this time, in ms. */
const ECHO_MS = 300;

/**
 * Tells presses from acknowledgements. A hook that is a switch (absolute) reports its position:
 * lifting answers, laying down hangs up, and what agrees with the call is no press. A button
 * (relative) reports each press.
 */
export class HeadsetControl {
  readonly #was = new Map<Control, boolean>();
  /** When the mute light last changed for another reason than a press on the headset. */
  #muteShownAt = -Infinity;
  #calls = quiet;
  #isMutePressed = false;

  /** The calls have changed. */
  setCalls(calls: HeadsetCalls, now: number): void {
    const isOwn = this.#isMutePressed;
    const wasLit = lightsFor(this.#calls).mute;
    this.#calls = calls;
    if (lightsFor(calls).mute === wasLit) return;
    this.#isMutePressed = false;
    if (!isOwn) this.#muteShownAt = now;
  }

  /** The headset has sent a report. */
  handle(states: ControlStates, now: number): HeadsetAction | undefined {
    let action: HeadsetAction | undefined;
    for (const [control, { isOn, isAbsolute }] of states) {
      const was = this.#was.get(control) ?? false;
      this.#was.set(control, isOn);
      if (was !== isOn) action ??= this.#changed(control, isOn, isAbsolute, now);
    }
    return action;
  }

  #changed(
    control: Control,
    isOn: boolean,
    isAbsolute: boolean,
    now: number,
  ): HeadsetAction | undefined {
    const { ringing, engaged } = this.#calls;
    switch (control) {
      case 'hook':
        return isAbsolute ? this.#lifted(isOn) : isOn ? this.#hookPressed() : undefined;
      case 'mute':
        return this.#muteChanged(isOn, isAbsolute, now);
      case 'drop':
        if (!isOn) return undefined;
        if (engaged) return { do: 'hang-up' };
        return ringing ? { do: 'decline' } : undefined;
      case 'reject':
        return isOn && ringing ? { do: 'decline' } : undefined;
      default:
        return assertNever(control, 'control of a headset');
    }
  }

  #lifted(isOn: boolean): HeadsetAction | undefined {
    const { ringing, engaged } = this.#calls;
    // Lifting the receiver in a call is how a headset agrees with its light.
    if (isOn) return engaged ? undefined : ringing ? { do: 'accept' } : { do: 'correct' };
    return engaged ? { do: 'hang-up' } : undefined;
  }

  #hookPressed(): HeadsetAction | undefined {
    const { ringing, engaged } = this.#calls;
    if (engaged) return { do: 'hang-up' };
    return ringing ? { do: 'accept' } : undefined;
  }

  #muteChanged(isOn: boolean, isAbsolute: boolean, now: number): HeadsetAction | undefined {
    const { engaged, muted } = this.#calls;
    if (!engaged) return undefined;
    if (isAbsolute ? isOn === muted : !isOn) return undefined;
    if (!isAbsolute && now - this.#muteShownAt < ECHO_MS) return undefined;
    this.#isMutePressed = true;
    return { do: 'mute', muted: isAbsolute ? isOn : !muted };
  }
}
