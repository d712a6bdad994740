/** A voice: an `<audio>` element in the page, found by tools through its `data-call` (`data-second-of`). */
class CallAudio {
  readonly #element = document.createElement('audio');

  constructor(callId: string, voice?: 'second') {
    this.#element.dataset[voice === undefined ? 'call' : 'secondOf'] = callId;
    this.#element.autoplay = true;
    this.#element.hidden = true;
    document.body.append(this.#element);
  }

  async play(track: MediaStreamTrack, speakerId: string): Promise<void> {
    this.#element.srcObject = new MediaStream([track]);
    await this.useSpeaker(speakerId);
    // Interrupted by a newer track or by the end of the call, neither of which matters.
    await this.#element.play().catch(() => undefined);
  }

  async useSpeaker(speakerId: string): Promise<void> {
    await useSink(this.#element, speakerId);
  }

  close(): void {
    this.#element.srcObject = null;
    this.#element.remove();
  }
}

/**
 * What is heard in a call: the customer, and in a leg to the relay a second voice, a supervisor's or a supervised agent's.
 * Each in an element of its own, because one element plays one track of a stream reliably.
 */
export class Voices {
  readonly #callId: string;
  readonly #first: CallAudio;
  #second: CallAudio | undefined;

  constructor(callId: string) {
    this.#callId = callId;
    this.#first = new CallAudio(callId);
  }

  async play(track: MediaStreamTrack, first: boolean, speakerId: string): Promise<void> {
    if (first) return this.#first.play(track, speakerId);
    this.#second ??= new CallAudio(this.#callId, 'second');
    return this.#second.play(track, speakerId);
  }

  async useSpeaker(speakerId: string): Promise<void> {
    await this.#first.useSpeaker(speakerId);
    await this.#second?.useSpeaker(speakerId);
  }

  close(): void {
    this.#first.close();
    this.#second?.close();
  }
}

/** Plays through a device, or through the system's default if that device is not there any more. */
export async function useSink(element: HTMLMediaElement, deviceId: string): Promise<void> {
  try {
    // The id it has already would change nothing, though the device behind it was away meanwhile.
    if (deviceId !== '' && element.sinkId === deviceId) await element.setSinkId('');
    await element.setSinkId(deviceId);
  } catch {
    await element.setSinkId('').catch(() => undefined);
  }
}
