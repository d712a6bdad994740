import callWaiting from '../../../resources/sounds/call-waiting.wav?url';
import connected from '../../../resources/sounds/connected.wav?url';
import offered from '../../../resources/sounds/offered.wav?url';
import message from '../../../resources/sounds/message.wav?url';
import reverted from '../../../resources/sounds/reverted.wav?url';
import ended from '../../../resources/sounds/ended.wav?url';
import ring from '../../../resources/sounds/ring.wav?url';
import ringback from '../../../resources/sounds/ringback.wav?url';
import unreachable from '../../../resources/sounds/unreachable.wav?url';
import { useSink } from './call-audio.ts';
import { findDevices } from './devices.ts';
import type { OpenDevices } from './device-selection.ts';
import type { Loop, Tone } from './sound-policy.ts';

const files: Record<Loop | Tone, string> = {
  ring,
  'call-waiting': callWaiting,
  ringback,
  connected,
  ended,
  offered,
  reverted,
};

/** The call-waiting beep must not drown the voice. */
const WAITING_VOLUME = 0.4;
const WAITING_PAUSE_MS = 4000;
const TONE_VOLUME = 0.5;

/**
 * Plays what {@link loopOf} chooses. Media elements keep playing in hidden windows, where timers
 * are throttled.
 */
export class Ringtone {
  #devices = { speaker: { id: '', key: '' }, ringer: { id: '', key: '' } };
  #volume = 0.8;
  #playing: { loop: Loop; element: HTMLAudioElement; again: number | undefined } | undefined;

  /** The ring's volume, 0–1. Applies at once, even to a playing ring. */
  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#playing?.loop === 'ring') this.#playing.element.volume = clamp(volume);
  }

  /** Switches the devices, even of a sound that is playing. */
  applyDevices({ speaker, ringer }: Pick<OpenDevices, 'speaker' | 'ringer'>): void {
    const same =
      speaker.key === this.#devices.speaker.key && ringer.key === this.#devices.ringer.key;
    this.#devices = { speaker, ringer };
    if (!same && this.#playing) void this.#route(this.#playing.loop, this.#playing.element);
  }

  set(loop: Loop | undefined): void {
    if (this.#playing?.loop === loop) return;
    this.#stop();
    if (loop === undefined) return;
    const element = new Audio(files[loop]);
    const playing = { loop, element, again: undefined as number | undefined };
    this.#playing = playing;
    element.loop = loop !== 'call-waiting';
    if (!element.loop) {
      element.addEventListener('ended', () => {
        playing.again = window.setTimeout(() => void start(element), WAITING_PAUSE_MS);
      });
    }
    void this.#begin(loop, element);
  }

  /** Plays a short sound in the headset. */
  async tone(tone: Tone): Promise<void> {
    const element = onceOnly(files[tone]);
    element.volume = TONE_VOLUME;
    await useSink(element, this.#devices.speaker.id);
    await start(element);
  }

  /** Rings once, to test the device and its volume. */
  async test(): Promise<void> {
    const element = onceOnly(files.ring);
    await this.#route('ring', element);
    await start(element);
  }

  /**
   * Whether a ring could be played now: plays one without a sound. A machine without any output is
   * another matter, and not the ringer's fault.
   */
  async plays(): Promise<boolean> {
    if (this.#playing) return true;
    const element = new Audio(files.ring);
    element.volume = 0;
    await useSink(element, this.#devices.ringer.id);
    try {
      await element.play();
      return true;
    } catch {
      const { devices } = await findDevices();
      return !devices.some(({ kind }) => kind === 'audiooutput');
    } finally {
      release(element);
    }
  }

  /** Plays a short sound in the headset, to test it. */
  async testSpeaker(): Promise<void> {
    await this.tone('connected');
  }

  /** Warns through the ringer that calls cannot come in. */
  async alarm(): Promise<void> {
    const element = onceOnly(unreachable);
    await this.#route('ring', element);
    await start(element);
  }

  /** Says once that somebody wrote, or that a promised call is due. */
  async message(): Promise<void> {
    const element = onceOnly(message);
    await this.#route('ring', element);
    await start(element);
  }

  async #begin(loop: Loop, element: HTMLAudioElement): Promise<void> {
    await this.#route(loop, element);
    if (this.#playing?.element === element) await start(element);
  }

  #stop(): void {
    if (!this.#playing) return;
    clearTimeout(this.#playing.again);
    release(this.#playing.element);
    this.#playing = undefined;
  }

  async #route(loop: Loop, element: HTMLAudioElement): Promise<void> {
    const { ringer, speaker } = this.#devices;
    element.volume = loop === 'ring' ? clamp(this.#volume) : WAITING_VOLUME;
    await useSink(element, loop === 'ring' ? ringer.id : speaker.id);
  }
}

/** A sound that is played once. */
function onceOnly(file: string): HTMLAudioElement {
  const element = new Audio(file);
  element.addEventListener('ended', () => release(element));
  return element;
}

/**
 * Gives the output back. An element that is only paused keeps it open until it is collected, and on
 * Linux the sound server moves what is open when its device goes.
 */
function release(element: HTMLAudioElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

/** A machine without an output device plays nothing; that is not an error. */
async function start(element: HTMLAudioElement): Promise<void> {
  await element.play().catch(() => undefined);
}

function clamp(volume: number): number {
  return Math.min(1, Math.max(0, volume));
}
