import { assertNever } from '../../../shared/lib/assert-never.ts';
import { Voices } from '../call-audio.ts';
import type { CallMediaPorts } from '../call-media.ts';
import { openMicrophone, type Microphone } from '../microphone.ts';
import { pcmQuality, pcmSample, type PcmTotals } from './pcm-stats.ts';
import { PcmGraph } from './pcm-graph.ts';
import type { AnnouncedCall } from '../recorder/announcement.ts';
import type { FromWorklet, WorkletFormat } from './worklet.ts';

export interface PcmMediaPorts extends CallMediaPorts {
  /** The agent's audio, for main to send. */
  frame(frame: Uint8Array<ArrayBuffer>): void;
}

const SAMPLE_MS = 1000;
/** Reports the quality after this many samples, so that a crash does not lose it. */
const SAMPLES_PER_QUALITY = 5;

/**
 * The audio of one streamed call, as raw frames through main. It starts when the call is up, so the
 * microphone is connected at once; without one, silence is sent. Never throws: failures are
 * reported.
 */
export class PcmMedia implements AnnouncedCall {
  readonly #ports: PcmMediaPorts;
  readonly #voices: Voices;
  readonly #liveAt = Date.now();
  #graph: PcmGraph | undefined;
  #microphone: Microphone | undefined;
  /** Sent in place of the microphone. */
  #substitute: MediaStreamTrack | undefined;
  #muted = false;
  #closed = false;
  #heard = false;
  #firstAudioMs: number | undefined;
  /** Totals of earlier worklets of this call, closed when the format changed. */
  #earlier = { frames: 0, missed: 0, sent: 0 };
  #totals: PcmTotals | undefined;
  #sampled: PcmTotals | undefined;
  #samples = 0;
  readonly #timer: number;

  constructor(callId: string, ports: PcmMediaPorts) {
    this.#ports = ports;
    this.#voices = new Voices(callId);
    this.#timer = window.setInterval(() => this.#sample(), SAMPLE_MS);
  }

  /** Starts the stream, or restarts it in another format. Calls must not overlap. */
  async stream(format: WorkletFormat): Promise<void> {
    if (this.#closed) return;
    const { frames, missed, sent } = this.#totals ?? this.#earlier;
    this.#earlier = { frames, missed, sent };
    let graph: PcmGraph;
    try {
      graph = await PcmGraph.open(format, (message) => this.#handleMessage(message));
    } catch {
      this.#ports.report({ kind: 'failed', why: 'no-media' });
      return;
    }
    this.#graph?.close();
    this.#graph = graph;
    if (this.#closed) return graph.close();
    this.#ports.voices({ customer: graph.voice });
    void this.#voices.play(graph.voice, true, this.#ports.devices().speakerId);
    if (this.#microphone?.ok === true) graph.speak(this.#substitute ?? this.#microphone.value);
    else await this.#swapMicrophone();
  }

  /** Plays a frame of the customer's audio. */
  receive(frame: Uint8Array): void {
    this.#graph?.play(frame);
  }

  /** A muted track keeps producing silence, so the stream continues. */
  mute(muted: boolean): void {
    this.#muted = muted;
    if (this.#microphone?.ok === true) this.#microphone.value.enabled = !muted;
  }

  /** Closes everything and reports the final stats. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#reportQuality();
    this.#graph?.close();
    if (this.#microphone?.ok === true) this.#microphone.value.stop();
    this.#voices.close();
  }

  /** Switches to the devices in the settings without interrupting the stream. */
  async applyDevices(changed: { microphone: boolean; speaker: boolean }): Promise<void> {
    if (this.#closed) return;
    await Promise.all([
      changed.speaker && this.#voices.useSpeaker(this.#ports.devices().speakerId),
      changed.microphone && this.#swapMicrophone(),
    ]);
  }

  /** A device was added or removed: a call without a microphone tries again. */
  async handleDevicesChanged(): Promise<void> {
    if (this.#microphone?.ok === false) await this.#swapMicrophone();
  }

  /** The microphone track as sent, for a level meter. */
  liveTrack(): MediaStreamTrack | undefined {
    return this.#microphone?.ok === true ? this.#microphone.value : undefined;
  }

  async substitute(track: MediaStreamTrack | undefined): Promise<void> {
    this.#substitute = track;
    if (!this.#closed) this.#graph?.speak(track ?? this.liveTrack());
  }

  async audible(): Promise<boolean> {
    return !this.#closed && this.#graph !== undefined;
  }

  /** Main sends what it is given, or reports the sound as lost. */
  async sentMs(): Promise<undefined> {
    return undefined;
  }

  /** Opens the chosen microphone and replaces the previous one. */
  async #swapMicrophone(): Promise<void> {
    const next = await openMicrophone(this.#ports.devices().microphoneId);
    if (this.#closed) {
      if (next.ok) next.value.stop();
      return;
    }
    const before = this.#microphone;
    this.#microphone = next;
    if (next.ok) {
      next.value.enabled = !this.#muted;
      next.value.addEventListener('ended', () => {
        if (this.#microphone === next) void this.#swapMicrophone();
      });
      this.#ports.device(undefined);
    } else {
      this.#ports.device({ why: next.error });
    }
    const voice = next.ok ? next.value : undefined;
    this.#ports.voices({ agent: voice });
    this.#graph?.speak(this.#substitute ?? voice);
    if (before?.ok === true) before.value.stop();
  }

  #handleMessage(message: FromWorklet): void {
    switch (message.kind) {
      case 'frame':
        return this.#ports.frame(message.frame);
      case 'audio':
        return this.#firstSound();
      case 'stats': {
        const { stats, sent } = message;
        this.#totals = {
          ...stats,
          at: Date.now(),
          frames: this.#earlier.frames + stats.frames,
          missed: this.#earlier.missed + stats.missed,
          sent: this.#earlier.sent + sent,
        };
        return undefined;
      }
      default:
        return assertNever(message, 'message of the worklet');
    }
  }

  #firstSound(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#firstAudioMs = Math.max(0, Date.now() - (this.#ports.startedAt() ?? this.#liveAt));
    this.#ports.report({ kind: 'audio' });
  }

  #sample(): void {
    if (!this.#totals) return;
    if (this.#sampled) this.#ports.sample(pcmSample(this.#sampled, this.#totals));
    this.#sampled = this.#totals;
    this.#samples++;
    if (this.#samples % SAMPLES_PER_QUALITY === 0) this.#reportQuality();
  }

  #reportQuality(): void {
    if (this.#totals) this.#ports.quality(pcmQuality(this.#totals, this.#firstAudioMs));
  }
}
