import type { SoundCall, Sounds } from '../../src/main/calls/ports.ts';

/** Sounds that are only noted, e.g. `open support/id-1 id-1`. */
export class FakeSounds implements Sounds {
  readonly asked: string[] = [];

  /** Calls that were to be ended at the relay. */
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
