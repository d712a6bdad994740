import type { Timing } from '../config.ts';
import type { MediaSession } from '../media/session.ts';
import type { Call } from './call.ts';
import type { CallTimers } from './timers.ts';

/**
 * Calls `onSilent` when the business sends neither RTP nor RTCP: for `noMediaAtStartMs` after
 * pick-up, or for `noMediaMidCallMs` once something came (docs/providers/meta.md#timing).
 */
export function watchSilence(
  call: Call,
  media: MediaSession,
  timers: CallTimers,
  timing: Timing,
  onSilent: () => void,
): void {
  const watch = (since: number, allowedMs: number): void => {
    timers.after(call, Math.max(1, since + allowedMs - performance.now()), () => {
      const last = media.lastBusinessMediaAt;
      if (last === undefined || last <= since) onSilent();
      else watch(last, timing.noMediaMidCallMs);
    });
  };
  watch(performance.now(), timing.noMediaAtStartMs);
}
