import { assertNever } from '../../shared/lib/assert-never.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { LegOptions, MediaCommand } from '../../shared/ipc/events.ts';
import type { Quality } from '../../shared/ipc/history.ts';
import type { MediaReport } from '../../shared/ipc/routes/media.ts';
import { CallMedia, type CallMediaPorts, type DeviceProblem } from './call-media.ts';
import { PcmMedia } from './pcm/pcm-media.ts';
import { Recordings, type RecordingsPorts } from './recorder/recordings.ts';
import { rtcServers } from './ice-servers.ts';
import type { OpenDevices } from './device-selection.ts';
import type { Sample } from './stats.ts';

/** What the softphone reports to the window. */
export interface SoftphonePorts extends RecordingsPorts {
  report(callId: string, report: MediaReport): void;
  quality(callId: string, quality: Quality): void;
  sample(callId: string, sample: Sample): void;
  device(callId: string, problem: DeviceProblem | undefined): void;
  /** The agent's audio in a streamed call. */
  pcm(callId: string, frame: Uint8Array<ArrayBuffer>): void;
  interrupted(callId: string, now: boolean): void;
  startedAt(callId: string): number | undefined;
}

/** Operations on a live call, whatever its media path. */
type AnyMedia = Pick<
  CallMedia,
  | 'mute'
  | 'close'
  | 'applyDevices'
  | 'handleDevicesChanged'
  | 'liveTrack'
  | 'substitute'
  | 'audible'
  | 'sentMs'
>;

/**
 * The media of all calls. Commands for one call run in order, except `close`, which does not wait.
 */
export class Softphone {
  readonly #calls = new Map<string, CallMedia>();
  /** Media of streamed calls. */
  readonly #streams = new Map<string, PcmMedia>();
  /** By call. Their tasks report failures themselves; what is thrown is a fault of ours. */
  readonly #tasks = new KeyedQueue((callId, error) =>
    this.#ports.report(callId, { kind: 'failed', why: String(error) }),
  );
  /** Outputs, by call: none waits for a microphone, which may open slowly. */
  readonly #outputs = new KeyedQueue((callId, error) =>
    this.#ports.report(callId, { kind: 'failed', why: String(error) }),
  );
  /** Muted calls. After a restart, a call is known to be muted before its audio exists. */
  readonly #muted = new Set<string>();
  readonly #ports: SoftphonePorts;
  readonly #recordings: Recordings;
  #devices = { microphone: { id: '', key: '' }, speaker: { id: '', key: '' } };

  constructor(ports: SoftphonePorts) {
    this.#ports = ports;
    this.#recordings = new Recordings(ports);
  }

  handleCommand(command: MediaCommand): void {
    const { callId } = command;
    switch (command.do) {
      case 'answer':
        this.#enqueue(callId, this.#create(callId), (media) => media.answer(command.offer));
        return;
      case 'offer':
        this.#enqueue(callId, this.#create(callId, command.leg), (media) => media.offer());
        return;
      case 'apply-answer':
        this.#enqueue(callId, undefined, (media) => media.applyAnswer(command.sdp));
        return;
      case 'live':
        this.#enqueue(callId, undefined, (media) => media.live());
        return;
      case 'stream':
        this.#stream(command);
        return;
      case 'sound':
        this.#ports.interrupted(callId, command.lost);
        return;
      case 'mute':
        if (command.muted) this.#muted.add(callId);
        else this.#muted.delete(callId);
        this.#find(callId)?.mute(command.muted);
        return;
      case 'announce':
        void this.#recordings.announce(callId, this.#find(callId), command);
        return;
      case 'record':
        this.#recordings.record(callId, command.recordingId);
        return;
      case 'pause-recording':
        this.#recordings.pause(callId, command.paused);
        return;
      case 'stop-recording':
        this.#recordings.stop(callId);
        return;
      case 'close':
        this.#recordings.close(callId);
        this.#find(callId)?.close();
        this.#calls.delete(callId);
        this.#streams.delete(callId);
        this.#muted.delete(callId);
        return;
      default:
        assertNever(command, 'media command');
    }
  }

  /** Switches devices, even in current calls. */
  applyDevices({ microphone, speaker }: Pick<OpenDevices, 'microphone' | 'speaker'>): void {
    const changed = {
      microphone: microphone.key !== this.#devices.microphone.key,
      speaker: speaker.key !== this.#devices.speaker.key,
    };
    this.#devices = { microphone, speaker };
    if (changed.speaker) {
      const only = { speaker: true, microphone: false };
      this.#forEach((media) => media.applyDevices(only), this.#outputs);
    }
    if (changed.microphone) {
      const only = { speaker: false, microphone: true };
      this.#forEach((media) => media.applyDevices(only));
    }
  }

  /** The customer's audio in a streamed call; ignored once the call is over. */
  handlePcm(callId: string, frame: Uint8Array): void {
    this.#streams.get(callId)?.receive(frame);
  }

  /** The devices of this machine changed. */
  handleDevicesChanged(): void {
    this.#forEach((media) => media.handleDevicesChanged());
  }

  /** The microphone of a live call, for a level meter. */
  readonly liveTrack = (callId: string): MediaStreamTrack | undefined =>
    this.#find(callId)?.liveTrack();

  #find(callId: string): AnyMedia | undefined {
    return this.#calls.get(callId) ?? this.#streams.get(callId);
  }

  #forEach(task: (media: AnyMedia) => Promise<void>, queue = this.#tasks): void {
    for (const [callId, media] of [...this.#calls, ...this.#streams]) {
      queue.add(callId, () => task(media));
    }
  }

  #stream({ callId, ...format }: Extract<MediaCommand, { do: 'stream' }>): void {
    const media = this.#streams.get(callId) ?? this.#createStream(callId);
    this.#tasks.add(callId, () => media.stream(format));
  }

  #createStream(callId: string): PcmMedia {
    const frame = (bytes: Uint8Array<ArrayBuffer>) => this.#ports.pcm(callId, bytes);
    const media = new PcmMedia(callId, { ...this.#portsOf(callId), frame });
    media.mute(this.#muted.has(callId));
    this.#streams.set(callId, media);
    return media;
  }

  #create(callId: string, leg?: LegOptions): () => CallMedia {
    const iceServers = rtcServers(leg?.iceServers ?? []);
    return () =>
      new CallMedia(callId, this.#portsOf(callId), leg && { iceServers, onlyTurn: leg.onlyTurn });
  }

  #enqueue(
    callId: string,
    create: (() => CallMedia) | undefined,
    task: (media: CallMedia) => Promise<void>,
  ): void {
    const media = this.#calls.get(callId) ?? create?.();
    if (!media) {
      this.#ports.report(callId, { kind: 'failed', why: 'no-media' });
      return;
    }
    this.#calls.set(callId, media);
    this.#tasks.add(callId, () => task(media));
  }

  #portsOf(callId: string): CallMediaPorts {
    return {
      report: (report) => this.#ports.report(callId, report),
      quality: (quality) => this.#ports.quality(callId, quality),
      sample: (sample) => this.#ports.sample(callId, sample),
      device: (problem) => this.#ports.device(callId, problem),
      interrupted: (now) => this.#ports.interrupted(callId, now),
      voices: (voices) => this.#recordings.setVoices(callId, voices),
      devices: () => ({
        microphoneId: this.#devices.microphone.id,
        speakerId: this.#devices.speaker.id,
      }),
      startedAt: () => this.#ports.startedAt(callId),
    };
  }
}
