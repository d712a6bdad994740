import type { LiveCall } from '../../shared/ipc/model.ts';

/** What is to be heard continuously. */
export type Loop = 'ring' | 'call-waiting' | 'ringback';
/** Short sounds that mark a moment. */
export type Tone = 'connected' | 'ended';

type Heard = Pick<LiveCall, 'id' | 'direction' | 'phase' | 'audioAt'>;

/** The loop that fits the calls: a ring only while the agent is free, and nothing at all when they want quiet. */
export function loopOf(calls: readonly Heard[], dnd: boolean): Loop | undefined {
  const engaged = calls.find(({ phase }) => phase.name !== 'ringing' && phase.name !== 'ended');
  const ringing = calls.some(({ phase }) => phase.name === 'ringing');
  if (ringing && !dnd) return engaged ? 'call-waiting' : 'ring';
  // As soon as the customer is heard, nothing of ours may cover them.
  if (engaged?.phase.name === 'customer-ringing' && engaged.audioAt === undefined) {
    return 'ringback';
  }
  return undefined;
}

/** The tone for what changed between two snapshots. */
export function toneOf(before: readonly Heard[], now: readonly Heard[]): Tone | undefined {
  for (const call of now) {
    const was = before.find(({ id }) => id === call.id)?.phase.name;
    if (call.phase.name === 'connected' && was !== undefined && was !== 'connected') {
      return 'connected';
    }
    if (call.phase.name === 'ended' && was !== undefined && was !== 'ended' && was !== 'ringing') {
      return 'ended';
    }
  }
  return undefined;
}
