import {
  CandidatePairState,
  CipherContext,
  HashAlgorithm,
  IceCandidate,
  NamedCurveAlgorithm,
  RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  type RTCIceTransport,
  type RtcpPacket,
  RtcpPacketConverter,
  SignatureAlgorithm,
  SrtcpSession,
} from 'werift';
import { startDtls } from '../../werift/dtls.ts';
import { candidateLines, openIce } from './gather.ts';
import type { MediaNetwork } from './network.ts';
import { mediaKind } from './rtp.ts';
import type { LocalMedia } from './sdp-build.ts';
import type { RemoteMedia } from './sdp-parse.ts';
import { SrtpReceiver, SrtpSender } from './srtp.ts';

/** Why a transport ended on its own. */
export type TransportEnd = 'ice-failed' | 'dtls-failed' | 'peer-closed';

/** Callbacks to the transport's owner. Packets are decrypted and may be kept. */
export interface TransportHandlers {
  rtp(packet: Buffer, length: number): void;
  rtcp(packets: readonly RtcpPacket[]): void;
  connected(): void;
  ended(why: TransportEnd): void;
}

export interface TransportOptions {
  network: MediaNetwork;
  certificate: RTCCertificate;
  /** When to give up a peer that never answers, in ms. */
  connectTimeoutMs: number;
}

/** The only SRTP profile offered: SRTP_AES128_CM_HMAC_SHA1_80 (RFC 5764 4.1.2), which every WebRTC endpoint has. */
const SRTP_PROFILE = 0x0001;
/**
 * werift gives up a candidate pair after 1.5 s; an ice-lite peer that learns our SDP later would
 * never be found.
 */
const RETRY_CHECKS_MS = 250;
/** Handshake packets kept while ICE is still settling: a browser's hello takes two, and may be repeated. */
const MAX_EARLY_PACKETS = 8;
/** Once media flows, the end of DTLS counts only when the media stops, too. */
const END_GRACE_MS = 500;
const DTLS_RECORD_TYPES = { first: 20, last: 63 } as const;

/** A fresh ECDSA P-256 certificate; one serves all of a relay's calls. */
export async function newCertificate(): Promise<RTCCertificate> {
  const made = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return new RTCCertificate(made.keyPem, made.certPem, made.signatureHash);
}

/**
 * ICE, DTLS and SRTP of one leg. werift's ICE and DTLS are used without its RTCPeerConnection: we
 * write the SDP, and packets pass from socket to socket with one decryption, one header and one
 * encryption, without RTP objects.
 */
export class MediaTransport {
  readonly local: LocalMedia;
  readonly #handlers: TransportHandlers;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #options: TransportOptions;
  #state: 'new' | 'connecting' | 'connected' | 'ended' = 'new';
  #keys: { sender: SrtpSender; receiver: SrtpReceiver; rtcp: SrtcpSession } | undefined;
  #early: Buffer[] | undefined = [];
  #timers: NodeJS.Timeout[] = [];
  #lastRtpMs = -Infinity;

  private constructor(
    ice: RTCIceTransport,
    options: TransportOptions,
    handlers: TransportHandlers,
  ) {
    this.#ice = ice;
    this.#options = options;
    this.#handlers = handlers;
    this.#dtls = new RTCDtlsTransport({}, ice, options.certificate, [SRTP_PROFILE]);
    // Keeps werift from decrypting and parsing media itself: `receive` does.
    this.#dtls.srtpStarted = true;
    this.local = {
      ufrag: ice.localParameters.usernameFragment,
      pwd: ice.localParameters.password,
      fingerprint: options.certificate.getFingerprints()[0]?.value ?? '',
      candidates: candidateLines(ice, options.network),
    };
    ice.connection.onData.subscribe((packet) => this.#receive(packet));
    ice.onStateChange.subscribe((state) => {
      if (state === 'failed') this.#end('ice-failed');
    });
    this.#dtls.onStateChange.subscribe((state) => {
      if (state === 'failed') this.#handleDtlsEnd('dtls-failed');
      if (state === 'closed') this.#handleDtlsEnd('peer-closed');
    });
  }

  /** Binds a UDP port and gathers candidates; asks STUN and TURN servers only if some are configured. */
  static async open(
    options: TransportOptions,
    handlers: TransportHandlers,
  ): Promise<MediaTransport> {
    return new MediaTransport(await openIce(options.network), options, handlers);
  }

  /**
   * Starts connecting to the peer. `controlling`: we nominate, as towards ice-lite peers and those
   * who answered us; `role`: our part in DTLS, from the two `setup` attributes.
   */
  connect(remote: RemoteMedia, controlling: boolean, role: 'client' | 'server'): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    this.#ice.connection.iceControlling = controlling;
    this.#ice.setRemoteParams({
      iceLite: remote.iceLite,
      usernameFragment: remote.ufrag,
      password: remote.pwd,
    });
    for (const candidate of remote.candidates) this.#addCandidate(candidate);
    this.#dtls.role = role;
    this.#dtls.setRemoteParams(
      new RTCDtlsParameters(
        [new RTCDtlsFingerprint('sha-256', remote.fingerprint)],
        role === 'client' ? 'server' : 'client',
      ),
    );
    if (remote.iceLite) {
      this.#timers.push(setInterval(() => this.#retryChecks(), RETRY_CHECKS_MS));
    }
    this.#timers.push(setTimeout(() => this.#end('ice-failed'), this.#options.connectTimeoutMs));
    this.#run().catch(() => this.#end('dtls-failed'));
  }

  #addCandidate(candidate: string): void {
    const parsed = IceCandidate.fromJSON({ candidate, sdpMid: '0' });
    if (parsed) void this.#ice.addRemoteCandidate(parsed);
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  /** The candidate types at both ends of the path in use (`host`, `srflx`, `prflx`, `relay`). */
  get path(): { local: string; remote: string } | undefined {
    const pair = this.#ice.connection.nominated;
    return pair && { local: pair.localCandidate.type, remote: pair.remoteCandidate.type };
  }

  /** Sends a plain packet with room for the SRTP tag at its end; it is encrypted in place. */
  sendRtp(packet: Buffer): void {
    if (!this.#keys) return;
    this.#keys.sender.protect(packet);
    this.#ice.connection.send(packet).catch(ignore);
  }

  sendRtcp(packets: readonly RtcpPacket[]): void {
    if (!this.#keys) return;
    const plain = Buffer.concat(packets.map((packet) => packet.serialize()));
    this.#ice.connection.send(this.#keys.rtcp.encrypt(plain)).catch(ignore);
  }

  /** Frees socket and timers; the handlers are no longer called. */
  async close(): Promise<void> {
    this.#state = 'ended';
    this.#stopTimers();
    const handshake = this.#dtls.dtls?.dtls;
    // An unfinished handshake would keep retransmitting for half a minute.
    if (handshake) handshake.flight = Number.MAX_SAFE_INTEGER;
    this.#keys = undefined;
    await this.#dtls.stop();
  }

  async #run(): Promise<void> {
    await this.#ice.start();
    if (this.#state !== 'connecting') return;
    const { secured, reader } = startDtls(this.#dtls);
    // A browser's hello often overtakes the last check; what werift cannot answer yet would cost a
    // retransmission.
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const packet of early) reader?.take(packet);
    await secured;
    const socket = this.#dtls.dtls;
    if (this.#state !== 'connecting' || !socket) return;
    const keys = socket.extractSessionKeys(16, 14);
    this.#keys = {
      sender: new SrtpSender(keys.localKey, keys.localSalt),
      receiver: new SrtpReceiver(keys.remoteKey, keys.remoteSalt),
      rtcp: new SrtcpSession({
        keys: {
          localMasterKey: keys.localKey,
          localMasterSalt: keys.localSalt,
          remoteMasterKey: keys.remoteKey,
          remoteMasterSalt: keys.remoteSalt,
        },
        profile: SRTP_PROFILE,
      }),
    };
    this.#stopTimers();
    this.#state = 'connected';
    this.#handlers.connected();
  }

  #receive(packet: Buffer): void {
    switch (mediaKind(packet)) {
      case 'rtp': {
        const length = this.#keys?.receiver.unprotect(packet);
        if (length === undefined) return;
        this.#lastRtpMs = performance.now();
        this.#handlers.rtp(packet, length);
        return;
      }
      case 'rtcp': {
        const packets = this.#readRtcp(packet);
        if (packets) this.#handlers.rtcp(packets);
        return;
      }
      case 'other':
        if (this.#early && this.#early.length < MAX_EARLY_PACKETS && isDtls(packet)) {
          this.#early.push(packet);
        }
    }
  }

  #readRtcp(packet: Buffer): readonly RtcpPacket[] | undefined {
    if (!this.#keys) return undefined;
    try {
      return RtcpPacketConverter.deSerialize(this.#keys.rtcp.decrypt(packet));
    } catch {
      // Forged or malformed: werift then throws.
      return undefined;
    }
  }

  #retryChecks(): void {
    for (const pair of this.#ice.connection.candidatePairs) {
      if (pair.state === CandidatePairState.FAILED) pair.updateState(CandidatePairState.WAITING);
    }
  }

  #handleDtlsEnd(why: TransportEnd): void {
    if (this.#state !== 'connected') {
      if (why === 'dtls-failed') this.#end(why);
      return;
    }
    const heardMs = this.#lastRtpMs;
    this.#timers.push(
      setTimeout(() => {
        if (this.#lastRtpMs === heardMs) this.#end(why);
      }, END_GRACE_MS),
    );
  }

  #end(why: TransportEnd): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#stopTimers();
    this.#handlers.ended(why);
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}

const ignore = (): void => undefined;

const isDtls = (packet: Buffer): boolean => {
  const type = packet[0] ?? 0;
  return type >= DTLS_RECORD_TYPES.first && type <= DTLS_RECORD_TYPES.last;
};
