import {
  moveStream,
  remember,
  remembered,
  serverInfo,
  sinkInfo,
  type SoundEvent,
  streamInfo,
  type Value,
} from './sound-protocol.ts';

/** Numbers of requests start here; smaller ones are the connection's. */
const FIRST_TAG = 100;
const RESTORE_NAME = 'module-stream-restore.id';
/** Values of what the server remembers of a program's streams: name, channels, volume, output, mute. */
const REMEMBERED_VALUES = 5;

/**
 * Returns our streams to an output that is plugged in again.
 *
 * PulseAudio moves what plays on an output that goes to another one, and leaves it there. Chromium does not know: it keeps
 * a stream for 5 s after its last sound, by the name of its output, and plays the next sound for that output on it, so on the
 * wrong one.
 *
 * PipeWire does the same, but does not let us return a stream without a trace: its session manager (WirePlumber 0.4) plays
 * whatever the program means for the system's default on that output from then on, and forgets it only when a stream of the
 * program is moved to the default output. There we leave streams alone, and the page waits until Chromium has closed them.
 */
export class StreamReturn {
  readonly #write: (bytes: Buffer) => void;
  readonly #isOurs: (pid: number) => boolean;
  /** By index: the output that each of our streams plays on. */
  readonly #sinkOf = new Map<number, number>();
  /** By index: names of outputs. */
  readonly #nameOf = new Map<number, string>();
  /** By index of the stream: the output that was pulled out from under it. */
  readonly #lost = new Map<number, string>();
  readonly #returned = new Set<number>();
  #isOn = false;
  readonly #asked = new Map<number, (values: readonly Value[]) => void>();
  #tag = FIRST_TAG;

  /** @param isOurs whether a process with this id is one of ours */
  constructor(write: (bytes: Buffer) => void, isOurs: (pid: number) => boolean) {
    this.#write = write;
    this.#isOurs = isOurs;
  }

  /** Whether streams are returned at this server. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** The server can be asked now. */
  start(): void {
    this.#ask(serverInfo, ([name]) => {
      this.#isOn = typeof name === 'string' && !name.includes('PipeWire');
    });
  }

  takeEvent({ of, what, index }: SoundEvent): void {
    if (!this.#isOn) return;
    if (of === 'stream') this.#takeStream(what, index);
    if (of !== 'sink') return;
    if (what === 'added') this.#askSink(index, (name) => this.#return(name));
    if (what === 'removed') this.#noteGone(index);
  }

  /** @param values none if the request was refused */
  takeReply(tag: number, values: readonly Value[]): void {
    const answer = this.#asked.get(tag);
    this.#asked.delete(tag);
    answer?.(values);
  }

  #takeStream(what: SoundEvent['what'], index: number): void {
    if (what === 'removed') {
      this.#sinkOf.delete(index);
      this.#lost.delete(index);
      this.#returned.delete(index);
    } else if (what === 'added' || this.#sinkOf.has(index)) {
      this.#ask(
        (tag) => streamInfo(tag, index),
        (values) => this.#takeStreamInfo(values),
      );
    }
  }

  #takeStreamInfo(values: readonly Value[]): void {
    const [index, , , , sink] = values;
    const properties = values.find((value) => value instanceof Map);
    if (typeof index !== 'number' || typeof sink !== 'number' || !properties) return;
    if (!this.#isOurs(Number(properties.get('application.process.id')))) return;
    this.#sinkOf.set(index, sink);
    if (!this.#nameOf.has(sink)) this.#askSink(sink, () => undefined);
    const remembersAs = properties.get(RESTORE_NAME);
    if (this.#returned.has(index) && remembersAs !== undefined) this.#forgetOutput(remembersAs);
  }

  /** The server moves streams and tells of it all in one go, before it answers where they are now. */
  #noteGone(sink: number): void {
    const name = this.#nameOf.get(sink);
    this.#nameOf.delete(sink);
    if (name === undefined) return;
    for (const [stream, on] of this.#sinkOf) if (on === sink) this.#lost.set(stream, name);
  }

  #return(name: string): void {
    for (const [stream, lost] of this.#lost) {
      if (lost !== name) continue;
      this.#lost.delete(stream);
      this.#returned.add(stream);
      this.#ask(
        (tag) => moveStream(tag, stream, name),
        () => undefined,
      );
    }
  }

  /**
   * The server takes a move for the user's wish, writes it down after each change of the stream, and would play on that
   * output from then on whatever is meant for the system's default, such as the ring.
   */
  #forgetOutput(name: string): void {
    this.#ask(remembered, (values) => {
      for (let at = 0; at < values.length; at += REMEMBERED_VALUES) {
        const [of, channels, volume, output, muted] = values.slice(at, at + REMEMBERED_VALUES);
        if (of !== name || output === undefined) continue;
        if (!Buffer.isBuffer(channels) || !Buffer.isBuffer(volume) || !Buffer.isBuffer(muted))
          continue;
        this.#ask(
          (tag) => remember(tag, { name, channels, volume, muted }),
          () => undefined,
        );
      }
    });
  }

  #askSink(index: number, then: (name: string) => void): void {
    this.#ask(
      (tag) => sinkInfo(tag, index),
      ([, name]) => {
        if (typeof name !== 'string') return;
        this.#nameOf.set(index, name);
        then(name);
      },
    );
  }

  #ask(request: (tag: number) => Buffer, answer: (values: readonly Value[]) => void): void {
    this.#tag += 1;
    this.#asked.set(this.#tag, answer);
    this.#write(request(this.#tag));
  }
}
