import {
  CipherContext,
  HashAlgorithm,
  NamedCurveAlgorithm,
  RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
  type RtcpPacket,
  type RtpHeader,
  type RtpPacket,
  SignatureAlgorithm,
} from 'werift';
import { startDtls } from '../../werift/dtls.ts';
import { guardIce } from '../../werift/ice.ts';
import { Emitter } from '../lib/emitter.ts';
import { type LocalDescription, newIceCredentials, newStreamIdentity } from './sdp-build.ts';
import type { RemoteDescription } from './sdp-parse.ts';

/** Packets on the wire, before they are interpreted. */
export type PeerEvent =
  | { type: 'rtp'; packet: RtpPacket }
  | { type: 'rtcp'; packet: RtcpPacket }
  | { type: 'connected' }
  | { type: 'failed'; why: string };

/** SRTP_AES128_CM_HMAC_SHA1_80 (RFC 5764): every WebRTC endpoint has it. */
const SRTP_PROFILES = [0x0001] as const;

/** A fresh ECDSA P-256 certificate, the kind Meta recommends (docs/providers/meta.md#media). */
export async function newCertificate(): Promise<RTCCertificate> {
  const made = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return new RTCCertificate(made.keyPem, made.certPem, made.signatureHash);
}

/**
 * Meta's end of one call's transport: ice-lite, one UDP port, DTLS-SRTP
 * (docs/providers/meta.md#media).
 *
 * werift's ICE and DTLS transports are used without its RTCPeerConnection: the SDP is ours, in
 * Meta's shape, and every packet is seen as it came, with no router or jitter handling in between.
 */
export class MediaPeer {
  readonly events = new Emitter<PeerEvent>();
  readonly local: LocalDescription;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  #state: 'new' | 'connecting' | 'connected' | 'failed' | 'closed' = 'new';

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport, local: LocalDescription) {
    this.#ice = ice;
    this.#dtls = dtls;
    this.local = local;
    dtls.onRtp.subscribe((packet) => this.events.emit({ type: 'rtp', packet }));
    dtls.onRtcp.subscribe((packet) => this.events.emit({ type: 'rtcp', packet }));
  }

  /**
   * Binds a UDP port of `host` and makes fresh credentials; nothing is answered until `connect`.
   */
  static async open(options: {
    host: string;
    ipv6: string;
    certificate: RTCCertificate;
  }): Promise<MediaPeer> {
    const credentials = newIceCredentials();
    let remoteUfrag: string | undefined;
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useTcp: false,
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: [options.host],
      interfaceAddresses: { udp4: options.host },
      // Checks count only once the business's SDP is known and names us both
      // (docs/providers/meta.md#media: "converge only after Meta has our SDP"), from any address,
      // because peer-reflexive ones are accepted.
      filterStunResponse: (message) => {
        const user: unknown = message.getAttributeValue('USERNAME');
        return remoteUfrag !== undefined && user === `${credentials.ufrag}:${remoteUfrag}`;
      },
    });
    gatherer.connection.localUsername = credentials.ufrag;
    gatherer.connection.localPassword = credentials.pwd;
    guardIce(gatherer.connection);
    await gatherer.gather();
    const ice = new RTCIceTransport(gatherer);
    const dtls = new RTCDtlsTransport({}, ice, options.certificate, [...SRTP_PROFILES]);
    const peer = new MediaPeer(ice, dtls, {
      ...credentials,
      ...newStreamIdentity(),
      fingerprint: options.certificate.getFingerprints()[0]?.value ?? '',
      ipv4: options.host,
      ipv6: options.ipv6,
      port: gatherer.localCandidates[0]?.port ?? 0,
    });
    peer.#onRemote = (ufrag) => {
      remoteUfrag = ufrag;
    };
    return peer;
  }

  #onRemote: (ufrag: string) => void = () => undefined;

  /** Where the business's packets come from, once a path is chosen. */
  get remoteAddress(): string | undefined {
    const pair = this.#ice.getSelectedCandidatePair();
    return pair?.remote.candidate;
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  /**
   * Takes the business's description and starts answering checks. `setup:active` there makes us the
   * DTLS server.
   */
  connect(remote: RemoteDescription): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    this.#ice.setRemoteParams({
      iceLite: false,
      usernameFragment: remote.ufrag,
      password: remote.pwd,
    });
    this.#onRemote(remote.ufrag);
    const weAreServer = remote.setup === 'active';
    this.#dtls.role = weAreServer ? 'server' : 'client';
    this.#dtls.setRemoteParams(
      new RTCDtlsParameters(
        [new RTCDtlsFingerprint('sha-256', remote.fingerprint)],
        weAreServer ? 'client' : 'server',
      ),
    );
    this.#run(weAreServer).catch((error: unknown) => {
      if (this.#state === 'closed') return;
      this.#state = 'failed';
      this.events.emit({ type: 'failed', why: error instanceof Error ? error.message : 'unknown' });
    });
  }

  async #run(weAreServer: boolean): Promise<void> {
    const iceUp = this.#ice.start();
    // As DTLS server we listen before the path is up, because the peer's first ClientHello may
    // arrive together with its nomination.
    const secure = () => startDtls(this.#dtls).secured;
    const dtlsUp = weAreServer ? secure() : iceUp.then(secure);
    await Promise.all([iceUp, dtlsUp]);
    if (this.#state !== 'connecting') return;
    this.#state = 'connected';
    this.events.emit({ type: 'connected' });
  }

  sendRtp(payload: Buffer, header: RtpHeader): void {
    if (this.#state === 'connected') void this.#dtls.sendRtp(payload, header);
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (this.#state === 'connected') void this.#dtls.sendRtcp(packets);
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.events.clear();
    await this.#dtls.stop();
  }
}
