import type { SoundCall, Sounds } from '../../src/main/calls/ports.ts';

/** Records sounds instead of playing them, e.g. `open support/id-1 id-1`. */
export class FakeSounds implements Sounds {
  readonly asked: string[] = [];

  /** Calls the relay was asked to end. */
  readonly hungUp: string[] = [];

  open({ callId, providerCallId }: SoundCall): void {
    this.asked.push(`open ${callId} ${providerCallId}`);
  }

  close(callId: string): void {
    this.asked.push(`close ${callId}`);
  }

  hangUp({ callId }: SoundCall): void {
    this.hungUp.push(callId);
  }
}
