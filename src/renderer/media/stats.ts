import type { Blame } from '../../shared/protocol/insight-question.ts';
import type { Quality } from '../../shared/ipc/history.ts';
import { estimateMos } from './mos.ts';

/** A call's counters in the browser at one moment. */
export interface Totals {
  at: number;
  packetsReceived: number;
  packetsLost: number;
  packetsSent: number;
  /** Energy of the audio played; grows only with sound. */
  energy: number;
  /** Jitter of incoming packets, ms. */
  jitterMs: number | undefined;
  rttMs: number | undefined;
  /** Recent share of our packets that the other side lost, 0–1. */
  lossOut: number | undefined;
  route: string | undefined;
  /** How packets leave this machine; undefined before there is a path. */
  protocol: 'udp' | 'tcp' | undefined;
}

/** One second of a call. */
export interface Sample {
  at: number;
  /** Shares of packets, 0–1. */
  lossIn: number;
  lossOut: number | undefined;
  jitterMs: number | undefined;
  rttMs: number | undefined;
  /** Undefined if nothing arrived or too little is known. */
  mos: number | undefined;
  route: string | undefined;
  /** Whose network is at fault, as far as can be known. */
  verdict: Verdict;
}

type Verdict = 'good' | 'yours' | 'theirs' | 'unclear';

/** Reads the counters from `getStats()`. */
export async function readTotals(pc: RTCPeerConnection, at: number): Promise<Totals> {
  const stats: Record<string, unknown>[] = [];
  const report = await pc.getStats();
  report.forEach((entry: Record<string, unknown>) => stats.push(entry));
  return totalsOf(stats, at);
}

/** The pure part of {@link readTotals}. */
export function totalsOf(stats: readonly Record<string, unknown>[], at: number): Totals {
  const audio = (type: string) =>
    stats.find((entry) => entry['type'] === type && (entry['kind'] ?? 'audio') === 'audio');
  // A leg to the relay has a second stream for another voice; the first is the customer.
  const streams = stats.filter(
    (entry) => entry['type'] === 'inbound-rtp' && (entry['kind'] ?? 'audio') === 'audio',
  );
  const inbound = streams.find((entry) => entry['mid'] === '0') ?? streams[0];
  const outbound = audio('outbound-rtp');
  const remote = audio('remote-inbound-rtp');
  const transport = stats.find((entry) => entry['type'] === 'transport');
  const pairId = transport?.['selectedCandidatePairId'];
  const pair = stats.find((entry) => entry['id'] === pairId && pairId !== undefined);
  const local = stats.find((entry) => pair && entry['id'] === pair['localCandidateId']);
  const rtt = numberOf(remote?.['roundTripTime']) ?? numberOf(pair?.['currentRoundTripTime']);
  const route = local?.['candidateType'];
  return {
    at,
    packetsReceived: numberOf(inbound?.['packetsReceived']) ?? 0,
    packetsLost: Math.max(0, numberOf(inbound?.['packetsLost']) ?? 0),
    packetsSent: numberOf(outbound?.['packetsSent']) ?? 0,
    energy: numberOf(inbound?.['totalAudioEnergy']) ?? 0,
    jitterMs: toMs(numberOf(inbound?.['jitter'])),
    rttMs: toMs(rtt),
    lossOut: numberOf(remote?.['fractionLost']),
    route: typeof route === 'string' ? route : undefined,
    protocol: local && protocolOf(local),
  };
}

/** Towards a TURN server, its protocol counts and not that of its relayed address. */
const protocolOf = (local: Record<string, unknown>): 'udp' | 'tcp' =>
  (local['relayProtocol'] ?? local['protocol'] ?? 'udp') === 'udp' ? 'udp' : 'tcp';

/** The sample between two readings. */
export function sampleBetween(before: Totals, now: Totals): Sample {
  const received = Math.max(0, now.packetsReceived - before.packetsReceived);
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const lossIn = received + lost === 0 ? 0 : lost / (received + lost);
  const sample = {
    at: now.at,
    lossIn,
    lossOut: now.lossOut,
    jitterMs: now.jitterMs,
    rttMs: now.rttMs,
    mos:
      received + lost === 0
        ? undefined
        : estimateMos({ loss: lossIn, jitterMs: now.jitterMs ?? 0, rttMs: now.rttMs ?? 0 }),
    route: now.route,
  };
  return { ...sample, verdict: verdictOf(sample) };
}

/**
 * The round trip and outgoing loss cover only the path between us and WhatsApp. If that path is
 * fine and incoming audio is still impaired, the fault lies beyond it.
 */
function verdictOf(sample: Omit<Sample, 'verdict'>): Verdict {
  const ours = (sample.rttMs ?? 0) > 350 || (sample.lossOut ?? 0) > 0.03;
  const arriving = sample.lossIn > 0.03 || (sample.jitterMs ?? 0) > 40;
  if (ours) return 'yours';
  if (!arriving) return 'good';
  return sample.rttMs === undefined || sample.lossOut === undefined ? 'unclear' : 'theirs';
}

/** Accumulates a call's quality. */
export class QualityTally {
  #jitter = new Mean();
  #rtt = new Mean();
  #last: Totals | undefined;
  /** Seconds with each verdict. */
  readonly #verdicts: Record<Verdict, number> = { good: 0, yours: 0, theirs: 0, unclear: 0 };

  add(totals: Totals): void {
    if (this.#last) this.#verdicts[sampleBetween(this.#last, totals).verdict] += 1;
    this.#last = totals;
    if (totals.packetsReceived > 0) this.#jitter.add(totals.jitterMs);
    this.#rtt.add(totals.rttMs);
  }

  /** The call so far; undefined before the first reading. */
  quality(firstAudioMs: number | undefined): Quality | undefined {
    if (!this.#last) return undefined;
    const { packetsReceived, packetsLost, packetsSent, route } = this.#last;
    const jitterMs = this.#jitter.value();
    const rttMs = this.#rtt.value();
    const loss = packetsReceived === 0 ? 0 : packetsLost / (packetsReceived + packetsLost);
    return {
      packetsReceived,
      packetsLost,
      packetsSent,
      jitterMs: rounded(jitterMs),
      rttMs: rounded(rttMs),
      // Without packets there is no score.
      mos:
        packetsReceived === 0
          ? undefined
          : rounded(estimateMos({ loss, jitterMs: jitterMs ?? 0, rttMs: rttMs ?? 0 })),
      firstAudioMs,
      route,
      blame: this.#blame(),
    };
  }

  /** Whose network broke up the sound, if it did so for longer than a moment. */
  #blame(): Blame | undefined {
    const { good, yours, theirs, unclear } = this.#verdicts;
    const broken = yours + theirs + unclear;
    if (broken < BROKEN_SECONDS || broken < (good + broken) * BROKEN_SHARE) return undefined;
    if (yours >= theirs && yours >= unclear) return 'agent';
    return theirs >= unclear ? 'customer' : 'unclear';
  }
}

/** Sound that broke up for less is not worth naming anybody. */
const BROKEN_SECONDS = 3;
const BROKEN_SHARE = 0.05;

class Mean {
  #sum = 0;
  #count = 0;

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#sum += value;
    this.#count++;
  }

  value(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 100) / 100;
}
