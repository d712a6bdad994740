import { describe, expect, it } from 'vitest';
import {
  pcmQuality,
  pcmSample,
  type PcmTotals,
} from '../../../../../src/renderer/media/pcm/pcm-stats.ts';

const totals = (changes: Partial<PcmTotals>): PcmTotals => ({
  at: 0,
  frames: 0,
  missed: 0,
  sent: 0,
  jitterMs: 3,
  waitingMs: 60,
  targetMs: 60,
  ...changes,
});

describe('the stats of a streamed call', () => {
  it('give the loss of each second, and no MOS or round trip', () => {
    const sample = pcmSample(
      totals({ frames: 100, missed: 2 }),
      totals({ at: 1000, frames: 149, missed: 3 }),
    );
    expect(sample).toEqual({
      at: 1000,
      lossIn: 0.02,
      lossOut: undefined,
      jitterMs: 3,
      rttMs: undefined,
      mos: undefined,
      route: 'provider',
      verdict: 'good',
    });
  });

  it('report a fault without blaming a network', () => {
    const before = totals({});
    expect(pcmSample(before, totals({ frames: 45, missed: 5 })).verdict).toBe('unclear');
    expect(pcmSample(before, totals({ frames: 50, jitterMs: 60 })).verdict).toBe('unclear');
    expect(pcmSample(before, totals({})).verdict).toBe('good');
  });

  it('cover the whole call', () => {
    expect(pcmQuality(totals({ frames: 500, missed: 3, sent: 490, jitterMs: 4.126 }), 180)).toEqual(
      {
        packetsReceived: 500,
        packetsLost: 3,
        packetsSent: 490,
        jitterMs: 4.13,
        firstAudioMs: 180,
      },
    );
    expect(pcmQuality(totals({}), undefined).jitterMs).toBeUndefined();
  });
});
