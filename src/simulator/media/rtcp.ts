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
import type { Reception } from './reception.ts';

/** More often than RFC 3550's 5 s, so that a console under test soon sees round-trip times. */
export const REPORT_INTERVAL_MS = 1000;
const NTP_EPOCH_OFFSET_S = 2_208_988_800;
const SDES_CNAME = 1;

/**
 * The middle 32 bits of the NTP time of the last sender report received, and its arrival (monotonic
 * ms).
 */
export interface LastSenderReport {
  compactNtp: number;
  arrivalMs: number;
}

/** NTP time (RFC 3550 4): seconds since 1900 in the upper, fractions in the lower 32 bits. */
export function ntpTime(unixMs: number): bigint {
  const seconds = Math.floor(unixMs / 1000) + NTP_EPOCH_OFFSET_S;
  const fraction = Math.floor(((unixMs % 1000) / 1000) * 0x1_0000_0000);
  return (BigInt(seconds) << 32n) | BigInt(fraction);
}

export const compactNtp = (ntp: bigint): number => Number((ntp >> 16n) & 0xffff_ffffn);

/**
 * A compound report (RFC 3550 6.1): sender report when we send, else receiver report, then our
 * CNAME.
 */
export function buildReport(state: {
  ssrc: number;
  cname: string;
  sent: { packets: number; octets: number; timestamp: number };
  heard: { ssrc: number; reception: Reception } | undefined;
  lastSenderReport: LastSenderReport | undefined;
}): RtcpPacket[] {
  const { ssrc, sent, heard, lastSenderReport } = state;
  const reports = heard
    ? [
        new RtcpReceiverInfo({
          ssrc: heard.ssrc,
          fractionLost: heard.reception.takeFractionLost(),
          packetsLost: heard.reception.lost,
          highestSequence: heard.reception.extendedHighest,
          jitter: heard.reception.jitter,
          lsr: lastSenderReport?.compactNtp ?? 0,
          dlsr: lastSenderReport
            ? Math.round(((performance.now() - lastSenderReport.arrivalMs) * 65_536) / 1000)
            : 0,
        }),
      ]
    : [];
  const report =
    sent.packets > 0
      ? new RtcpSrPacket({
          ssrc,
          reports,
          senderInfo: new RtcpSenderInfo({
            ntpTimestamp: ntpTime(Date.now()),
            rtpTimestamp: sent.timestamp,
            packetCount: sent.packets,
            octetCount: sent.octets,
          }),
        })
      : new RtcpRrPacket({ ssrc, reports });
  const cname = new SourceDescriptionItem({ type: SDES_CNAME, text: state.cname });
  return [
    report,
    new RtcpSourceDescriptionPacket({
      chunks: [new SourceDescriptionChunk({ source: ssrc, items: [cname] })],
    }),
  ];
}
