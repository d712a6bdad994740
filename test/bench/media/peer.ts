import { randomBytes } from 'node:crypto';
import {
  IceCandidate,
  type RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
} from 'werift';
import { FRAME_UNITS, HEADER_BYTES, mediaKind, writeHeader } from '../../../src/relay/media/rtp.ts';
import { SrtpSender, TAG_BYTES } from '../../../src/relay/media/srtp.ts';
import type { Latencies } from './latencies.ts';
import { HOST } from './wire.ts';

/** Opus at some 40 kbit/s. */
const PAYLOAD = randomBytes(100);
/** Every so many packets one is a byte shorter, by which the receiver knows its number. */
const LANDMARK = 64;

/**
 * One end of a benched call, as cheap as it can be so that the load does not cost more than what is measured: packets
 * are encrypted when sent, but those that come are only timed. RTP headers are not encrypted, and the anchor keeps the
 * distances between timestamps, so a packet's timestamp names the packet that was sent at the other end.
 */
export class BenchPeer {
  readonly offer: string;
  readonly ssrc = randomBytes(4).readUInt32BE();
  /** Which end's packets arrive here. */
  other: BenchPeer | undefined;
  received = 0;
  private readonly role: 'customer' | 'agent';
  private readonly ice: RTCIceTransport;
  private readonly dtls: RTCDtlsTransport;
  private readonly latencies: Latencies;
  private sender: SrtpSender | undefined;
  /** When the packets of the last 2.56 s were sent, ms, by their number. */
  private readonly sentMs = new Float64Array(128);
  private count = 0;
  /** Timestamp that arrives for the other end's packet 0. */
  private base: number | undefined;

  private constructor(
    role: 'customer' | 'agent',
    ice: RTCIceTransport,
    certificate: RTCCertificate,
    latencies: Latencies,
  ) {
    this.role = role;
    this.ice = ice;
    this.latencies = latencies;
    this.dtls = new RTCDtlsTransport({}, ice, certificate, [0x0001]);
    this.dtls.srtpStarted = true;
    ice.connection.onData.subscribe((packet) => this.receive(packet));
    const { usernameFragment, password } = ice.localParameters;
    this.offer = [
      'v=0',
      ...(role === 'customer' ? ['a=ice-lite'] : []),
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      ...ice.localCandidates.map(
        ({ foundation, priority, ip, port }) =>
          `a=candidate:${foundation} 1 udp ${priority} ${ip} ${port} typ host`,
      ),
      `a=ice-ufrag:${usernameFragment}`,
      `a=ice-pwd:${password}`,
      `a=fingerprint:sha-256 ${certificate.getFingerprints()[0]?.value ?? ''}`,
      'a=setup:actpass',
      'a=mid:0',
      'a=rtpmap:111 opus/48000/2',
      '',
    ].join('\r\n');
  }

  static async open(
    role: 'customer' | 'agent',
    certificate: RTCCertificate,
    latencies: Latencies,
  ): Promise<BenchPeer> {
    const gatherer = new RTCIceGatherer({
      iceLite: role === 'customer',
      useTcp: false,
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: [HOST],
      interfaceAddresses: { udp4: HOST },
    });
    gatherer.connection.stunServer = undefined;
    if (role === 'agent') gatherer.connection.iceControlling = true;
    await gatherer.gather();
    return new BenchPeer(role, new RTCIceTransport(gatherer), certificate, latencies);
  }

  async connect(answer: string): Promise<void> {
    const value = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(answer)?.[1]?.trim();
    this.ice.setRemoteParams({
      iceLite: false,
      usernameFragment: value('ice-ufrag') ?? '',
      password: value('ice-pwd') ?? '',
    });
    const candidate = IceCandidate.fromJSON({
      candidate: `candidate:${value('candidate') ?? ''}`,
      sdpMid: '0',
    });
    if (candidate) await this.ice.addRemoteCandidate(candidate);
    const server = this.role === 'customer';
    this.dtls.role = server ? 'server' : 'client';
    this.dtls.setRemoteParams(
      new RTCDtlsParameters(
        [new RTCDtlsFingerprint('sha-256', value('fingerprint')?.split(' ')[1] ?? '')],
        server ? 'client' : 'server',
      ),
    );
    const iceUp = this.ice.start();
    await Promise.all([iceUp, server ? this.dtls.start() : iceUp.then(() => this.dtls.start())]);
    const keys = this.dtls.dtls?.extractSessionKeys(16, 14);
    if (keys) this.sender = new SrtpSender(keys.localKey, keys.localSalt);
  }

  /** Sends the next packet. */
  send(): void {
    const number = this.count++;
    const payload = number % LANDMARK === 0 ? PAYLOAD.subarray(1) : PAYLOAD;
    const packet = Buffer.allocUnsafe(HEADER_BYTES + payload.length + TAG_BYTES);
    writeHeader(packet, 111, false, number & 0xffff, (number * FRAME_UNITS) >>> 0, this.ssrc);
    payload.copy(packet, HEADER_BYTES);
    this.sender?.protect(packet);
    this.sentMs[number % this.sentMs.length] = performance.now();
    void this.ice.connection.send(packet);
  }

  async close(): Promise<void> {
    await this.dtls.stop();
  }

  private receive(packet: Buffer): void {
    if (mediaKind(packet) !== 'rtp' || !this.other) return;
    const nowMs = performance.now();
    const timestamp = packet.readUInt32BE(4);
    if (packet.length === HEADER_BYTES + PAYLOAD.length - 1 + TAG_BYTES) {
      const last = this.other.count - 1;
      this.base = (timestamp - (last - (last % LANDMARK)) * FRAME_UNITS) >>> 0;
    }
    if (this.base === undefined) return;
    const number = ((timestamp - this.base) >>> 0) / FRAME_UNITS;
    if (!Number.isInteger(number) || number >= this.other.count) return;
    this.received++;
    this.latencies.add(nowMs - (this.other.sentMs[number % this.sentMs.length] ?? nowMs));
  }
}
