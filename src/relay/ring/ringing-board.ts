import { timing } from '../../shared/call/timing.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Access } from '../access/access.ts';
import type { Account } from '../config/account.ts';
import type { RingingCall } from '../connections/agent-connection.ts';
import { SharedFrame } from '../connections/shared-frame.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { ClaimRecord } from '../store/claim-record.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import { eligibleAgents, type Present } from './eligible-agents.ts';
import { agentsToRing } from './ring-order.ts';
import type { RingOrder } from '../config/ring.ts';
import type { TeamBoard } from './team-board.ts';

interface RingingBoardPorts {
  store: Pick<Store, 'ringing'>;
  clock: Clock;
  accounts: readonly Account[];
  access: Access;
  /** An agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  relayedCalls: RelayedCalls | undefined;
}

/** The connected agents, as last derived. */
type Team = Pick<TeamBoard, 'present' | 'update'>;

type Ringing = Pick<RingingCall, 'accountId' | 'cursor' | 'agents'>;

/** The inputs from which a ringing call was last derived, and the result. */
interface Derived {
  basis: string;
  present: readonly Present[];
  /** When a ring order's next step begins, Unix ms. */
  nextAt: number | undefined;
  call: RingingCall;
}

/**
 * The ringing calls, and for whom they ring. Unchanged ones are neither derived nor serialised
 * again.
 */
export class RingingBoard {
  readonly #ports: RingingBoardPorts;
  #derived: ReadonlyMap<string, Derived> = new Map();

  constructor(ports: RingingBoardPorts) {
    this.#ports = ports;
  }

  /** When a ring order's next step begins, Unix ms. */
  get nextAt(): number | undefined {
    const times = [...this.#derived.values()].map(({ nextAt }) => nextAt ?? Infinity);
    const next = Math.min(Infinity, ...times);
    return next === Infinity ? undefined : next;
  }

  /** Rejects if the store fails. */
  async calls(team: Team): Promise<readonly RingingCall[]> {
    const { store, clock } = this.#ports;
    const now = clock.now();
    const ringing = await store.ringing(now - timing.ring);
    // The team's updates pause at times; a new call rings at once for who is there by now.
    if (ringing.some(({ callId }) => !this.#derived.has(callId))) await team.update();
    const { present } = team;
    const derived = new Map<string, Derived>();
    for (const call of ringing) {
      if (call.offer) derived.set(call.callId, this.#derive(call, call.offer, present, now));
    }
    for (const { callId, ...offer } of this.#callOffers(present)) {
      const call = this.#encode(callId, offer);
      derived.set(callId, { basis: '', present, nextAt: undefined, call });
    }
    this.#derived = derived;
    return [...derived.values()].map(({ call }) => call);
  }

  #derive(
    call: ClaimRecord,
    offer: NonNullable<ClaimRecord['offer']>,
    present: readonly Present[],
    now: number,
  ): Derived {
    const { callId, accountId, assigned } = call;
    const basis = JSON.stringify(call);
    const known = this.#derived.get(callId);
    if (known?.basis === basis && known.present === present && now < (known.nextAt ?? Infinity)) {
      return known;
    }
    const order = this.#orderOf(accountId);
    const able = this.ableToTake(accountId, eligibleAgents(call, present));
    const { agents, nextAt } = agentsToRing(order, offer.at, now, able, assigned);
    const ringing = this.#encode(callId, {
      accountId,
      cursor: offer.cursor,
      agents: agents.map(({ agent }) => agent),
    });
    return { basis, present, nextAt, call: ringing };
  }

  #orderOf(accountId: string | undefined): RingOrder {
    return this.#ports.accounts.find(({ id }) => id === accountId)?.ring ?? 'everyone';
  }

  /** Whether the ring order's steps so far name an agent, or nobody before them could take the call. */
  ringsAt(call: ClaimRecord, offeredAt: number, present: readonly Present[], me: Present): boolean {
    const { accountId, assigned } = call;
    const isMe = ({ agent }: Present) => agent.id === me.agent.id;
    const others = eligibleAgents(call, present).filter((one) => !isMe(one));
    const able = [...this.ableToTake(accountId, others), me];
    const now = this.#ports.clock.now();
    return agentsToRing(this.#orderOf(accountId), offeredAt, now, able, assigned).agents.some(isMe);
  }

  /** Call offers ring like calls of their own. */
  #callOffers(present: readonly Present[]): readonly (Ringing & { callId: string })[] {
    return (this.#ports.relayedCalls?.records() ?? []).flatMap(({ state, accountId }) => {
      switch (state.kind) {
        case 'transfer-offered': {
          const { id, cursor, to } = state.callOffer;
          const agents = present
            .filter(({ agent }) => agent.id === to.id)
            .map(({ agent }) => agent);
          return [{ callId: id, accountId, cursor, agents }];
        }
        case 'team-offered': {
          const { id, cursor, asked } = state.callOffer;
          const ids = new Set(asked.map((agent) => agent.id));
          // An agent who is busy by now is not rung, but may take it when they are free again.
          const able = present.filter(
            ({ agent, presence }) => presence === 'available' && ids.has(agent.id),
          );
          return [{ callId: id, accountId, cursor, agents: able.map(({ agent }) => agent) }];
        }
        case 'queued': {
          const { id, cursor, declinedBy } = state.callOffer;
          const able = this.ableToTake(accountId, present).filter(
            ({ agent, presence }) => presence === 'available' && !declinedBy.includes(agent.id),
          );
          return [{ callId: id, accountId, cursor, agents: able.map(({ agent }) => agent) }];
        }
        default:
          return [];
      }
    });
  }

  /** Agents who may take an account's inbound calls. */
  ableToTake<T extends { agent: Agent }>(accountId: string | undefined, of: readonly T[]): T[] {
    const { access, memberOf } = this.#ports;
    return of.filter(({ agent }) => {
      const member = memberOf(agent.id);
      return member !== undefined && access.mayTake(member, accountId);
    });
  }

  /** The same object as before if the call rings for the same agents. */
  #encode(callId: string, ringing: Ringing): RingingCall {
    const { cursor, agents } = ringing;
    const before = this.#derived.get(callId)?.call;
    if (before && before.cursor === cursor && sameAgents(before.agents, agents)) return before;
    const frameFor = (soleCandidate: boolean) =>
      new SharedFrame({ type: 'ringing', callId, agents: [...agents], soleCandidate });
    return {
      callId,
      ...ringing,
      forSoleCandidate: agents.length === 1 ? frameFor(true) : undefined,
      forOthers: frameFor(false),
    };
  }
}

const sameAgents = (some: readonly Agent[], others: readonly Agent[]): boolean =>
  some.length === others.length && some.every(({ id }, index) => id === others[index]?.id);
