import { asRelayed, type Call } from '../../shared/call/model.ts';
import type { SupervisableCall } from '../../shared/ipc/team.ts';
import type { TeamView } from '../../shared/ipc/live-call.ts';
import type { FromRelayFrame, RelayedCallStatus, Teammate } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { CallOffer } from '../../shared/protocol/log-entry.ts';
import { supervises } from '../../shared/protocol/rights.ts';

type TeamFrame = Pick<Extract<FromRelayFrame, { type: 'team' }>, 'whole' | 'agents' | 'gone'>;

/**
 * Teammates and relayed calls, as the relay last reported them. Cleared when the connection drops.
 */
export class TeamState {
  #agents: readonly Teammate[] = [];
  readonly #calls = new Map<string, RelayedCallStatus>();
  readonly #self: () => Agent | undefined;

  constructor(self: () => Agent | undefined) {
    this.#self = self;
  }

  get team(): readonly Teammate[] {
    return this.#agents;
  }

  /** This agent as teammates see them. */
  get me(): Teammate | undefined {
    return this.#agents.find(({ id }) => id === this.#self()?.id);
  }

  /** The relay reports everybody, or those who have changed. */
  handleTeam({ whole, agents, gone }: TeamFrame): void {
    const team = new Map(whole ? [] : this.#agents.map((agent) => [agent.id, agent]));
    for (const agent of agents) team.set(agent.id, agent);
    for (const id of gone) team.delete(id);
    this.#agents = [...team.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  handleCall(call: RelayedCallStatus): void {
    if (call.state === 'ended') this.#calls.delete(call.callId);
    else this.#calls.set(call.callId, call);
  }

  /** The relay is unreachable, so its reports may be out of date. */
  clear(): void {
    this.#agents = [];
    this.#calls.clear();
  }

  /** A call's team state, as its screen shows it. */
  viewOf(call: Call): TeamView | undefined {
    const relayed = asRelayed(call);
    const status = relayed && this.#calls.get(relayed.callOffer?.callId ?? relayed.id);
    if (!status) return undefined;
    const { state, callOffer, supervisors, dtmf, legs } = status;
    return {
      onHold: state === 'on-hold' && (callOffer === undefined || callOffer.why === 'take-over'),
      ...(callOffer && this.#transferView(callOffer, state)),
      supervisors: supervisors.map(({ agent, mode }) => ({ name: agent.name, mode })),
      dtmf,
      legs,
    };
  }

  #transferView(
    { from, to, team, why, deadlineAt, note }: CallOffer,
    state: RelayedCallStatus['state'],
  ): Pick<TeamView, 'asking' | 'consulting'> {
    const ours = from.id === this.#self()?.id;
    const other = (ours ? (team ?? to[0]?.name) : from.name) ?? '';
    if (state === 'consulting') return { consulting: { with: other, asked: !ours } };
    return ours && why === 'transfer' ? { asking: { to: other, deadlineAt, note } } : {};
  }

  /** Teammates' calls in progress. The relay reports them to supervisors only. */
  supervisable(
    account: (accountId: string) => string,
    modeOf: (callId: string) => SupervisableCall['mode'],
  ): readonly SupervisableCall[] {
    const self = this.#self()?.id;
    if (!supervises(this.me?.role)) return [];
    return [...this.#calls.values()].flatMap(
      ({ callId, accountId, owner, party, startedAt, state, callOffer, supervisors }) =>
        owner === undefined || owner.id === self || state === 'ringing' || state === 'ended'
          ? []
          : [
              {
                callId,
                agent: owner.name,
                account: account(accountId),
                party,
                startedAt,
                state,
                askedFor: callOffer && (callOffer.team ?? callOffer.to[0]?.name),
                others: supervisors.flatMap(({ agent }) => (agent.id === self ? [] : [agent.name])),
                mode: modeOf(callId),
              },
            ],
    );
  }
}
