import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Agent } from '../../../shared/protocol/frames.ts';
import type { StepContext } from './effects.ts';
import type { RelayedCallState } from '../../store/anchored-record.ts';

/** The agent who has the call, or had it last and may have it back. */
export function ownerOf(situation: RelayedCallState): Agent | undefined {
  return 'owner' in situation ? situation.owner : undefined;
}

/** Who cannot take another call because of this one. */
export function engaged(situation: RelayedCallState): readonly Agent[] {
  switch (situation.kind) {
    case 'ringing':
    case 'queued':
    case 'ended':
      return [];
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
      return [situation.owner];
    case 'transfer-offered':
      return situation.ownerHere ? [situation.owner] : [];
    case 'consulting':
      return [situation.owner, situation.callOffer.to];
    default:
      return assertNever(situation, 'situation');
  }
}

/** When something is due by itself, Unix ms. */
export function deadlineOf(situation: RelayedCallState): number | undefined {
  switch (situation.kind) {
    case 'agent-disconnected':
      return situation.deadlineAt;
    case 'transfer-offered':
    case 'queued':
      return situation.callOffer.deadlineAt;
    case 'consulting':
      return situation.ownerUntil;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return undefined;
    default:
      return assertNever(situation, 'situation');
  }
}

/** The longest that a situation's deadline can be away, in ms. */
export function patienceOf(
  { kind }: RelayedCallState,
  { rejoinGraceMs, waitingMs, transferMs }: StepContext['policy'],
): number {
  switch (kind) {
    case 'agent-disconnected':
    case 'consulting':
      return rejoinGraceMs;
    case 'transfer-offered':
      return transferMs;
    case 'queued':
      return waitingMs;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return Infinity;
    default:
      return assertNever(kind, 'situation');
  }
}

/** Who is to hear whom, by agent. */
export type Hearing =
  | { kind: 'on-hold'; playing: 'hold' | 'silence' }
  | { kind: 'talking'; agent: string }
  | { kind: 'consulting'; agent: string; teammate: string };

/** Who hears whom in a situation. */
export function hearing(situation: RelayedCallState): Hearing {
  switch (situation.kind) {
    case 'talking':
      return situation.onHold ? HOLD : { kind: 'talking', agent: situation.owner.id };
    case 'consulting': {
      const { owner, ownerUntil, callOffer } = situation;
      if (ownerUntil !== undefined) return HOLD;
      return { kind: 'consulting', agent: owner.id, teammate: callOffer.to.id };
    }
    case 'agent-disconnected':
    case 'transfer-offered':
    case 'queued':
      return HOLD;
    case 'ringing':
    case 'placing':
    case 'ended':
      return { kind: 'on-hold', playing: 'silence' };
    default:
      return assertNever(situation, 'situation');
  }
}

const HOLD: Hearing = { kind: 'on-hold', playing: 'hold' };

/** Whether an agent has the call, is asked to have it, or may have it back: they may bring a leg. */
export function mayTalk(situation: RelayedCallState, agentId: string): boolean {
  switch (situation.kind) {
    case 'ringing':
    case 'queued':
      return true;
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
      return situation.owner.id === agentId;
    case 'transfer-offered':
    case 'consulting':
      return situation.owner.id === agentId || situation.callOffer.to.id === agentId;
    case 'ended':
      return false;
    default:
      return assertNever(situation, 'situation');
  }
}
