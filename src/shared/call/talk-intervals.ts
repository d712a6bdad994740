import type { RelayedCall, TalkInterval } from './model.ts';

/** A call with its talk intervals in line with what has just become of it. @param now Unix ms */
export function withTalk(call: RelayedCall, now: number): RelayedCall {
  const { phase, talkIntervals } = call;
  const last = talkIntervals?.at(-1);
  const open = last !== undefined && last.to === undefined;
  const hears = phase.name === 'connected' && call.onHold !== true;
  if (hears && !open) return { ...call, talkIntervals: [...(talkIntervals ?? []), { from: now }] };
  // A clock that was set back makes no negative talk.
  if (!hears && open) return cutTalk(call, Math.max(now, last.from));
  // Picked up, and nobody heard yet: that is known, too.
  return talkIntervals === undefined && isPickedUp(call) ? { ...call, talkIntervals: [] } : call;
}

/**
 * Ends the last interval at a time that may be reported late: a console that was killed learns only after its restart
 * since when the customer heard nobody. A time outside the interval says nothing about it.
 *
 * @param at Unix ms
 */
export function cutTalk(call: RelayedCall, at: number): RelayedCall {
  const { talkIntervals = [] } = call;
  const last = talkIntervals.at(-1);
  if (!last || at < last.from || at > (last.to ?? Infinity)) return call;
  return { ...call, talkIntervals: [...talkIntervals.slice(0, -1), { ...last, to: at }] };
}

/** How long they talked, in ms; an open interval counts until `now`. */
export function talkedMs(talk: readonly TalkInterval[], now: number): number {
  return talk.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}

function isPickedUp({ phase }: RelayedCall): boolean {
  return phase.name === 'connected' || phase.name === 'rejoining';
}
