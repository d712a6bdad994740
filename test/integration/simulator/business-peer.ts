import {
  MediaStreamTrack,
  RTCPeerConnection,
  type RTCRtpTransceiver,
  RTCRtpCodecParameters,
  type RtpHeader,
  RtpPacket,
} from 'werift';
import { Listener } from '../../../src/simulator/media/listener.ts';
import { openSource } from '../../../src/simulator/media/sources.ts';
import { Speaker } from '../../../src/simulator/media/speaker.ts';
import type { Heard } from '../../../src/simulator/media/tone.ts';

const OPUS = 111;
const TELEPHONE_EVENT = 126;

/**
 * The console's side of a call, played by werift's RTCPeerConnection: full ICE, controlling, no
 * browser.
 */
export class BusinessPeer {
  readonly listener = new Listener();
  private readonly connection: RTCPeerConnection;
  private readonly track = new MediaStreamTrack({ kind: 'audio' });
  private readonly transceiver: RTCRtpTransceiver;
  private speaker: Speaker | undefined;

  constructor() {
    this.connection = new RTCPeerConnection({
      // A STUN server that never answers, abandoned at once: without any, werift asks a public one.
      iceServers: [{ urls: 'stun:127.0.0.1:9' }],
      iceStunGatherTimeout: 0.01,
      iceUseIpv6: false,
      iceUseTcp: false,
      codecs: {
        audio: [
          new RTCRtpCodecParameters({
            mimeType: 'audio/opus',
            clockRate: 48_000,
            channels: 2,
            payloadType: OPUS,
          }),
          new RTCRtpCodecParameters({
            mimeType: 'audio/telephone-event',
            clockRate: 8000,
            payloadType: TELEPHONE_EVENT,
          }),
        ],
      },
    });
    this.transceiver = this.connection.addTransceiver(this.track, { direction: 'sendrecv' });
    this.connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) =>
        this.listener.take(packet, TYPES, performance.now()),
      );
    });
  }

  /** Answers Meta's offer with `setup:active`, as Chromium does. */
  async answer(offerSdp: string): Promise<string> {
    await this.connection.setRemoteDescription({ type: 'offer', sdp: offerSdp });
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return localSdp(this.connection);
  }

  async offer(): Promise<string> {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return localSdp(this.connection);
  }

  async takeAnswer(answerSdp: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answerSdp });
  }

  /** Resolves when DTLS is up. */
  async connected(): Promise<void> {
    if (this.connection.connectionState === 'connected') return;
    await this.connection.connectionStateChange.watch((state) => state === 'connected');
  }

  /** Sends a steady tone from now on. */
  speak(hz: number): void {
    this.speaker = new Speaker({
      source: openSource({ kind: 'tone', hz }, ''),
      presses: [],
      ssrc: this.transceiver.sender.ssrc,
      opus: OPUS,
      telephoneEvent: TELEPHONE_EVENT,
      send: (payload, header) => this.write(payload, header),
    });
    this.speaker.start();
  }

  /** Stops sending sound; RTCP goes on. */
  stopAudio(): void {
    this.speaker?.stop();
    this.speaker = undefined;
  }

  /** From now on sends from another source, as a peer with two tracks would. */
  changeSsrc(): void {
    Reflect.set(this.transceiver.sender, 'ssrc', this.transceiver.sender.ssrc + 1);
  }

  heard(): Heard {
    return this.listener.heard();
  }

  async close(): Promise<void> {
    this.stopAudio();
    await this.connection.close();
  }

  private write(payload: Buffer, header: RtpHeader): void {
    void this.transceiver.sender.sendRtp(new RtpPacket(header, payload));
  }
}

const TYPES = { opus: OPUS, telephoneEvent: TELEPHONE_EVENT };

function localSdp(connection: RTCPeerConnection): string {
  const sdp = connection.localDescription?.sdp;
  if (sdp === undefined) throw new Error('no local description');
  return sdp;
}
