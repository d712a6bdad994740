import type { RelayedApi, Verdict } from '../../src/main/calls/ports.ts';

/** The relay's API for relayed calls; answers as set and records its requests. */
export class FakeRelayedApi implements RelayedApi {
  readonly asked: string[] = [];
  /** What its welcome says about the numbers. */
  path: 'direct' | 'relayed' = 'direct';
  legs: 'made' | 'refused' | 'unreachable' = 'made';
  claims: Verdict = { kind: 'granted' };
  verdict: Verdict = { kind: 'granted' };

  async leg(callId: string, sdp: string) {
    this.asked.push(`leg ${callId} ${sdp}`);
    const answers = {
      made: { kind: 'leg', sdp: 'relay-sdp' },
      refused: { kind: 'refused', why: 'no leg' },
      unreachable: { kind: 'unreachable' },
    } as const;
    return answers[this.legs];
  }

  async place({ callId, to, userId }: Parameters<RelayedApi['place']>[0]) {
    this.asked.push(`place ${callId} ${to ?? userId ?? ''}`);
    return { kind: 'placed', providerCallId: 'wacid.placed' } as const;
  }

  async claim(callId: string): Promise<Verdict> {
    this.asked.push(`claim ${callId}`);
    return this.claims;
  }

  hangUp = (callId: string) => this.note(`hang-up ${callId}`);
  hold = (callId: string) => this.note(`hold ${callId}`);
  resume = (callId: string) => this.note(`resume ${callId}`);
  transfer = (callId: string, offer: { to: string; mode: string; note?: string }) =>
    this.note(`transfer ${callId} ${offer.to} ${offer.mode} ${offer.note ?? ''}`.trim());
  transferToTeam = (callId: string, offer: { team: string; note?: string }) =>
    this.note(`transfer ${callId} team ${offer.team} ${offer.note ?? ''}`.trim());
  cancelTransfer = (callId: string) => this.note(`cancel ${callId}`);
  completeTransfer = (callId: string) => this.note(`complete ${callId}`);
  supervise = (callId: string, mode: string) => this.note(`supervise ${callId} ${mode}`);
  record = (callId: string, ask: string) => this.note(`record ${callId} ${ask}`);
  takeOver = (callId: string) => this.note(`take-over ${callId}`);

  private async note(what: string): Promise<Verdict> {
    this.asked.push(what);
    return this.verdict;
  }
}
