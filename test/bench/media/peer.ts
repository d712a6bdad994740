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

/**
 * A packet's size encodes its number modulo this: 1.28 s of packets. Opus at some 40 kbit/s on
 * average.
 */
const SIZES = 64;
const SMALLEST = 60;
const PAYLOAD = randomBytes(SMALLEST + SIZES);

/**
 * One end of a benched call, as cheap as possible, so that the load costs less than what is
 * measured: packets are encrypted when sent, but received ones are only timed, and their size tells
 * which they are.
 */
export class BenchPeer {
  readonly offer: string;
  readonly ssrc = randomBytes(4).readUInt32BE();
  /** The end whose packets arrive here. */
  other: BenchPeer | undefined;
  received = 0;
  private readonly role: 'customer' | 'agent';
  private readonly ice: RTCIceTransport;
  private readonly dtls: RTCDtlsTransport;
  private readonly latencies: Latencies;
  private sender: SrtpSender | undefined;
  /** When the last packet of each size was sent, ms. */
  private readonly sentMs = new Float64Array(SIZES);
  private count = 0;

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
    const size = number % SIZES;
    const packet = Buffer.allocUnsafe(HEADER_BYTES + SMALLEST + size + TAG_BYTES);
    writeHeader(packet, 111, false, number & 0xffff, (number * FRAME_UNITS) >>> 0, this.ssrc);
    PAYLOAD.copy(packet, HEADER_BYTES, 0, SMALLEST + size);
    this.sender?.protect(packet);
    this.sentMs[size] = performance.now();
    void this.ice.connection.send(packet);
  }

  async close(): Promise<void> {
    await this.dtls.stop();
  }

  private receive(packet: Buffer): void {
    if (mediaKind(packet) !== 'rtp' || !this.other) return;
    const sentMs = this.other.sentMs[packet.length - HEADER_BYTES - SMALLEST - TAG_BYTES];
    if (sentMs === undefined) return;
    this.received++;
    this.latencies.add(performance.now() - sentMs);
  }
}
