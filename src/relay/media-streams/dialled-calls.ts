import { randomUUID } from 'node:crypto';
import { isSamePerson } from '../../shared/lib/person-key.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { NodeStreams } from './node-streams.ts';

/** A provider reports a call this soon after it was placed, ms. */
const DIALLED_MS = 60_000;
/** Used ones are remembered for as long as other nodes may still tell of them, in ms. */
const KEEP_MS = 2 * DIALLED_MS;
/** Calls that an agent is about to place at once. */
const MOST_DIALLED = 4;

/** Whom an agent calls. */
export type Dialling = { waId?: string | undefined; userId?: string | undefined };

interface Dialled {
  id: string;
  agent: Agent;
  accountId: string;
  party: Dialling;
  at: number;
  /** The agent's console is at this node. */
  isOwn: boolean;
  /** Its call was reported. */
  isUsed: boolean;
}

/** Calls that agents are about to place at their provider: whose a call is that the provider then reports. */
export class DialledCalls {
  readonly #clock: Clock;
  #all: readonly Dialled[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Refused while another agent dials the same customer from the same number. */
  add(agent: Agent, accountId: string, party: Dialling): Outcome {
    const same = this.#find(accountId, party);
    if (same && same.agent.id !== agent.id) return { ...refused('taken'), by: same.agent };
    const others = this.#open().filter((one) => one !== same);
    if (others.filter((one) => one.agent.id === agent.id).length >= MOST_DIALLED) {
      return refused('too-many');
    }
    this.#all = this.#all.filter((one) => one !== same);
    this.#keep({ id: randomUUID(), agent, accountId, party }, true);
    return { kind: 'granted' };
  }

  /** The agent whose call to this customer was reported now. */
  take(accountId: string, party: Dialling): Agent | undefined {
    const found = this.#find(accountId, party);
    if (found) found.isUsed = true;
    return found?.agent;
  }

  /** For the other nodes; used ones too, which they may hear of before the report. */
  snapshot(): NodeStreams['dialled'] {
    return this.#recent().flatMap(({ id, agent, accountId, party, isOwn }) =>
      isOwn ? [{ id, agent, accountId, party }] : [],
    );
  }

  /** Another node has published calls that agents there dial. */
  learn(snapshot: NodeStreams['dialled']): void {
    for (const one of snapshot) {
      if (this.#all.every(({ id }) => id !== one.id)) this.#keep(one, false);
    }
  }

  #keep(one: Omit<Dialled, 'at' | 'isOwn' | 'isUsed'>, isOwn: boolean): void {
    const at = this.#clock.now();
    const kept = this.#all.filter((other) => at - other.at < KEEP_MS);
    this.#all = [...kept, { ...one, at, isOwn, isUsed: false }];
  }

  #recent(): readonly Dialled[] {
    const since = this.#clock.now() - DIALLED_MS;
    return this.#all.filter(({ at }) => at > since);
  }

  #open(): readonly Dialled[] {
    return this.#recent().filter(({ isUsed }) => !isUsed);
  }

  #find(accountId: string, party: Dialling): Dialled | undefined {
    return this.#open().find(
      (one) => one.accountId === accountId && isSamePerson(one.party, party),
    );
  }
}
