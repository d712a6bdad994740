import { randomInt } from 'node:crypto';
import {
  IceCandidate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
} from 'werift';
import { newCertificate } from '../../simulator/media/peer.ts';
import { openSource } from '../../simulator/media/sources.ts';
import { Speaker } from '../../simulator/media/speaker.ts';
import { startDtls } from '../../werift/dtls.ts';

const HOST = '127.0.0.1';
/** SRTP_AES128_CM_HMAC_SHA1_80. */
const SRTP_PROFILES = [0x0001] as const;
const OPUS = 111;
const TELEPHONE_EVENT = 126;

/** A simulated teammate's leg to the relay on this machine, as a console's softphone would have it. */
export class TeammateLeg {
  readonly offer: string;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #ssrc = randomInt(1, 0xffff_ffff);
  #speaker: Speaker | undefined;

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport) {
    this.#ice = ice;
    this.#dtls = dtls;
    this.offer = this.#buildOffer();
  }

  static async open(): Promise<TeammateLeg> {
    const gatherer = new RTCIceGatherer({
      useTcp: false,
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: [HOST],
      interfaceAddresses: { udp4: HOST },
    });
    gatherer.connection.stunServer = undefined;
    gatherer.connection.iceControlling = true;
    await gatherer.gather();
    const ice = new RTCIceTransport(gatherer);
    const dtls = new RTCDtlsTransport({}, ice, await newCertificate(), [...SRTP_PROFILES]);
    return new TeammateLeg(ice, dtls);
  }

  /** Takes the relay's answer; resolves when sound can flow. */
  async connect(answer: string): Promise<void> {
    const value = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(answer)?.[1]?.trim();
    this.#ice.setRemoteParams({
      iceLite: false,
      usernameFragment: value('ice-ufrag') ?? '',
      password: value('ice-pwd') ?? '',
    });
    for (const [, candidate = ''] of answer.matchAll(/^a=(candidate:.*)$/gm)) {
      const parsed = IceCandidate.fromJSON({ candidate: candidate.trim(), sdpMid: '0' });
      await this.#ice.addRemoteCandidate(parsed);
    }
    const fingerprint = value('fingerprint')?.split(' ')[1] ?? '';
    this.#dtls.role = 'client';
    this.#dtls.setRemoteParams(
      new RTCDtlsParameters([new RTCDtlsFingerprint('sha-256', fingerprint)], 'server'),
    );
    await this.#ice.start();
    await startDtls(this.#dtls).secured;
  }

  /** Talks until the leg is closed. */
  talk(speechFile: string): void {
    this.#speaker = new Speaker({
      source: openSource({ kind: 'talk' }, speechFile),
      presses: [],
      ssrc: this.#ssrc,
      opus: OPUS,
      telephoneEvent: TELEPHONE_EVENT,
      send: (payload, header) => void this.#dtls.sendRtp(payload, header),
    });
    this.#speaker.start();
  }

  async close(): Promise<void> {
    this.#speaker?.stop();
    this.#speaker = undefined;
    await this.#dtls.stop();
  }

  #buildOffer(): string {
    const { usernameFragment, password } = this.#ice.localParameters;
    const fingerprint = this.#dtls.localCertificate?.getFingerprints()[0]?.value ?? '';
    const candidates = this.#ice.localCandidates.map(
      ({ foundation, priority, ip, port, type }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${ip} ${port} typ ${type}`,
    );
    // The second section is for the sound of other agents.
    const sections = ['sendrecv', 'recvonly'].flatMap((direction, mid) => [
      `m=audio 9 UDP/TLS/RTP/SAVPF ${OPUS} ${TELEPHONE_EVENT}`,
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:${usernameFragment}`,
      `a=ice-pwd:${password}`,
      `a=fingerprint:sha-256 ${fingerprint}`,
      'a=setup:actpass',
      `a=mid:${mid}`,
      `a=${direction}`,
      'a=rtcp-mux',
      `a=rtpmap:${OPUS} opus/48000/2`,
      `a=fmtp:${OPUS} minptime=10;useinbandfec=1`,
      `a=rtpmap:${TELEPHONE_EVENT} telephone-event/8000`,
      ...(mid === 0 ? [...candidates, `a=ssrc:${this.#ssrc} cname:teammate`] : []),
    ]);
    return [
      'v=0',
      `o=- 1 2 IN IP4 ${HOST}`,
      's=-',
      't=0 0',
      'a=group:BUNDLE 0 1',
      ...sections,
      '',
    ].join('\r\n');
  }
}
