import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';

/*
 * PulseAudio's native protocol, which PipeWire speaks as well: just enough to hear of plugs.
 * A packet is five big-endian words (length, channel, two of an offset, flags) and a tag struct.
 */

const CONTROL = 0xffff_ffff;
const PROTOCOL_VERSION = 32;
const COMMAND = { error: 0, reply: 2, auth: 8, setClientName: 9, subscribe: 35, event: 66 };
const HEADER_BYTES = 20;
const COOKIE_BYTES = 256;
/** Nothing we ask for is longer. */
const LONGEST_PACKET = 65_536;
/** Sinks and sources. */
const SUBSCRIBED = 0x0001 | 0x0002;
/** A desktop without a sound server is normal; one that was restarted is back soon. In ms. */
const RETRY_MS = { after: 2_000, without: 60_000 };

/** Where the sound server listens; undefined if it is on another machine. */
export function soundServerPath(env: NodeJS.ProcessEnv): string | undefined {
  const { PULSE_SERVER: server, PULSE_RUNTIME_PATH: own, XDG_RUNTIME_DIR: session } = env;
  if (server !== undefined && server !== '') {
    return /^(?:\{[^}]*\})?(?:unix:)?(\/.*)$/.exec(server.split(' ')[0] ?? '')?.[1];
  }
  if (own !== undefined) return join(own, 'native');
  return session === undefined ? undefined : join(session, 'pulse', 'native');
}

/**
 * Calls back when the sound server gets or loses a device. Chromium on Linux watches udev alone,
 * which reports no Bluetooth headset.
 *
 * @returns stops watching
 */
export function watchSoundServer(
  path: string,
  onPlugged: () => void,
  log: Pick<Log, 'info'>,
  retryMs = RETRY_MS,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let socket: Socket | undefined;
  let isClosed = false;
  const open = () => {
    let subscribed = false;
    const reader = new PacketReader();
    const now = connect(path);
    socket = now;
    now.unref();
    now.on('connect', () => now.write(auth()));
    now.on('error', () => now.destroy());
    now.on('data', (chunk) => {
      const packets = reader.read(chunk);
      if (!packets) return now.destroy();
      for (const { command, tag, body } of packets) {
        if (command === COMMAND.error) return now.destroy();
        if (command === COMMAND.reply && tag === TAG.auth) {
          now.write(clientName());
          now.write(packet(COMMAND.subscribe, TAG.subscribe, word(SUBSCRIBED)));
        }
        if (command === COMMAND.reply && tag === TAG.subscribe) {
          subscribed = true;
          log.info('sound: following the sound server');
        }
        if (command === COMMAND.event && isPlug(body)) onPlugged();
      }
      return undefined;
    });
    now.on('close', () => {
      if (isClosed) return;
      // What changed while it was away is unknown.
      if (subscribed) onPlugged();
      timer = setTimeout(open, subscribed ? retryMs.after : retryMs.without);
      timer.unref();
    });
  };
  open();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    socket?.destroy();
  };
}

const TAG = { auth: 1, clientName: 2, subscribe: 3 };

/** Reads packets from a stream of bytes. */
class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The complete packets so far; undefined if these are none. */
  read(chunk: Buffer): { command: number; tag: number; body: Buffer }[] | undefined {
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

/** Whether an event says that a sink or source was added or removed, rather than changed. */
function isPlug(body: Buffer): boolean {
  if (body.length < 5) return false;
  const type = body.readUInt32BE(1);
  return (type & 0x0f) <= 1 && (type & 0x30) !== 0x10;
}

function auth(): Buffer {
  const length = Buffer.alloc(5);
  length.write('x');
  length.writeUInt32BE(COOKIE_BYTES, 1);
  return packet(COMMAND.auth, TAG.auth, Buffer.concat([word(PROTOCOL_VERSION), length, cookie()]));
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

/** A property list: key, length, value, and an end. */
function clientName(): Buffer {
  const name = Buffer.from('Ringdesk\0');
  const head = Buffer.alloc(5);
  head.write('x');
  head.writeUInt32BE(name.length, 1);
  return packet(
    COMMAND.setClientName,
    TAG.clientName,
    Buffer.concat([
      Buffer.from('Ptapplication.name\0'),
      word(name.length),
      head,
      name,
      Buffer.from('N'),
    ]),
  );
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write('L');
  bytes.writeUInt32BE(value, 1);
  return bytes;
}

function packet(command: number, tag: number, body: Buffer): Buffer {
  const content = Buffer.concat([word(command), word(tag), body]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(content.length, 0);
  header.writeUInt32BE(CONTROL, 4);
  return Buffer.concat([header, content]);
}
