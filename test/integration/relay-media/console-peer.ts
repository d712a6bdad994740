import { randomInt } from 'node:crypto';
import {
  IceCandidate,
  type IceOptions,
  type RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
  RtpHeader,
} from 'werift';
import { FRAME_MS, FRAME_SAMPLES } from '../../../src/opus/codec.ts';
import { newCertificate } from '../../../src/simulator/media/peer.ts';
import { openSource, type Voice } from '../../../src/simulator/media/sources.ts';
import { Speaker } from '../../../src/simulator/media/speaker.ts';
import { startDtls } from '../../../src/werift/dtls.ts';
import { RtpToneDetector } from './rtp-tone-detector.ts';

/**
 * An agent's console without a browser: full ICE, its own offer in Chromium's form with two audio
 * sections, and a tone detector for each. Its SRTP and RTP are werift's own, not the bridge's.
 */
export class ConsolePeer {
  /** The sound of the first and the second section. */
  readonly detectors = [new RtpToneDetector(), new RtpToneDetector()] as const;
  readonly offer: string;
  /** Drops its packets, though it goes on sending. */
  isLost = false;
  private readonly ice: RTCIceTransport;
  private readonly dtls: RTCDtlsTransport;
  private readonly ssrc = randomInt(1, 0xffff_ffff);
  private speaker: { stop(): void } | undefined;

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport) {
    this.ice = ice;
    this.dtls = dtls;
    this.offer = this.buildOffer();
  }

  /** `ice` may name a TURN server and restrict the console to it. */
  static async open(
    ice: Partial<IceOptions> = {},
    certificate?: RTCCertificate,
  ): Promise<ConsolePeer> {
    const gatherer = new RTCIceGatherer({
      useTcp: false,
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: ['127.0.0.1'],
      interfaceAddresses: { udp4: '127.0.0.1' },
      ...ice,
    });
    gatherer.connection.stunServer = undefined;
    gatherer.connection.iceControlling = true;
    await gatherer.gather();
    const transport = new RTCIceTransport(gatherer);
    const identity = certificate ?? (await newCertificate());
    const dtls = new RTCDtlsTransport({}, transport, identity, [0x0001]);
    return new ConsolePeer(transport, dtls);
  }

  /** Applies the bridge's answer; resolves when media can flow. */
  async connect(answer: string): Promise<void> {
    const value = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(answer)?.[1]?.trim();
    this.ice.setRemoteParams({
      iceLite: false,
      usernameFragment: value('ice-ufrag') ?? '',
      password: value('ice-pwd') ?? '',
    });
    for (const [, candidate] of answer.matchAll(/^a=(candidate:.*)$/gm)) {
      const parsed = IceCandidate.fromJSON({ candidate: candidate?.trim() ?? '', sdpMid: '0' });
      await this.ice.addRemoteCandidate(parsed);
    }
    const fingerprint = value('fingerprint')?.split(' ')[1] ?? '';
    this.dtls.role = 'client';
    this.dtls.setRemoteParams(
      new RTCDtlsParameters([new RTCDtlsFingerprint('sha-256', fingerprint)], 'server'),
    );
    const ssrcs = answer
      .split(/^m=/m)
      .slice(1)
      .map((section) => Number(/^a=ssrc:(\d+)/m.exec(section)?.[1]));
    this.dtls.onRtp.subscribe((packet) => {
      this.detectors[ssrcs.indexOf(packet.header.ssrc)]?.take(packet);
    });
    await this.ice.start();
    await startDtls(this.dtls).secured;
  }

  speak(voice: Voice): void {
    const speaker = new Speaker({
      source: openSource(voice, 'resources/speech/customer.opus20'),
      presses: [],
      ssrc: this.ssrc,
      opus: 111,
      telephoneEvent: 126,
      send: (payload: Buffer, header: RtpHeader) => this.send(payload, header),
    });
    speaker.start();
    this.speaker = speaker;
  }

  /**
   * Speaks with a microphone that stalls now and then, as on a busy machine: its timestamps count
   * recorded samples and so fall further behind with each pause. Resolves after the last pause; it
   * speaks on.
   */
  stutter(
    voice: Voice,
    pauses: { count: number; everyMs: number; lastingMs: number },
  ): Promise<void> {
    const source = openSource(voice, 'resources/speech/customer.opus20');
    let sequenceNumber = randomInt(0, 0x1_0000);
    let timestamp = randomInt(0, 0x8000_0000);
    let dueMs = performance.now();
    let left = pauses.count;
    let spokenMs = 0;
    return new Promise((resolve) => {
      const step = () => {
        for (; dueMs <= performance.now(); dueMs += FRAME_MS) {
          const header = new RtpHeader({
            payloadType: 111,
            ssrc: this.ssrc,
            sequenceNumber: sequenceNumber++ & 0xffff,
            timestamp,
          });
          this.send(source.next() ?? Buffer.alloc(0), header);
          timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
          spokenMs += FRAME_MS;
          if (left === 0) resolve();
          else if (spokenMs % pauses.everyMs === 0) {
            left--;
            dueMs += pauses.lastingMs;
          }
        }
        timer = setTimeout(step, Math.max(0, dueMs - performance.now()));
      };
      let timer = setTimeout(step, 0);
      this.speaker = {
        stop: () => {
          clearTimeout(timer);
          source.close();
        },
      };
    });
  }

  /** The console dies: nothing more arrives from it, and nobody reports that. */
  die(): void {
    this.speaker?.stop();
    this.speaker = undefined;
  }

  async close(): Promise<void> {
    this.die();
    await this.dtls.stop();
    for (const detector of this.detectors) detector.close();
  }

  private send(payload: Buffer, header: RtpHeader): void {
    if (!this.isLost) void this.dtls.sendRtp(payload, header);
  }

  private buildOffer(): string {
    const { usernameFragment, password } = this.ice.localParameters;
    const fingerprint = this.dtls.localCertificate?.getFingerprints()[0]?.value ?? '';
    const candidates = this.ice.localCandidates.map(
      ({ foundation, priority, ip, port, type }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${ip} ${port} typ ${type}`,
    );
    const sections = ['sendrecv', 'recvonly'].flatMap((direction, mid) => [
      'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 126',
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:${usernameFragment}`,
      `a=ice-pwd:${password}`,
      `a=fingerprint:sha-256 ${fingerprint}`,
      'a=setup:actpass',
      `a=mid:${mid}`,
      `a=${direction}`,
      'a=rtcp-mux',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:63 red/48000/2',
      'a=rtpmap:126 telephone-event/8000',
      ...(mid === 0 ? [...candidates, `a=ssrc:${this.ssrc} cname:console`] : []),
    ]);
    return [
      'v=0',
      'o=- 1 2 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0 1',
      ...sections,
      '',
    ].join('\r\n');
  }
}
