/** A voice: an `<audio>` element in the page, found by tools through its `data-call` (`data-second-of`). */
export class CallAudio {
  private readonly element = document.createElement('audio');

  constructor(callId: string, voice?: 'second') {
    this.element.dataset[voice === undefined ? 'call' : 'secondOf'] = callId;
    this.element.autoplay = true;
    this.element.hidden = true;
    document.body.append(this.element);
  }

  async play(track: MediaStreamTrack, speakerId: string): Promise<void> {
    this.element.srcObject = new MediaStream([track]);
    await this.useSpeaker(speakerId);
    // Interrupted by a newer track or by the end of the call, neither of which matters.
    await this.element.play().catch(() => undefined);
  }

  async useSpeaker(speakerId: string): Promise<void> {
    await useSink(this.element, speakerId);
  }

  close(): void {
    this.element.srcObject = null;
    this.element.remove();
  }
}

/** Plays through a device, or through the system's default if that device is not there any more. */
export async function useSink(element: HTMLMediaElement, deviceId: string): Promise<void> {
  try {
    await element.setSinkId(deviceId);
  } catch {
    await element.setSinkId('').catch(() => undefined);
  }
}
