import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/*
 * PulseAudio's native protocol, which PipeWire speaks as well: just enough to follow devices and our own streams.
 * A packet is five big-endian words (length, channel, two of an offset, flags) and a list of tagged values, of which the
 * first two are a command and the number that its reply carries.
 */

const CONTROL = 0xffff_ffff;
const PROTOCOL_VERSION = 32;
const HEADER_BYTES = 20;
const COOKIE_BYTES = 256;
/** Nothing we ask for is longer. */
const LONGEST_PACKET = 1_048_576;
/** In place of an index: the name says which. */
const NO_INDEX = 0xffff_ffff;

export const COMMAND = {
  error: 0,
  reply: 2,
  auth: 8,
  setClientName: 9,
  serverInfo: 20,
  sinkInfo: 21,
  streamInfo: 29,
  subscribe: 35,
  event: 66,
  moveStream: 67,
  extension: 87,
};

/** What to subscribe to: outputs, inputs, and streams that play. */
export const SUBSCRIBED = { sinks: 0x01, sources: 0x02, streams: 0x04 };

/** A value in a packet; undefined if there is none. What we only pass on stays as it came, with its tag. */
export type Value = number | string | undefined | Buffer | ReadonlyMap<string, string>;

/** A packet; `tag` is the number of a request and its reply, `body` the other values. */
export interface Packet {
  command: number;
  tag: number;
  body: Buffer;
}

/** What became of an output, an input, or a stream that plays. */
export interface SoundEvent {
  of: 'sink' | 'source' | 'stream';
  what: 'added' | 'changed' | 'removed';
  index: number;
}

/** Reads packets from a stream of bytes. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The complete packets so far; undefined if these are none. */
  read(chunk: Buffer): Packet[] | undefined {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const packets = [];
    while (this.#rest.length >= HEADER_BYTES) {
      const length = this.#rest.readUInt32BE(0);
      if (length > LONGEST_PACKET) return undefined;
      if (this.#rest.length < HEADER_BYTES + length) break;
      const body = this.#rest.subarray(HEADER_BYTES, HEADER_BYTES + length);
      const isControl = this.#rest.readUInt32BE(4) === CONTROL;
      this.#rest = this.#rest.subarray(HEADER_BYTES + length);
      // Command and tag are words of five bytes each: `L` and four of the value.
      if (!isControl || body.length < 10) continue;
      packets.push({
        command: body.readUInt32BE(1),
        tag: body.readUInt32BE(6),
        body: body.subarray(10),
      });
    }
    return packets;
  }
}

/** Bytes of a value after its tag, where they are as many each time. */
const FIXED_BYTES: Readonly<Record<string, number>> = {
  0: 0,
  1: 0,
  B: 1,
  V: 4,
  a: 6,
  R: 8,
  r: 8,
  U: 8,
  T: 8,
};

/** The values of a packet, up to the first one that cannot be read. */
export function readValues(body: Buffer): Value[] {
  const values: Value[] = [];
  const reader = new ValueReader(body);
  try {
    while (!reader.isAtEnd) values.push(reader.value());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return values;
}

/** Throws a `RangeError` where the bytes end too early. */
class ValueReader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#body.length;
  }

  value(): Value {
    const from = this.#at;
    const tag = this.#tag();
    if (tag === 'L') return this.#word();
    if (tag === 't') return this.#text();
    if (tag === 'N') return undefined;
    if (tag === 'P') return this.#properties();
    this.#skip(this.#lengthOf(tag));
    return this.#body.subarray(from, this.#at);
  }

  #tag(): string {
    return String.fromCharCode(this.#body.readUInt8(this.#at++));
  }

  #lengthOf(tag: string): number {
    const fixed = FIXED_BYTES[tag];
    if (fixed !== undefined) return fixed;
    const count = this.#body.readUInt8(this.#at);
    if (tag === 'm') return 1 + count;
    if (tag === 'v') return 1 + 4 * count;
    throw new RangeError(`no tag: ${tag}`);
  }

  #skip(length: number): void {
    this.#at += length;
    if (this.#at > this.#body.length) throw new RangeError('too short');
  }

  #word(): number {
    this.#skip(4);
    return this.#body.readUInt32BE(this.#at - 4);
  }

  #text(): string {
    const from = this.#at;
    const end = this.#body.indexOf(0, from);
    if (end < 0) throw new RangeError('no end of a text');
    this.#at = end + 1;
    return this.#body.toString('utf8', from, end);
  }

  /** Each is its name, the length of its value, and the value with its length once more; `N` is the end. */
  #properties(): ReadonlyMap<string, string> {
    const read = new Map<string, string>();
    while (this.#tag() === 't') {
      const name = this.#text();
      this.#skip(6);
      const length = this.#word();
      const from = this.#at;
      this.#skip(length);
      read.set(name, this.#body.toString('utf8', from, this.#at).replace(/\0$/, ''));
    }
    return read;
  }
}

const KINDS = ['sink', 'source', 'stream'] as const;
const CHANGES = ['added', 'changed', 'removed'] as const;

/** What an event says; undefined if it is about something else. */
export function readEvent(body: Buffer): SoundEvent | undefined {
  const [type, index] = readValues(body);
  if (typeof type !== 'number' || typeof index !== 'number') return undefined;
  const of = KINDS[type & 0x0f];
  const what = CHANGES[(type & 0x30) >> 4];
  return of && what && { of, what, index };
}

/** Asks to be let in. */
export function auth(tag: number): Buffer {
  const length = Buffer.alloc(5);
  length.write('x');
  length.writeUInt32BE(COOKIE_BYTES, 1);
  return packet(COMMAND.auth, tag, word(PROTOCOL_VERSION), length, cookie());
}

/** The key of this user's sound server. Where it is missing, being the same user is enough. */
function cookie(): Buffer {
  for (const file of [process.env['PULSE_COOKIE'], join(homedir(), '.config/pulse/cookie')]) {
    if (file === undefined) continue;
    try {
      const bytes = readFileSync(file);
      if (bytes.length === COOKIE_BYTES) return bytes;
    } catch {
      continue;
    }
  }
  return Buffer.alloc(COOKIE_BYTES);
}

/** Says who we are, in a list of properties: name, length, value with its length, and an end. */
export function clientName(tag: number): Buffer {
  const name = Buffer.from('Ringdesk\0');
  const head = Buffer.alloc(5);
  head.write('x');
  head.writeUInt32BE(name.length, 1);
  return packet(
    COMMAND.setClientName,
    tag,
    Buffer.from('P'),
    text('application.name'),
    word(name.length),
    head,
    name,
    Buffer.from('N'),
  );
}

/** Asks for events of these kinds. */
export function subscribe(tag: number, kinds: number): Buffer {
  return packet(COMMAND.subscribe, tag, word(kinds));
}

/** Asks what the server is. */
export function serverInfo(tag: number): Buffer {
  return packet(COMMAND.serverInfo, tag);
}

/** Asks about an output. */
export function sinkInfo(tag: number, index: number): Buffer {
  return packet(COMMAND.sinkInfo, tag, word(index), Buffer.from('N'));
}

/** Asks about a stream that plays. */
export function streamInfo(tag: number, index: number): Buffer {
  return packet(COMMAND.streamInfo, tag, word(index));
}

/** Asks to play a stream on another output. */
export function moveStream(tag: number, index: number, sinkName: string): Buffer {
  return packet(COMMAND.moveStream, tag, word(index), word(NO_INDEX), text(sinkName));
}

const RESTORE = 'module-stream-restore';
const RESTORE_COMMAND = { read: 1, write: 2 };
const REPLACE = 2;

/** Asks what the server remembers of the streams of each program. */
export function remembered(tag: number): Buffer {
  return packet(COMMAND.extension, tag, word(NO_INDEX), text(RESTORE), word(RESTORE_COMMAND.read));
}

/** Has the server remember this of a program's streams, and no output. */
export function remember(
  tag: number,
  {
    name,
    channels,
    volume,
    muted,
  }: { name: string; channels: Buffer; volume: Buffer; muted: Buffer },
): Buffer {
  const no = Buffer.from('0');
  return packet(
    COMMAND.extension,
    tag,
    word(NO_INDEX),
    text(RESTORE),
    word(RESTORE_COMMAND.write),
    word(REPLACE),
    no,
    text(name),
    channels,
    volume,
    Buffer.from('N'),
    muted,
  );
}

function text(value: string): Buffer {
  return Buffer.from(`t${value}\0`);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write('L');
  bytes.writeUInt32BE(value, 1);
  return bytes;
}

function packet(command: number, tag: number, ...values: Buffer[]): Buffer {
  const content = Buffer.concat([word(command), word(tag), ...values]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(content.length, 0);
  header.writeUInt32BE(CONTROL, 4);
  return Buffer.concat([header, content]);
}
