import { assertNever } from '../lib/assert-never.ts';
import { asRelayed, asStreamed, type Call } from './model.ts';
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
  if (call.voicemail) return 'missed';
  const { reason } = call.phase;
  // A call offered by a teammate that stayed with them is nobody's missed call.
  const why = asRelayed(call)?.callOffer?.why;
  const stayed = why === 'transfer' || why === 'take-over' ? 'elsewhere' : 'missed';
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

/** Whether two people talked. The provider's report decides; without one, what we heard. */
function wasAnswered(call: Call): boolean {
  if (call.billed) return true;
  return call.connectedAt !== undefined;
}

/**
 * Seconds of talk: of a relayed call this agent's share of it; else the provider's figure where there is one, or what
 * our own clock says.
 */
export function talkSeconds(call: Call): number | undefined {
  const { phase, connectedAt, billed } = call;
  if (call.voicemail) return undefined;
  const isOver = phase.name === 'ended';
  const talk = asRelayed(call)?.talkIntervals;
  if (talk && isOver) {
    return talk.length === 0 ? undefined : Math.round(talkedMs(talk, phase.at) / 1000);
  }
  if (!isShared(call)) {
    if (billed?.durationSeconds !== undefined) return billed.durationSeconds;
    if (outcomeOf(call) === 'unanswered') return undefined;
  }
  if (connectedAt === undefined || !isOver) return undefined;
  return Math.max(0, Math.round((phase.at - connectedAt) / 1000));
}

/** Whether others had this call before or after us: other agents, or the relay. */
function isShared(call: Call): boolean {
  const { phase, direction } = call;
  if (asRelayed(call)?.callOffer !== undefined) return true;
  if (asStreamed(call)?.mediaServer === 'relay' && direction === 'inbound') return true;
  if (phase.name !== 'ended') return false;
  return phase.reason.kind === 'transferred' || phase.reason.kind === 'lost-to-team';
}
