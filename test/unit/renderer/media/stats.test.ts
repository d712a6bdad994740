import { describe, expect, it } from 'vitest';
import { estimateMos } from '../../../../src/renderer/media/mos.ts';
import { shownLevel } from '../../../../src/renderer/media/level-meter.ts';
import {
  QualityTally,
  sampleBetween,
  type Totals,
  totalsOf,
} from '../../../../src/renderer/media/stats.ts';

const totals = (changes: Partial<Totals>): Totals => ({
  at: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsSent: 0,
  energy: 0,
  jitterMs: 5,
  rttMs: 60,
  lossOut: 0,
  route: 'host',
  protocol: 'udp',
  ...changes,
});

describe('the MOS estimate', () => {
  it('is near its maximum without impairments and never leaves 1–4.5', () => {
    expect(estimateMos({ loss: 0, jitterMs: 0, rttMs: 0 })).toBeGreaterThan(4.3);
    expect(estimateMos({ loss: 1, jitterMs: 900, rttMs: 9000 })).toBe(1);
  });

  it('falls with loss, delay and jitter', () => {
    const at = (loss: number, jitterMs: number, rttMs: number) =>
      estimateMos({ loss, jitterMs, rttMs });
    expect(at(0.02, 5, 80)).toBeLessThan(at(0, 5, 80));
    expect(at(0, 5, 800)).toBeLessThan(at(0, 5, 80));
    expect(at(0, 80, 80)).toBeLessThan(at(0, 5, 80));
    expect(at(0.1, 5, 80)).toBeLessThan(3.3);
  });
});

describe('a one-second sample', () => {
  it('counts only what happened in that second', () => {
    const before = totals({ packetsReceived: 100, packetsLost: 50 });
    const sample = sampleBetween(
      before,
      totals({ at: 1000, packetsReceived: 145, packetsLost: 55 }),
    );
    expect(sample.lossIn).toBeCloseTo(0.1);
  });

  it('has no MOS for a second without packets', () => {
    const before = totals({ packetsReceived: 100 });
    expect(sampleBetween(before, before).mos).toBeUndefined();
    expect(sampleBetween(before, totals({ packetsReceived: 150 })).mos).toBeGreaterThan(4);
    expect(
      sampleBetween(before, totals({ packetsReceived: 100, packetsLost: 50 })).mos,
    ).toBeLessThan(2);
  });

  it('says whose network is at fault', () => {
    const of = (changes: Partial<Totals>) =>
      sampleBetween(totals({}), totals({ packetsReceived: 50, ...changes })).verdict;
    expect(of({})).toBe('good');
    expect(of({ lossOut: 0.1 })).toBe('yours');
    expect(of({ rttMs: 700 })).toBe('yours');
    expect(of({ packetsLost: 10 })).toBe('theirs');
    expect(of({ packetsLost: 10, lossOut: undefined })).toBe('unclear');
  });
});

it('counters are read from getStats', () => {
  const read = totalsOf(
    [
      {
        type: 'inbound-rtp',
        kind: 'audio',
        packetsReceived: 500,
        packetsLost: -2,
        jitter: 0.004,
        totalAudioEnergy: 0.2,
      },
      { type: 'outbound-rtp', kind: 'audio', packetsSent: 480 },
      { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.09, fractionLost: 0.01 },
      { type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', localCandidateId: 'L', currentRoundTripTime: 0.05 },
      { id: 'L', type: 'local-candidate', candidateType: 'prflx' },
    ],
    7,
  );
  expect(read).toEqual({
    at: 7,
    packetsReceived: 500,
    packetsLost: 0,
    packetsSent: 480,
    energy: 0.2,
    jitterMs: 4,
    rttMs: 90,
    lossOut: 0.01,
    route: 'prflx',
    protocol: 'udp',
  });
  expect(totalsOf([], 0).route).toBeUndefined();
});

it('packets to a TURN server leave as the server is reached, not as its address says', () => {
  const by = (local: object) =>
    totalsOf(
      [
        { type: 'transport', selectedCandidatePairId: 'P' },
        { id: 'P', type: 'candidate-pair', localCandidateId: 'L' },
        { id: 'L', type: 'local-candidate', protocol: 'udp', ...local },
      ],
      0,
    ).protocol;
  expect(by({ candidateType: 'host' })).toBe('udp');
  expect(by({ candidateType: 'relay', relayProtocol: 'udp' })).toBe('udp');
  expect(by({ candidateType: 'relay', relayProtocol: 'tls' })).toBe('tcp');
});

it('the quality of a call is accumulated, without a MOS if no packet came', () => {
  const tally = new QualityTally();
  expect(tally.quality(undefined)).toBeUndefined();
  tally.add(totals({ packetsSent: 50 }));
  expect(tally.quality(undefined)).toMatchObject({ packetsReceived: 0, mos: undefined });
  tally.add(totals({ packetsReceived: 99, packetsLost: 1, rttMs: 80 }));
  expect(tally.quality(120)).toMatchObject({ packetsLost: 1, rttMs: 70, firstAudioMs: 120 });
});

it('a call says whose network broke up its sound, if that could be heard', () => {
  const blame = (seconds: number, of: number, changes: Partial<Totals>) => {
    const tally = new QualityTally();
    for (let second = 0; second <= of; second++) {
      const broken = second > of - seconds;
      tally.add(totals({ packetsReceived: second * 50, ...(broken && changes) }));
    }
    return tally.quality(undefined)?.blame;
  };
  expect(blame(0, 60, {})).toBeUndefined();
  expect(blame(2, 20, { rttMs: 500 })).toBeUndefined();
  expect(blame(4, 200, { rttMs: 500 })).toBeUndefined();
  expect(blame(10, 60, { rttMs: 500 })).toBe('agent');
  expect(blame(10, 60, { jitterMs: 90 })).toBe('customer');
  expect(blame(10, 60, { jitterMs: 90, rttMs: undefined })).toBe('unclear');
});

it('the level meter uses a logarithmic scale', () => {
  expect(shownLevel([0, 0])).toBe(0);
  expect(shownLevel([1, -1])).toBe(1);
  expect(shownLevel([0.0316, -0.0316])).toBeCloseTo(0.5, 1);
});
