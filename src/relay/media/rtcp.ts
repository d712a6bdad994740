import {
  type RtcpPacket,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';
import type { OutputStream } from './output.ts';
import type { Reception } from './reception.ts';

/** Seconds from the NTP epoch (1900) to the Unix epoch. */
const NTP_OFFSET_S = 2_208_988_800;
const SDES_CNAME = 1;
const COMPACT_PER_SECOND = 65_536;

/** Round trips longer than this come from reports that match none of ours. */
const MAX_RTT_MS = 60_000;

/** Statistics from the other side's reports, and what our reports need of them (RFC 3550 6.4). */
export class RtcpState {
  /** Round-trip time, ms. */
  rttMs: number | undefined;
  /** Share of our packets that the other side lost, 0…1, by its last report. */
  remoteLoss: number | undefined;
  #lastReport: { compactNtp: number; heardMs: number } | undefined;

  /** Processes received RTCP. `nowMs` and `unixMs` are both monotonic. */
  take(packets: readonly RtcpPacket[], nowMs: number, unixMs: number): void {
    for (const packet of packets) {
      if (packet instanceof RtcpSrPacket) {
        const compact = compactNtp(packet.senderInfo.ntpTimestamp);
        this.#lastReport = { compactNtp: compact, heardMs: nowMs };
        this.#takeBlocks(packet.reports, unixMs);
      } else if (packet instanceof RtcpRrPacket) this.#takeBlocks(packet.reports, unixMs);
    }
  }

  /**
   * A compound report: a sender report per stream that has sent (a receiver report if none has),
   * with a block on what is received, and the streams' CNAME (RFC 3550 6.1).
   */
  build(
    outputs: readonly OutputStream[],
    heard: { ssrc: number; reception: Reception } | undefined,
    nowMs: number,
    unixMs: number,
  ): RtcpPacket[] {
    const [first] = outputs;
    if (!first) return [];
    let blocks = heard ? [this.#block(heard.ssrc, heard.reception, nowMs)] : [];
    const reports: RtcpPacket[] = [];
    for (const output of outputs) {
      if (output.packets === 0) continue;
      reports.push(
        new RtcpSrPacket({
          ssrc: output.track.ssrc,
          reports: blocks,
          senderInfo: new RtcpSenderInfo({
            ntpTimestamp: ntpTime(unixMs),
            rtpTimestamp: output.timestampAt(nowMs),
            packetCount: output.packets,
            octetCount: output.octets >>> 0,
          }),
        }),
      );
      blocks = [];
    }
    if (reports.length === 0) {
      reports.push(new RtcpRrPacket({ ssrc: first.track.ssrc, reports: blocks }));
    }
    const chunks = outputs.map(
      ({ track }) =>
        new SourceDescriptionChunk({
          source: track.ssrc,
          items: [new SourceDescriptionItem({ type: SDES_CNAME, text: track.cname })],
        }),
    );
    return [...reports, new RtcpSourceDescriptionPacket({ chunks })];
  }

  #block(ssrc: number, reception: Reception, nowMs: number): RtcpReceiverInfo {
    const lastReport = this.#lastReport;
    return new RtcpReceiverInfo({
      ssrc,
      fractionLost: reception.takeFractionLost(),
      packetsLost: reception.lost,
      highestSequence: reception.extendedHighest,
      jitter: reception.jitter,
      lsr: lastReport?.compactNtp ?? 0,
      dlsr: lastReport ? Math.round(((nowMs - lastReport.heardMs) * COMPACT_PER_SECOND) / 1000) : 0,
    });
  }

  #takeBlocks(blocks: readonly RtcpReceiverInfo[], unixMs: number): void {
    for (const { fractionLost, lsr, dlsr } of blocks) {
      this.remoteLoss = fractionLost / 256;
      if (lsr === 0) continue;
      const units = (compactNtp(ntpTime(unixMs)) - lsr - dlsr) | 0;
      const rttMs = (units * 1000) / COMPACT_PER_SECOND;
      if (rttMs < MAX_RTT_MS) this.rttMs = Math.max(0, rttMs);
    }
  }
}

/** NTP time (RFC 3550 4): seconds since 1900 in the upper, fractions in the lower 32 bits. */
function ntpTime(unixMs: number): bigint {
  const seconds = Math.floor(unixMs / 1000);
  const fraction = Math.floor(((unixMs - seconds * 1000) / 1000) * 0x1_0000_0000);
  return (BigInt(seconds + NTP_OFFSET_S) << 32n) | BigInt(fraction);
}

/** The middle 32 bits of an NTP time. */
const compactNtp = (ntp: bigint): number => Number((ntp >> 16n) & 0xffff_ffffn);
