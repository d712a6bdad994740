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
    case 'waiting':
    case 'ended':
      return [];
    case 'placing':
    case 'talking':
    case 'owner-lost':
      return [situation.owner];
    case 'asking':
      return situation.ownerHere ? [situation.owner] : [];
    case 'consulting':
      return [situation.owner, situation.handover.to];
    default:
      return assertNever(situation, 'situation');
  }
}

/** When something is due by itself, Unix ms. */
export function deadlineOf(situation: RelayedCallState): number | undefined {
  switch (situation.kind) {
    case 'owner-lost':
      return situation.deadlineAt;
    case 'asking':
    case 'waiting':
      return situation.handover.deadlineAt;
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
    case 'owner-lost':
    case 'consulting':
      return rejoinGraceMs;
    case 'asking':
      return transferMs;
    case 'waiting':
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
  | { kind: 'parked'; playing: 'hold' | 'silence' }
  | { kind: 'talking'; agent: string }
  | { kind: 'consulting'; agent: string; teammate: string };

/** Who hears whom in a situation. */
export function hearing(situation: RelayedCallState): Hearing {
  switch (situation.kind) {
    case 'talking':
      return situation.parked ? HOLD : { kind: 'talking', agent: situation.owner.id };
    case 'consulting': {
      const { owner, ownerUntil, handover } = situation;
      if (ownerUntil !== undefined) return HOLD;
      return { kind: 'consulting', agent: owner.id, teammate: handover.to.id };
    }
    case 'owner-lost':
    case 'asking':
    case 'waiting':
      return HOLD;
    case 'ringing':
    case 'placing':
    case 'ended':
      return { kind: 'parked', playing: 'silence' };
    default:
      return assertNever(situation, 'situation');
  }
}

const HOLD: Hearing = { kind: 'parked', playing: 'hold' };

/** Whether an agent has the call, is asked to have it, or may have it back: they may bring a leg. */
export function mayTalk(situation: RelayedCallState, agentId: string): boolean {
  switch (situation.kind) {
    case 'ringing':
    case 'waiting':
      return true;
    case 'placing':
    case 'talking':
    case 'owner-lost':
      return situation.owner.id === agentId;
    case 'asking':
    case 'consulting':
      return situation.owner.id === agentId || situation.handover.to.id === agentId;
    case 'ended':
      return false;
    default:
      return assertNever(situation, 'situation');
  }
}
