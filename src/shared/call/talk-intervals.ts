import type { Call, TalkInterval } from './model.ts';

/** A call with its stretches of talk in line with what has just become of it. @param now Unix ms */
export function withTalk(call: Call, now: number): Call {
  if (call.path !== 'relayed') return call;
  const { phase, talkIntervals } = call;
  const last = talkIntervals?.at(-1);
  const open = last !== undefined && last.to === undefined;
  const hears = phase.name === 'connected' && call.onHold !== true;
  if (hears && !open) return { ...call, talkIntervals: [...(talkIntervals ?? []), { from: now }] };
  // A clock that was set back makes no negative talk.
  if (!hears && open) return cutTalk(call, Math.max(now, last.from));
  // Picked up, and nobody heard yet: that is known, too.
  return talkIntervals === undefined && isPickedUp(phase) ? { ...call, talkIntervals: [] } : call;
}

/**
 * Ends the last stretch at a time that may be told late: a console that was killed hears only when it is back since
 * when the customer heard nobody. A time outside of the stretch says nothing about it.
 *
 * @param at Unix ms
 */
export function cutTalk(call: Call, at: number): Call {
  const { talkIntervals = [] } = call;
  const last = talkIntervals.at(-1);
  if (!last || at < last.from || at > (last.to ?? Infinity)) return call;
  return { ...call, talkIntervals: [...talkIntervals.slice(0, -1), { ...last, to: at }] };
}

/** How long they talked, in ms; what still goes on counts until `now`. */
export function talkedMs(talk: readonly TalkInterval[], now: number): number {
  return talk.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}

function isPickedUp({ name }: Call['phase']): boolean {
  return name === 'connected' || name === 'rejoining';
}
