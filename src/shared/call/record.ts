import { assertNever } from '../lib/assert-never.ts';
import type { External, Call, EndReason, Phase, Ringing } from './model.ts';
import { talkedMs } from './talk-intervals.ts';

/** How a call ended up, as history files it. */
export const outcomes = [
  'answered',
  'missed',
  'declined',
  'elsewhere',
  'unanswered',
  'rejected',
  'cancelled',
  'failed',
  'interrupted',
] as const;
export type Outcome = (typeof outcomes)[number];

/** The outcome of a call, or undefined while it is going on. */
export function outcomeOf(call: Call): Outcome | undefined {
  if (call.phase.name !== 'ended') return undefined;
  const { reason } = call.phase;
  // A call offered by a teammate that stayed with them is nobody's missed call.
  const stayed = call.callOffer?.why === 'transfer' ? 'elsewhere' : 'missed';
  switch (reason.kind) {
    case 'agent-hung-up':
    case 'customer-hung-up':
      return wasAnswered(call)
        ? 'answered'
        : call.direction === 'inbound'
          ? 'missed'
          : 'unanswered';
    case 'transferred':
    case 'lost-to-team':
    case 'over':
      return 'answered';
    case 'caller-gone':
    case 'rang-out':
    case 'out-of-date':
      return stayed;
    case 'answered-elsewhere':
    case 'call-offer-withdrawn':
      return 'elsewhere';
    case 'declined-by-agent':
      return 'declined';
    case 'declined-by-customer':
      return 'rejected';
    case 'unanswered':
      return 'unanswered';
    case 'cancelled':
      return 'cancelled';
    case 'failed':
    case 'media-failed':
      return 'failed';
    case 'interrupted':
      return 'interrupted';
    default:
      return assertNever(reason, 'end reason');
  }
}

/** Whether two people talked. The provider's word decides; without it our own. */
function wasAnswered(call: Call): boolean {
  if (call.billed) return true;
  return call.connectedAt !== undefined;
}

/**
 * Seconds of talk. Of a call that the relay carries, this agent's share of it; else the provider's figure where there
 * is one, or what our own clock says.
 */
export function talkSeconds(call: Call): number | undefined {
  if (call.talkIntervals && call.phase.name === 'ended') {
    if (call.talkIntervals.length === 0) return undefined;
    return Math.round(talkedMs(call.talkIntervals, call.phase.at) / 1000);
  }
  if (isShared(call)) {
    if (call.connectedAt === undefined || call.phase.name !== 'ended') return undefined;
    return Math.max(0, Math.round((call.phase.at - call.connectedAt) / 1000));
  }
  if (call.billed?.durationSeconds !== undefined) return call.billed.durationSeconds;
  if (call.connectedAt === undefined || call.phase.name !== 'ended') return undefined;
  if (outcomeOf(call) === 'unanswered') return undefined;
  return Math.max(0, Math.round((call.phase.at - call.connectedAt) / 1000));
}

/** Whether others had this call before or after us: other agents, or the relay. */
function isShared({ phase, callOffer, mediaServer, direction }: Call): boolean {
  if (callOffer !== undefined || (mediaServer === 'relay' && direction === 'inbound')) return true;
  if (phase.name !== 'ended') return false;
  return phase.reason.kind === 'transferred' || phase.reason.kind === 'lost-to-team';
}

/** A call as the screen may know it: no SDP, because it holds ICE credentials. */
export interface CallView extends Omit<Call, 'phase'> {
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

/** Leaves out of a call what the renderer has no business with. */
export function viewOf(call: Call): CallView {
  return { ...call, phase: viewOfPhase(call.phase) };
}

function viewOfPhase(phase: Phase): PhaseView {
  switch (phase.name) {
    case 'ringing':
      return {
        name: 'ringing',
        deadlineAt: phase.deadlineAt,
        ready: phase.answer.state === 'ready',
        lastError: phase.lastError && `${phase.lastError.message} (${phase.lastError.code})`,
        mediaProblem: phase.answer.state === 'failed' ? phase.answer.why : undefined,
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

/** Whether a call asks for an answer now: it rings, and the agent has not declined it a moment ago. */
export function isCalling({ phase }: Pick<CallView, 'phase'>): boolean {
  return phase.name === 'ringing' && phase.declined === undefined;
}
