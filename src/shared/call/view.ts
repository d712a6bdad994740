import { assertNever } from '../lib/assert-never.ts';
import type { AgentCallFacts, Call, ExternalCall, Phase, RelayedCall } from './model.ts';
import type { EndReason, External, Ringing } from './phases.ts';
import type { MediaPath, MediaServer } from '../providers/media-path.ts';

/**
 * A call as the screen may know it, whatever its path: what a path does not have is missing. No SDP, because it holds
 * ICE credentials.
 */
export interface CallView
  extends
    AgentCallFacts,
    Pick<RelayedCall, 'callOffer' | 'transfers' | 'onHold' | 'talkIntervals' | 'dtmf'>,
    Pick<ExternalCall, 'dismissed' | 'forwardTo' | 'record'> {
  path: MediaPath;
  mediaServer?: MediaServer | undefined;
  phase: PhaseView;
}

type PhaseView =
  | {
      name: 'ringing';
      deadlineAt: number;
      ready: boolean;
      lastError?: string | undefined;
      mediaProblem?: string | undefined;
      declined?: Ringing['declined'];
      silenced?: Ringing['silenced'];
    }
  | { name: 'accepting' }
  | { name: 'rejoining'; deadlineAt: number }
  | { name: 'external'; stage: External['stage'] }
  | { name: 'preparing' | 'placing' | 'calling' | 'customer-ringing' | 'connected' }
  | { name: 'ended'; at: number; reason: EndReason };

/** Leaves out what the renderer has no business with. */
export function viewOf(call: Call): CallView {
  return { muted: false, ...call, phase: viewOfPhase(call.phase) };
}

function viewOfPhase(phase: Phase): PhaseView {
  switch (phase.name) {
    case 'ringing':
      return {
        name: 'ringing',
        deadlineAt: phase.deadlineAt,
        ...readiness(phase),
        lastError: phase.lastError && `${phase.lastError.message} (${phase.lastError.code})`,
        ...(phase.declined && { declined: phase.declined }),
        ...(phase.silenced && { silenced: phase.silenced }),
      };
    case 'ended':
    case 'rejoining':
      return phase;
    case 'accepting':
      return { name: 'accepting' };
    case 'external':
      return { name: 'external', stage: phase.stage };
    case 'preparing':
    case 'placing':
    case 'calling':
    case 'customer-ringing':
    case 'connected':
      return { name: phase.name };
    default:
      return assertNever(phase, 'phase');
  }
}

/** Whether an accept would be heard at once; a streamed call has nothing to prepare. */
function readiness(phase: Extract<Phase, Ringing>): { ready: boolean; mediaProblem?: string } {
  const media = 'leg' in phase ? phase.leg : 'answer' in phase ? phase.answer : undefined;
  if (media?.state === 'failed') return { ready: false, mediaProblem: media.why };
  return { ready: media === undefined || media.state === 'ready' };
}

/** Whether a call asks for an answer now: it rings, and the agent has not declined it a moment ago. */
export function isCalling({ phase }: Pick<CallView, 'phase'>): boolean {
  return phase.name === 'ringing' && phase.declined === undefined;
}
