/** One voice as an `<audio>` element; tests find it by `data-call` or `data-second-of`. */
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
    // Rejects when a newer track or the end of the call interrupts it, which is fine.
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
 * The voices of a call: the customer, and in a leg to the relay a supervisor or a supervised agent.
 * Each has its own element, because an element reliably plays only one track of a stream.
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

/** Plays through a device, or the system default if that device is gone. */
export async function useSink(element: HTMLMediaElement, deviceId: string): Promise<void> {
  try {
    // Setting the current id again is a no-op even if the device was unplugged meanwhile.
    if (deviceId !== '' && element.sinkId === deviceId) await element.setSinkId('');
    await element.setSinkId(deviceId);
  } catch {
    await element.setSinkId('').catch(() => undefined);
  }
}
