import type { StreamAddress, MediaStreams } from '../../src/main/calls/ports.ts';

/** Records sounds instead of playing them, e.g. `open support/id-1 id-1`. */
export class FakeMediaStreams implements MediaStreams {
  readonly asked: string[] = [];

  /** Calls the relay was asked to end. */
  readonly hungUp: string[] = [];

  open({ callId, providerCallId }: StreamAddress): void {
    this.asked.push(`open ${callId} ${providerCallId}`);
  }

  close(callId: string): void {
    this.asked.push(`close ${callId}`);
  }

  hangUp({ callId }: StreamAddress): void {
    this.hungUp.push(callId);
  }
}
