import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import {
  auth,
  clientName,
  COMMAND,
  type Packet,
  PacketReader,
  readEvent,
  readValues,
  subscribe,
  SUBSCRIBED,
} from './sound-protocol.ts';
import { StreamReturn } from './stream-return.ts';

/** A desktop without a sound server is normal; one that was restarted is back soon. In ms. */
const RETRY_MS = { after: 2_000, without: 60_000 };

/** What is told of the sound server, and asked for it. */
export interface SoundWatch {
  /** A device came or went; whether our sound returns with it. */
  onPlugged: (returnsSound: boolean) => void;
  /** Whether a process with this id is one of ours, so that its streams are, too. */
  isOurs: (pid: number) => boolean;
}

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
 * Calls back when the sound server gets or loses a device, because Chromium on Linux watches udev alone, which reports no
 * Bluetooth headset; and returns our streams to a device that is back ({@link StreamReturn}).
 *
 * @returns stops watching
 */
export function watchSoundServer(
  path: string,
  { onPlugged, isOurs }: SoundWatch,
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
    const streams = new StreamReturn((bytes) => now.write(bytes), isOurs);
    socket = now;
    now.unref();
    const take = ({ command, tag, body }: Packet) => {
      if (command === COMMAND.reply && tag === TAG.auth) {
        now.write(clientName(TAG.clientName));
        const { sinks, sources, streams: playing } = SUBSCRIBED;
        now.write(subscribe(TAG.subscribe, sinks | sources | playing));
        return;
      }
      if (command === COMMAND.reply && tag === TAG.subscribe) {
        subscribed = true;
        streams.start();
        log.info('sound: following the sound server');
        return;
      }
      if (command === COMMAND.reply) streams.takeReply(tag, readValues(body));
      if (command === COMMAND.error) streams.takeReply(tag, []);
      if (command !== COMMAND.event) return;
      const event = readEvent(body);
      if (!event) return;
      // First, so that what a window plays because of the plug is in its place already.
      streams.takeEvent(event);
      if (event.of !== 'stream' && event.what !== 'changed') onPlugged(streams.isOn);
    };
    now.on('connect', () => now.write(auth(TAG.auth)));
    now.on('error', () => now.destroy());
    now.on('data', (chunk) => {
      for (const packet of reader.read(chunk) ?? [BROKEN]) {
        // Later, a stream that we ask about may only be gone.
        const isRefused = packet.command === COMMAND.error && !subscribed;
        if (isRefused || packet === BROKEN) return now.destroy();
        take(packet);
      }
      return undefined;
    });
    now.on('close', () => {
      if (isClosed) return;
      // What changed while it was away is unknown.
      if (subscribed) onPlugged(streams.isOn);
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
const BROKEN: Packet = { command: -1, tag: -1, body: Buffer.alloc(0) };
