import type { Quality } from '../../../shared/ipc/history.ts';
import type { Sample } from '../stats.ts';
import type { JitterStats } from './jitter-buffer.ts';

/** Totals of one call so far. */
export interface PcmTotals extends JitterStats {
  at: number;
  sent: number;
}

/** Limits above which audio is audibly impaired. */
const BAD_LOSS = 0.03;
const BAD_JITTER_MS = 40;

/**
 * The sample between two readings. Measurements end at the provider's media server: the round trip
 * and what the customer hears are unknown, so quality is not estimated.
 */
export function pcmSample(before: PcmTotals, now: PcmTotals): Sample {
  const lossIn = share(now.missed - before.missed, now.frames - before.frames);
  const bad = lossIn > BAD_LOSS || now.jitterMs > BAD_JITTER_MS;
  return {
    at: now.at,
    lossIn,
    lossOut: undefined,
    jitterMs: now.jitterMs,
    rttMs: undefined,
    mos: undefined,
    route: 'provider',
    verdict: bad ? 'unclear' : 'good',
  };
}

export function pcmQuality(totals: PcmTotals, firstAudioMs: number | undefined): Quality {
  return {
    packetsReceived: totals.frames,
    packetsLost: totals.missed,
    packetsSent: totals.sent,
    jitterMs: totals.frames === 0 ? undefined : Math.round(100 * totals.jitterMs) / 100,
    firstAudioMs,
  };
}

function share(missed: number, came: number): number {
  return missed + came <= 0 ? 0 : Math.max(0, missed) / (missed + came);
}
