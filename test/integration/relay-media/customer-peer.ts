import { type RtpHeader, type RtpPacket, RtcpSrPacket } from 'werift';
import type { Press } from '../../../src/simulator/media/dtmf.ts';
import { MediaPeer, newCertificate } from '../../../src/simulator/media/peer.ts';
import { Reception } from '../../../src/simulator/media/reception.ts';
import {
  buildReport,
  compactNtp,
  type LastSenderReport,
} from '../../../src/simulator/media/rtcp.ts';
import { buildAnswer, buildOffer } from '../../../src/simulator/media/sdp-build.ts';
import { parseRemote, type RemoteDescription } from '../../../src/simulator/media/sdp-parse.ts';
import { openSource, type Voice } from '../../../src/simulator/media/sources.ts';
import { Speaker } from '../../../src/simulator/media/speaker.ts';
import { RtpToneDetector } from './rtp-tone-detector.ts';

const TYPES = { opus: 111, telephoneEvent: 126 };

/**
 * A WhatsApp-like customer: the simulator's ice-lite transport, one voice, and a tone detector that
 * keeps every frame.
 */
export class CustomerPeer {
  readonly detector = new RtpToneDetector();
  rtcpReceived = 0;
  private readonly peer: MediaPeer;
  private speaker: Speaker | undefined;
  private heard: { ssrc: number; reception: Reception } | undefined;
  private lastReport: LastSenderReport | undefined;
  private readonly connection: Promise<void>;

  private constructor(peer: MediaPeer) {
    this.peer = peer;
    this.connection = new Promise((resolve, reject) => {
      peer.events.on((event) => {
        if (event.type === 'rtp') this.hear(event.packet);
        else if (event.type === 'connected') resolve();
        else if (event.type === 'failed') reject(new Error(event.why));
        else {
          this.rtcpReceived++;
          if (!(event.packet instanceof RtcpSrPacket)) return;
          const compact = compactNtp(event.packet.senderInfo.ntpTimestamp);
          this.lastReport = { compactNtp: compact, arrivalMs: performance.now() };
          this.report();
        }
      });
    });
    // A test that never connects does not wait for it either.
    this.connection.catch(() => undefined);
  }

  static async open(host = '127.0.0.1'): Promise<CustomerPeer> {
    return new CustomerPeer(
      await MediaPeer.open({ host, ipv6: '2001:db8::1', certificate: await newCertificate() }),
    );
  }

  offer(): string {
    return buildOffer(this.peer.local);
  }

  /** WhatsApp's answer to our offer; connects at once. */
  answer(offer: string): string {
    const remote = parse(offer, 'offer');
    this.peer.connect({ ...remote, setup: 'passive' });
    return buildAnswer(this.peer.local, remote);
  }

  /** Applies our answer, as WhatsApp does with the accept. */
  connect(answer: string): void {
    this.peer.connect(parse(answer, 'answer'));
  }

  connected(): Promise<void> {
    return this.connection;
  }

  speak(voice: Voice, presses: readonly Press[] = []): void {
    this.speaker = new Speaker({
      source: openSource(voice, 'resources/speech/customer.opus20'),
      presses,
      ssrc: this.peer.local.ssrc,
      ...TYPES,
      send: (payload: Buffer, header: RtpHeader) => this.peer.sendRtp(payload, header),
    });
    this.speaker.start();
  }

  async close(): Promise<void> {
    this.speaker?.stop();
    await this.peer.close();
    this.detector.close();
  }

  private hear(packet: RtpPacket): void {
    this.detector.take(packet);
    const { ssrc, sequenceNumber, timestamp } = packet.header;
    this.heard ??= { ssrc, reception: new Reception(48_000) };
    this.heard.reception.take(sequenceNumber, timestamp, performance.now());
  }

  private report(): void {
    const { ssrc, cname } = this.peer.local;
    const { speaker, lastReport } = this;
    this.peer.sendRtcp(
      buildReport({
        ssrc,
        cname,
        sent: {
          packets: speaker?.packetsSent ?? 0,
          octets: speaker?.octetsSent ?? 0,
          timestamp: speaker?.timestampNow ?? 0,
        },
        heard: this.heard,
        lastSenderReport: lastReport,
      }),
    );
  }
}

function parse(sdp: string, role: 'offer' | 'answer'): RemoteDescription {
  const parsed = parseRemote(sdp, role);
  if (!parsed.ok) throw new Error(parsed.fault.details);
  return parsed.value;
}
