import { isSdes } from '../../shared/providers/meta/sdp.ts';
import type { MediaFailure } from './failure.ts';
import { type Microphone, openMicrophone } from './microphone.ts';
import { Voices } from './call-audio.ts';
import { CallMeter, type CallMeterPorts } from './call-meter.ts';
import type { AnnouncedCall } from './recorder/announcement.ts';
import type { CallVoices } from './recorder/call-recorder.ts';
import { candidatesOf, hasAudio, incomingAnswer, incomingOffer, placeOfAudio } from './sdp.ts';
import { after, audioOf, localSdp, speechCodecs } from './description.ts';

/** What the media of a call reports and reads. */
export interface CallMediaPorts extends CallMeterPorts {
  /**
   * A device failed or changed during a live call, which continues. Undefined: all devices work
   * again.
   */
  device(problem: DeviceProblem | undefined): void;
  /** Packets stopped or resumed; the browser keeps trying. */
  interrupted(now: boolean): void;
  /** Another voice than before, as it is sent or heard. */
  voices(voices: CallVoices): void;
  devices(): { microphoneId: string; speakerId: string };
}

/** There is no microphone, or it cannot be used. */
export interface DeviceProblem {
  why: MediaFailure;
}

/** How long an answer waits for the microphone, in ms. */
const MICROPHONE_LIMIT_MS = 2000;
/**
 * Time to connect once live, in ms. The provider allows longer (docs/providers/meta.md#timing: 20 s
 * without media).
 */
const CONNECT_LIMIT_MS = 15_000;
/** WhatsApp takes no other length (docs/providers/meta.md#media). */
const PACKET_MS = 20;
/** In ms. Generous, because a busy machine answers late and nothing is played or sent meanwhile. */
const FINAL_READING_LIMIT_MS = 3000;

/**
 * The audio of one call over one peer connection. Commands come from main and never throw; results
 * are reported. Nothing is sent to the customer before `live`: until then the sender has no track.
 */
export class CallMedia implements AnnouncedCall {
  readonly #pc: RTCPeerConnection;
  readonly #leg: boolean;
  readonly #voices: Voices;
  readonly #meter: CallMeter;
  readonly #ports: CallMediaPorts;
  #microphone: Promise<Microphone>;
  #track: MediaStreamTrack | undefined;
  /** Sent in place of the microphone. */
  #substitute: MediaStreamTrack | undefined;
  readonly #handleAudible = new Set<() => void>();
  #offered: string | undefined;
  #answerSdp: string | undefined;
  #isLive = false;
  #muted = false;
  #connected = false;
  #closed = false;
  #refreshes = 0;
  #connectLimit: number | undefined;

  /** @param leg set if the other end is the relay: the ICE servers to reach it */
  constructor(
    callId: string,
    ports: CallMediaPorts,
    leg?: { iceServers: readonly RTCIceServer[]; onlyTurn?: boolean | undefined },
  ) {
    this.#ports = ports;
    this.#leg = leg !== undefined;
    this.#pc = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: [...(leg?.iceServers ?? [])],
      iceTransportPolicy: leg?.onlyTurn === true && hasTurn(leg.iceServers) ? 'relay' : 'all',
    });
    this.#voices = new Voices(callId);
    this.#meter = new CallMeter(this.#pc, ports);
    this.#microphone = this.#openMicrophone();
    this.#pc.addEventListener('track', (event) => this.#handleRemoteTrack(event));
    this.#pc.addEventListener('connectionstatechange', () => this.#handleConnectionState());
    this.#pc.addEventListener('iceconnectionstatechange', () => this.#handleIceState());
  }

  /** Answers Meta's offer with an idle sender. Asked again, it reports the same answer. */
  async answer(offer: string): Promise<void> {
    if (this.#answerSdp === undefined) {
      const made = await this.#negotiate(async () => {
        if (!hasAudio(offer)) throw new Error('no audio section');
        this.#offered = incomingOffer(offer);
        await this.#pc.setRemoteDescription({ type: 'offer', sdp: this.#offered });
        const transceiver = audioOf(this.#pc);
        if (transceiver) transceiver.direction = 'sendrecv';
        await this.#pc.setLocalDescription(await this.#pc.createAnswer());
        return localSdp(this.#pc, 'answer');
      }, offer);
      if (made === undefined) return;
      this.#answerSdp = made;
    } else {
      await this.#retryMicrophone();
    }
    const microphone = await Promise.race([this.#microphone, after(MICROPHONE_LIMIT_MS)]);
    if (this.#closed) return;
    if (microphone?.ok === false) {
      this.#ports.report({ kind: 'failed', why: microphone.error });
      return;
    }
    this.#ports.report({ kind: 'answer-ready', sdp: this.#answerSdp });
    if (microphone === undefined) void this.#reportLateMicrophone();
  }

  /** Creates the offer of an outbound call or of a leg. */
  async offer(): Promise<void> {
    const microphone = await this.#microphone;
    if (this.#closed) return;
    if (!microphone.ok) {
      this.#ports.report({ kind: 'failed', why: microphone.error });
      return;
    }
    const sdp = await this.#negotiate(async () => {
      for (const direction of this.#leg
        ? (['sendrecv', 'recvonly'] as const)
        : (['sendrecv'] as const)) {
        this.#pc.addTransceiver('audio', { direction }).setCodecPreferences(speechCodecs());
      }
      await this.#pc.setLocalDescription(await this.#pc.createOffer());
      return localSdp(this.#pc, 'offer');
    });
    if (sdp !== undefined) this.#ports.report({ kind: 'offer-ready', sdp });
  }

  /** Applies Meta's answer to a call we placed, or the relay's to a leg. */
  async applyAnswer(sdp: string): Promise<void> {
    await this.#negotiate(async () => {
      if (!hasAudio(sdp)) throw new Error('no audio section');
      await this.#pc.setRemoteDescription({ type: 'answer', sdp: incomingAnswer(sdp) });
      return sdp;
    });
  }

  /** The call is up: connects the microphone, which sent nothing until now. */
  async live(): Promise<void> {
    if (this.#isLive || this.#closed) return;
    this.#isLive = true;
    this.#refreshCandidates();
    this.#meter.start();
    if (!this.#connected) {
      this.#connectLimit = window.setTimeout(
        () => this.#ports.report({ kind: 'failed', why: 'ice-failed' }),
        CONNECT_LIMIT_MS,
      );
    }
    const microphone = await this.#microphone;
    if (this.#closed) return;
    if (microphone.ok) await this.#attach(microphone.value);
    else this.#ports.device({ why: microphone.error });
  }

  /**
   * A muted track keeps sending silence, so WhatsApp does not drop the call
   * (docs/providers/meta.md#timing).
   */
  mute(muted: boolean): void {
    this.#muted = muted;
    if (this.#track) this.#track.enabled = !muted;
  }

  /** Closes everything and reports the final stats. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#connectLimit);
    this.#tellAudible();
    void this.#releaseMicrophone();
    this.#voices.close();
    void this.#finish();
  }

  /** Switches to the devices in the settings without interrupting the connection. */
  async applyDevices(changed: { microphone: boolean; speaker: boolean }): Promise<void> {
    if (this.#closed) return;
    const { speakerId } = this.#ports.devices();
    await Promise.all([
      changed.speaker && this.#voices.useSpeaker(speakerId),
      changed.microphone && this.#swapMicrophone(),
    ]);
  }

  /** A device was added or removed: a call without a microphone tries again. */
  async handleDevicesChanged(): Promise<void> {
    if ((await this.#microphone).ok || this.#closed) return;
    if (this.#isLive) await this.#swapMicrophone();
    else if (this.#offered !== undefined) await this.answer(this.#offered);
  }

  /** The microphone track as sent, for a level meter. */
  liveTrack(): MediaStreamTrack | undefined {
    return this.#track;
  }

  async substitute(track: MediaStreamTrack | undefined): Promise<void> {
    if (this.#closed) return;
    this.#substitute = track;
    await audioOf(this.#pc)?.sender.replaceTrack(track ?? this.#track ?? null);
  }

  async audible(): Promise<boolean> {
    const isUp = () => this.#pc.connectionState === 'connected' && this.#isLive;
    if (!this.#closed && !isUp()) {
      await new Promise<void>((resolve) => this.#handleAudible.add(resolve));
    }
    return !this.#closed && isUp();
  }

  async sentMs(): Promise<number | undefined> {
    for (const [, report] of await this.#pc.getStats()) {
      if (report.type === 'outbound-rtp') return report.packetsSent * PACKET_MS;
    }
    return undefined;
  }

  #tellAudible(): void {
    for (const resolve of this.#handleAudible) resolve();
    this.#handleAudible.clear();
  }

  async #openMicrophone(): Promise<Microphone> {
    const microphone = await openMicrophone(this.#ports.devices().microphoneId);
    if (!microphone.ok) return microphone;
    if (this.#closed) microphone.value.stop();
    // Open but disabled until `live`.
    microphone.value.enabled = false;
    microphone.value.addEventListener('ended', () => void this.#swapMicrophone());
    return microphone;
  }

  /** Audio has stopped already; the connection stays open for one last reading. */
  async #finish(): Promise<void> {
    await Promise.race([this.#meter.stop(), after(FINAL_READING_LIMIT_MS)]);
    this.#pc.close();
  }

  async #releaseMicrophone(): Promise<void> {
    this.#track?.stop();
    const microphone = await this.#microphone;
    if (microphone.ok) microphone.value.stop();
  }

  async #retryMicrophone(): Promise<void> {
    if (!(await this.#microphone).ok) this.#microphone = this.#openMicrophone();
  }

  /** Replaces a microphone that was unplugged or deselected. */
  async #swapMicrophone(): Promise<void> {
    if (this.#closed) return;
    const before = await this.#microphone;
    this.#microphone = this.#openMicrophone();
    const next = await this.#microphone;
    if (this.#closed) return;
    if (!next.ok) {
      this.#ports.device({ why: next.error });
    } else {
      if (this.#isLive) await this.#attach(next.value);
      this.#ports.device(undefined);
    }
    if (before.ok) before.value.stop();
  }

  async #attach(track: MediaStreamTrack): Promise<void> {
    const sender = audioOf(this.#pc)?.sender;
    if (!sender) return;
    track.enabled = !this.#muted;
    this.#track = track;
    this.#ports.voices({ agent: track });
    await sender.replaceTrack(this.#substitute ?? track);
  }

  async #reportLateMicrophone(): Promise<void> {
    const microphone = await this.#microphone;
    if (!microphone.ok && !this.#closed) {
      this.#ports.report({ kind: 'failed', why: microphone.error });
    }
  }

  /** Runs one step of the offer/answer exchange; any exception means a bad description. */
  async #negotiate(step: () => Promise<string>, theirs = ''): Promise<string | undefined> {
    if (this.#closed) return undefined;
    try {
      const sdp = await step();
      return this.#closed ? undefined : sdp;
    } catch {
      const why = isSdes(theirs) ? 'sdp-sdes' : 'sdp-rejected';
      if (!this.#closed) this.#ports.report({ kind: 'failed', why });
      return undefined;
    }
  }

  /**
   * Makes the browser check Meta's candidates again. While the call rings, WhatsApp may not know
   * our answer and stay silent; after 15 s the browser discards silent candidates for good, unless
   * they return with another foundation. Then a late accept connects at once instead of never.
   */
  #refreshCandidates(): void {
    if (this.#connected || this.#closed || this.#offered === undefined) return;
    this.#refreshes++;
    const place = placeOfAudio(this.#offered);
    for (const candidate of candidatesOf(this.#offered, `${this.#refreshes}`)) {
      void this.#pc.addIceCandidate({ candidate, ...place }).catch(() => undefined);
    }
  }

  #handleRemoteTrack({ track, transceiver }: RTCTrackEvent): void {
    if (track.kind !== 'audio') return;
    const first = transceiver === audioOf(this.#pc);
    if (first) this.#ports.voices({ customer: track });
    void this.#voices.play(track, first, this.#ports.devices().speakerId);
  }

  #handleIceState(): void {
    const state = this.#pc.iceConnectionState;
    if (state === 'disconnected' || state === 'failed') this.#refreshCandidates();
  }

  #handleConnectionState(): void {
    switch (this.#pc.connectionState) {
      case 'connected':
        this.#ports.interrupted(false);
        this.#tellAudible();
        if (this.#connected) return;
        this.#connected = true;
        clearTimeout(this.#connectLimit);
        this.#ports.report({ kind: 'connected' });
        return;
      case 'failed':
        // Before the first connection, a failure only means that WhatsApp does not know our answer
        // yet.
        if (this.#connected) this.#ports.report({ kind: 'failed', why: 'connection-lost' });
        return;
      case 'disconnected':
        this.#ports.interrupted(true);
        return;
      case 'new':
      case 'connecting':
      case 'closed':
        return;
    }
  }
}

/** Without a TURN server, allowing nothing else would allow nothing. */
function hasTurn(servers: readonly RTCIceServer[]): boolean {
  return servers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));
}
