import { mergeBill } from '../../shared/call/facts.ts';
import { inboundCallId } from '../../shared/call/ids.ts';
import type { CountedTransfer } from '../../shared/insight/counted-call.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody, ProviderEntry } from '../../shared/protocol/log-entry.ts';
import type { Measured } from '../../shared/protocol/measured.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import type { CallBill, Party } from '../../shared/providers/events.ts';

/** The time in which an agent had a call; from their accept, hold included. */
interface Part {
  agent: Agent;
  from: number;
  to?: number | undefined;
}

/** What the log says about one call. Times are when the relay stored the entry, Unix ms. */
export interface CallFact {
  /** Ours in the log: the account's and the provider's id. */
  readonly key: string;
  readonly accountId: string;
  readonly direction: 'inbound' | 'outbound';
  begunAt: number;
  /** Its place among all calls, growing. */
  readonly number: number;
  /** The relay carries it. */
  isRelayed: boolean;
  party: Party;
  /** The agent who placed it. */
  placedBy?: Agent | undefined;
  /** Oldest first. */
  parts: Part[];
  endedAt?: number | undefined;
  /** Since when they talked in a call of ours, from its end. */
  spokenFrom?: number | undefined;
  /** To whom its agents offered it, oldest first. */
  transfers: (CountedTransfer & { id: string })[];
  /** It was offered to others, so somebody had it. */
  isHandedOn?: true | undefined;
  /** The provider's word that nobody took a customer's call. */
  wasUnanswered?: boolean | undefined;
  /** What the provider bills of it. */
  billed?: { seconds?: number | undefined; bill?: CallBill | undefined } | undefined;
  /** What consoles measured, by agent. */
  measured?: Map<string, Measured> | undefined;
  /** How it ended in the words of an agent, by agent; the last one's counts. */
  dispositions?: Map<string, string> | undefined;
}

/** Calls kept; the oldest are forgotten. */
const MOST_CALLS = 50_000;

/** Follows the log, and knows what became of each call. */
export class CallFacts {
  readonly #calls = new Map<string, CallFact>();
  /** Other names of a call: of its offers to teammates, and ours of one that we placed. */
  readonly #names = new Map<string, string>();
  #begun = 0;
  #completeFrom: number | undefined;

  /** When the first call began of which no later one was forgotten; undefined if none was because there are too many. Unix ms. */
  get completeFrom(): number | undefined {
    return this.#completeFrom;
  }

  /** Oldest first. */
  all(): IterableIterator<CallFact> {
    return this.#calls.values();
  }

  /** Forgets calls that began before. */
  forget(before: number): void {
    for (const [key, { begunAt }] of this.#calls) {
      if (begunAt >= before) return;
      this.#calls.delete(key);
    }
  }

  #erase({ salt, hashes, at }: Erasure): void {
    for (const [key, { party, begunAt }] of this.#calls) {
      const keys = [personKey(party), personKey({ userId: party.userId })];
      const isTheirs = keys.some((of) => of !== undefined && hashes.includes(personHash(salt, of)));
      if (isTheirs && begunAt <= at) this.#calls.delete(key);
    }
  }

  /** Takes the next entry of the log. */
  take(body: LogBody, at: number): void {
    switch (body.type) {
      case 'provider':
        return this.#reported(body, at);
      case 'placed': {
        const { accountId, providerCallId, party, by } = body;
        const call = this.#open({ accountId, providerCallId, party, direction: 'outbound' }, at);
        call.placedBy ??= by;
        // Its agent could tell only when it was over.
        if (call.spokenFrom !== undefined && call.parts.length === 0) {
          call.parts.push({ agent: by, from: call.spokenFrom, to: call.endedAt });
        }
        if (body.callId !== undefined) this.#names.set(body.callId, call.key);
        return;
      }
      case 'claimed': {
        // Of an offer, the claim may only begin a consultation: its end says who has the customer.
        const call = this.#calls.get(body.callId);
        if (call && call.parts.length === 0 && !call.wasUnanswered) {
          call.parts.push({ agent: body.by, from: at });
        }
        return;
      }
      case 'released': {
        const call = this.#calls.get(body.callId);
        if (call?.parts.at(-1)?.agent.id === body.by.id) call.parts.pop();
        return;
      }
      case 'call-offer': {
        const { accountId, providerCallId, callOfferId, callId, why, to, team } = body.callOffer;
        const key = inboundCallId(accountId, providerCallId);
        this.#names.set(callOfferId, key);
        this.#names.set(callId, key);
        const call = this.#calls.get(key);
        if (call) call.isHandedOn = true;
        if (why === 'transfer') {
          const asked = team ?? to.map(({ name }) => name).join(', ');
          call?.transfers.push({ id: callOfferId, to: asked });
        }
        // Nobody has the customer until somebody comes.
        if (why === 'requeue') close(call, at);
        return;
      }
      case 'call-offer-ended': {
        const offered = this.#find(body.callId)?.transfers.find(
          ({ id }) => id === body.callOfferId,
        );
        if (offered) offered.end = body.end;
        if (body.end !== 'accepted' || !body.by) return;
        const call = this.#find(body.callId);
        if (!call || call.endedAt !== undefined) return;
        close(call, at);
        call.parts.push({ agent: body.by, from: at });
        return;
      }
      case 'ended':
        return end(this.#find(body.callId), at);
      case 'erased':
        return this.#erase(body.erasure);
      case 'measured': {
        const { type: _, accountId, providerCallId, by, ...measured } = body;
        const call = this.#calls.get(inboundCallId(accountId, providerCallId));
        if (call) (call.measured ??= new Map()).set(by.id, measured);
        return;
      }
      case 'noted': {
        const call = this.#calls.get(inboundCallId(body.accountId, body.providerCallId));
        if (!call) return;
        call.dispositions ??= new Map();
        // Written again, it is the last one.
        call.dispositions.delete(body.by.id);
        if (body.disposition !== undefined) call.dispositions.set(body.by.id, body.disposition);
        return;
      }
      case 'legal-hold':
      case 'sent':
      case 'described':
      case 'merged':
      case 'todo':
      case 'answered':
      case 'told':
      case 'told-read':
      case 'agent-disconnected':
      case 'agent-reconnected':
      case 'dtmf':
      case 'supervision':
      case 'unreadable':
        return;
      default:
        return body satisfies never;
    }
  }

  #reported({ accountId, providerCallId, event, path }: ProviderEntry, at: number): void {
    if (providerCallId === undefined) return;
    const key = inboundCallId(accountId, providerCallId);
    switch (event.kind) {
      case 'offer':
      case 'announced': {
        const direction = event.kind === 'offer' ? 'inbound' : event.direction;
        const { party } = event;
        const call = this.#open({ accountId, providerCallId, party, direction }, at);
        if (path === 'relayed') call.isRelayed = true;
        return;
      }
      case 'status': {
        const call = this.#calls.get(key);
        if (event.status === 'accepted' && call?.placedBy && call.parts.length === 0) {
          call.parts.push({ agent: call.placedBy, from: at });
        }
        if (call && path === 'relayed') call.isRelayed = true;
        return;
      }
      case 'terminated': {
        const { startedAt, durationSeconds = 0, direction, party } = event;
        // Whoever placed it may tell later.
        const call =
          direction === 'outbound'
            ? this.#open({ accountId, providerCallId, party, direction }, at)
            : this.#calls.get(key);
        if (call) {
          const { seconds = event.durationSeconds, bill } = call.billed ?? {};
          call.billed = { seconds, bill: mergeBill(bill, event.bill) };
        }
        // Its webhook about the answer was lost.
        const isUp = startedAt !== undefined || durationSeconds > 0;
        if (call?.direction === 'outbound' && isUp && call.parts.length === 0) {
          call.spokenFrom ??= at - durationSeconds * 1000;
          call.begunAt = Math.min(call.begunAt, call.spokenFrom);
          const from = call.spokenFrom;
          if (call.placedBy && call.endedAt === undefined) {
            call.parts.push({ agent: call.placedBy, from });
          }
        }
        if (call?.direction === 'inbound' && !call.isHandedOn) {
          call.wasUnanswered = !isUp && (call.wasUnanswered ?? true);
          // The customer gave up just as an agent took the call: the claim counts before the provider takes the accept.
          if (call.wasUnanswered) call.parts = [];
        }
        return end(call, at);
      }
      default:
        return;
    }
  }

  #open(
    about: {
      accountId: string;
      providerCallId: string;
      party: Party;
      direction: CallFact['direction'];
    },
    at: number,
  ): CallFact {
    const { accountId, providerCallId, party, direction } = about;
    const key = inboundCallId(accountId, providerCallId);
    const known = this.#calls.get(key);
    if (known) {
      known.party = { ...known.party, ...party };
      return known;
    }
    const call: CallFact = {
      key,
      accountId,
      direction,
      begunAt: at,
      number: (this.#begun += 1),
      isRelayed: false,
      party,
      parts: [],
      transfers: [],
    };
    this.#calls.set(key, call);
    forgetOldest(this.#names);
    if (forgetOldest(this.#calls)) this.#completeFrom = this.all().next().value?.begunAt;
    return call;
  }

  #find(callId: string): CallFact | undefined {
    return this.#calls.get(callId) ?? this.#calls.get(this.#names.get(callId) ?? '');
  }
}

function close(call: CallFact | undefined, at: number): void {
  const last = call?.parts.at(-1);
  if (last) last.to ??= at;
}

function end(call: CallFact | undefined, at: number): void {
  if (!call || call.endedAt !== undefined) return;
  call.endedAt = at;
  close(call, at);
}

/** @returns whether there were too many */
function forgetOldest(from: Map<string, unknown>): boolean {
  const isTooMany = from.size > MOST_CALLS;
  for (const key of from.keys()) {
    if (from.size <= MOST_CALLS) break;
    from.delete(key);
  }
  return isTooMany;
}
