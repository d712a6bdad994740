import { inboundCallId } from '../../shared/call/ids.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';

/**
 * Customers in a call with a teammate, according to the relay's log: the teammate claimed the call
 * and it has not ended. Kept in memory; after a restart, the provider refuses a second call
 * (138003).
 */
export class TeammateCalls {
  readonly #offered = new Map<string, { accountId: string; party: Party }>();
  readonly #talking = new Set<string>();

  handleEntry(body: LogBody, selfId: string | undefined): void {
    switch (body.type) {
      case 'provider': {
        const { accountId, providerCallId, event } = body;
        if (providerCallId === undefined) return;
        const id = inboundCallId(accountId, providerCallId);
        if (event.kind === 'terminated') this.#forget(id);
        if (event.kind !== 'offer' && event.kind !== 'announced') return;
        this.#offered.set(id, { accountId, party: event.party });
        return;
      }
      case 'claimed':
        if (body.by.id !== selfId && this.#offered.has(body.callId)) this.#talking.add(body.callId);
        return;
      case 'released':
        this.#talking.delete(body.callId);
        return;
      case 'ended':
        return this.#forget(body.callId);
      case 'sent':
      case 'noted':
      case 'described':
      case 'merged':
      case 'placed':
      case 'measured':
      case 'told':
      case 'told-read':
      case 'erased':
      case 'legal-hold':
      case 'todo':
      case 'answered':
      case 'call-offer':
      case 'call-offer-ended':
      case 'agent-disconnected':
      case 'agent-reconnected':
      case 'dtmf':
      case 'supervision':
      case 'unreadable':
        return;
    }
  }

  /** @param isThem whether a call's party is the person in question */
  isTalkingTo(accountId: string, isThem: (party: Party) => boolean): boolean {
    return [...this.#talking].some((id) => {
      const call = this.#offered.get(id);
      return call?.accountId === accountId && isThem(call.party);
    });
  }

  #forget(callId: string): void {
    this.#offered.delete(callId);
    this.#talking.delete(callId);
  }
}
