/** Whom to listen to. `first` and `second` are the channels of one file: no provider documents whose is which. */
export type HeardSide = 'all' | 'customer' | 'agent' | 'first' | 'second';

/** Whom one can listen to, where there are two voices. */
export function sidesOf(tracks: readonly Pick<PlayedTrack, 'side'>[]): readonly HeardSide[] {
  return tracks.some(({ side }) => side === 'both')
    ? ['all', 'first', 'second']
    : ['all', 'customer', 'agent'];
}

export interface PlayedTrack {
  address: string;
  side: 'both' | 'customer' | 'agent';
}

/** A part that was heard, in seconds. */
interface HeardPart {
  from: number;
  to: number;
}

export interface RecordingPlayerPorts {
  /** Something that the player shows has changed. */
  changed: () => void;
  /** A part was heard to its end. */
  heard: (part: HeardPart) => void;
}

/** Tracks that drift further apart than this are brought together, in seconds. */
const DRIFT = 0.06;
/** A part that goes on is told so often, in seconds: a crash must not hide who listened. */
const TELL_EVERY = 30;
/** Shorter parts are not worth telling, in seconds. */
const SHORTEST = 0.25;

/**
 * Plays a recording: one file in which both speak, or one for each side, which then play together. The sound is
 * streamed; the browser keeps the little of it that it needs.
 */
export class RecordingPlayer {
  readonly #ports: RecordingPlayerPorts;
  readonly #elements: readonly HTMLAudioElement[];
  readonly #tracks: readonly PlayedTrack[];
  #context: AudioContext | undefined;
  #gains: { side: HeardSide; gain: GainNode }[] = [];
  #side: HeardSide = 'all';
  #heardFrom: number | undefined;
  #last = 0;

  constructor(tracks: readonly PlayedTrack[], ports: RecordingPlayerPorts) {
    this.#ports = ports;
    this.#tracks = tracks;
    this.#elements = tracks.map(({ address }) => {
      const element = new Audio();
      element.crossOrigin = 'anonymous';
      element.preload = 'metadata';
      element.preservesPitch = true;
      element.src = address;
      return element;
    });
    const first = this.#first;
    for (const name of ['play', 'pause', 'seeked', 'durationchange', 'error', 'ratechange']) {
      first.addEventListener(name, ports.changed);
    }
    first.addEventListener('timeupdate', () => this.#goOn());
    first.addEventListener('ended', () => this.pause());
  }

  get position(): number {
    return this.#first.currentTime;
  }

  /** Undefined until it is known. */
  get duration(): number | undefined {
    const lengths = this.#elements.map(({ duration }) => duration).filter(Number.isFinite);
    return lengths.length === 0 ? undefined : Math.max(...lengths);
  }

  get isPlaying(): boolean {
    return !this.#first.paused;
  }

  get hasFailed(): boolean {
    return this.#first.error !== null;
  }

  get rate(): number {
    return this.#first.playbackRate;
  }

  get side(): HeardSide {
    return this.#side;
  }

  play(): void {
    this.#connect();
    void this.#context?.resume();
    this.#heardFrom = this.position;
    this.#align();
    // Rejects when a pause comes first.
    for (const element of this.#elements) void element.play().catch(() => undefined);
  }

  pause(): void {
    for (const element of this.#elements) element.pause();
    this.#tell();
  }

  seek(seconds: number): void {
    const end = this.duration ?? seconds;
    const to = Math.min(Math.max(0, seconds), end);
    if (this.isPlaying) this.#tell();
    for (const element of this.#elements) element.currentTime = to;
    this.#last = to;
    if (this.isPlaying) this.#heardFrom = to;
    this.#ports.changed();
  }

  setRate(rate: number): void {
    for (const element of this.#elements) element.playbackRate = rate;
  }

  listenTo(side: HeardSide): void {
    this.#side = side;
    this.#applySide();
    this.#ports.changed();
  }

  close(): void {
    this.pause();
    for (const element of this.#elements) {
      element.removeAttribute('src');
      element.load();
    }
    void this.#context?.close();
  }

  get #first(): HTMLAudioElement {
    const [first] = this.#elements;
    if (!first) throw new Error('a recording without tracks');
    return first;
  }

  /** Once: each channel, or each file, gets a gain of its own. */
  #connect(): void {
    if (this.#context) return;
    const context = new AudioContext();
    this.#context = context;
    this.#gains = this.#elements.flatMap<{ side: HeardSide; gain: GainNode }>((element, n) => {
      const source = context.createMediaElementSource(element);
      const side = this.#tracks[n]?.side ?? 'both';
      if (side !== 'both') return [{ side, gain: toSpeaker(source) }];
      // If it has only one channel, the second is silent.
      const splitter = context.createChannelSplitter(2);
      source.connect(splitter);
      return (['first', 'second'] as const).map((voice, channel) => ({
        side: voice,
        gain: toSpeaker(splitter, channel),
      }));
    });
    this.#applySide();
  }

  #applySide(): void {
    for (const { side, gain } of this.#gains) {
      const isHeard = this.#side === 'all' || side === this.#side;
      gain.gain.value = isHeard ? 1 : 0;
    }
  }

  #goOn(): void {
    this.#align();
    // The end of what was heard, should the next event be a seek.
    if (!this.#first.seeking) this.#last = this.position;
    const from = this.#heardFrom;
    if (from !== undefined && this.#last - from >= TELL_EVERY) {
      this.#tell();
      this.#heardFrom = this.#last;
    }
    this.#ports.changed();
  }

  #align(): void {
    const at = this.position;
    for (const element of this.#elements.slice(1)) {
      if (Math.abs(element.currentTime - at) > DRIFT) element.currentTime = at;
    }
  }

  #tell(): void {
    const from = this.#heardFrom;
    this.#heardFrom = undefined;
    if (from !== undefined && this.#last - from >= SHORTEST) {
      this.#ports.heard({ from, to: this.#last });
    }
  }
}

/** Both ears hear every voice. */
function toSpeaker(source: AudioNode, output = 0): GainNode {
  const { context } = source;
  const gain = context.createGain();
  gain.channelCount = 1;
  gain.channelCountMode = 'explicit';
  source.connect(gain, output);
  gain.connect(context.destination);
  return gain;
}
