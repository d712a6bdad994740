import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { StepContext } from './effects.ts';
import type { RelayedCallState } from '../../store/relayed-call-record.ts';

/** The agent who has the call, or had it last and may get it back. */
export function ownerOf(state: RelayedCallState): Agent | undefined {
  return 'owner' in state ? state.owner : undefined;
}

/** Who cannot take another call because of this one. */
export function engaged(state: RelayedCallState): readonly Agent[] {
  switch (state.kind) {
    case 'ringing':
    case 'queued':
    case 'ended':
      return [];
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
      return [state.owner];
    case 'transfer-offered':
    case 'team-offered':
      return state.ownerHere ? [state.owner] : [];
    case 'consulting':
      return [state.owner, state.callOffer.to];
    default:
      return assertNever(state, 'state');
  }
}

/** Who of these has somebody to talk with, and so a call to wrap up. Nobody has answered a call that is being placed. */
export function talking(state: RelayedCallState): readonly Agent[] {
  return state.kind === 'placing' ? [] : engaged(state);
}

/** When the state times out, Unix ms. */
export function deadlineOf(state: RelayedCallState): number | undefined {
  switch (state.kind) {
    case 'agent-disconnected':
      return state.deadlineAt;
    case 'transfer-offered':
    case 'team-offered':
    case 'queued':
      return state.callOffer.deadlineAt;
    case 'consulting':
      return state.ownerUntil;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return undefined;
    default:
      return assertNever(state, 'state');
  }
}

/** The longest possible time to a state's deadline, in ms. */
export function patienceOf(
  { kind }: RelayedCallState,
  { rejoinGraceMs, waitingMs, transferMs }: StepContext['policy'],
): number {
  switch (kind) {
    case 'agent-disconnected':
    case 'consulting':
      return rejoinGraceMs;
    case 'transfer-offered':
    case 'team-offered':
      return transferMs;
    case 'queued':
      return waitingMs;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return Infinity;
    default:
      return assertNever(kind, 'state');
  }
}

/** Who should hear whom, by agent. */
export type Hearing =
  | { kind: 'on-hold'; playing: 'hold' | 'silence' }
  | { kind: 'talking'; agent: string }
  | { kind: 'consulting'; agent: string; teammate: string };

/** Who hears whom in a state. */
export function hearing(state: RelayedCallState): Hearing {
  switch (state.kind) {
    case 'talking':
      return state.onHold ? HOLD : { kind: 'talking', agent: state.owner.id };
    case 'consulting': {
      const { owner, ownerUntil, callOffer } = state;
      if (ownerUntil !== undefined) return HOLD;
      return { kind: 'consulting', agent: owner.id, teammate: callOffer.to.id };
    }
    case 'transfer-offered': {
      const { owner, ownerHere, callOffer } = state;
      // The agent keeps the customer until the supervisor has them.
      const keeps = ownerHere && callOffer.mode === 'take-over' && callOffer.onHold !== true;
      return keeps ? { kind: 'talking', agent: owner.id } : HOLD;
    }
    case 'agent-disconnected':
    case 'team-offered':
    case 'queued':
      return HOLD;
    case 'ringing':
    case 'placing':
    case 'ended':
      return { kind: 'on-hold', playing: 'silence' };
    default:
      return assertNever(state, 'state');
  }
}

const HOLD: Hearing = { kind: 'on-hold', playing: 'hold' };

/** The agents to whom a call is offered, and who must stay connected meanwhile. */
export function askedIn(state: RelayedCallState): readonly Agent[] {
  if (state.kind === 'team-offered') return state.callOffer.asked;
  return state.kind === 'transfer-offered' ? [state.callOffer.to] : [];
}

/** Whether an agent has the call, is offered it, or may get it back: they may bring a leg. */
export function mayTalk(state: RelayedCallState, agentId: string): boolean {
  switch (state.kind) {
    case 'ringing':
    case 'queued':
      return true;
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
      return state.owner.id === agentId;
    case 'transfer-offered':
    case 'consulting':
      return state.owner.id === agentId || state.callOffer.to.id === agentId;
    case 'team-offered':
      return state.owner.id === agentId || state.callOffer.asked.some(({ id }) => id === agentId);
    case 'ended':
      return false;
    default:
      return assertNever(state, 'state');
  }
}
