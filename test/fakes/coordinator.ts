import type { ClaimApi, Verdict } from '../../src/main/calls/ports.ts';

/** A relay coordinator with settable answers that records its requests. */
export class FakeCoordinator implements ClaimApi {
  readonly asked: string[] = [];
  reserves: Verdict = { kind: 'granted' };
  claims: Verdict = { kind: 'granted' };
  declines: { kind: 'declined'; last: boolean } | { kind: 'unreachable' } = {
    kind: 'declined',
    last: false,
  };

  async reserve(callId: string): Promise<Verdict> {
    this.asked.push(`reserve ${callId}`);
    return this.reserves;
  }

  async claim(callId: string): Promise<Verdict> {
    this.asked.push(`claim ${callId}`);
    return this.claims;
  }

  async dial({ accountId, to, userId }: Parameters<ClaimApi['dial']>[0]): Promise<Verdict> {
    this.asked.push(`dial ${accountId} ${to ?? userId ?? ''}`);
    return { kind: 'granted' };
  }

  async release(callId: string, why: string): Promise<void> {
    this.asked.push(`release ${callId} ${why}`);
  }

  async decline(callId: string) {
    this.asked.push(`decline ${callId}`);
    return this.declines;
  }
}
