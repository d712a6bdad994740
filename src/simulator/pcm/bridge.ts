import { randomUUID } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { fromBytes, toBytes } from './bytes.ts';
import { aLaw, muLaw, type G711 } from './g711.ts';
import type { PcmSession, PcmWire } from './session.ts';

/**
 * The form of a bridge's frames. Zernio documents none for a `wss:` destination; `json` is the
 * media streaming of the carrier beneath it, `binary` is bare PCM16.
 */
type BridgeFrames = 'json' | 'binary';
type BridgeCodec = 'PCMU' | 'PCMA' | 'L16';

export interface BridgeOptions {
  /** The `wss:` (or, for tests, `ws:`) destination. */
  url: string;
  callId: string;
  session: PcmSession;
  frames: BridgeFrames;
  codec: BridgeCodec;
  /** Whether the start frame names the call. */
  namesCall: boolean;
  /** The other side ended the bridge, and with it the call. */
  onClosed(): void;
}

const mediaFrame = z.object({
  event: z.literal('media'),
  media: z.object({ payload: z.string() }),
});

/**
 * Connects a customer to a media server, as a provider does when it forwards a call to a `wss:`
 * address.
 *
 * @returns closes the connection
 */
export function connectBridge(options: BridgeOptions): () => void {
  const { session, frames, codec, callId } = options;
  const socket = new WebSocket(options.url);
  const streamId = randomUUID();
  let sequence = 0;
  const say = (event: string, body: Record<string, unknown>) => {
    const frame = { event, sequence_number: String(++sequence), stream_id: streamId, ...body };
    socket.send(JSON.stringify(frame));
  };
  const wire: PcmWire = {
    send(samples) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (frames === 'binary') return socket.send(toBytes(samples));
      const payload = encode(codec, samples).toString('base64');
      say('media', { media: { track: 'inbound', chunk: String(sequence), payload } });
    },
    close: () => socket.close(),
    cut: () => socket.terminate(),
  };
  socket.on('open', () => {
    if (frames === 'json') {
      socket.send(JSON.stringify({ event: 'connected', version: '1.0.0' }));
      const { sampleRate } = session.format;
      say('start', {
        start: {
          ...(options.namesCall && { call_control_id: callId }),
          media_format: { encoding: codec, sample_rate: sampleRate, channels: 1 },
        },
      });
    }
    session.connect(wire);
  });
  socket.on('message', (data, binary) => {
    const samples = readSound(data, binary, options);
    if (samples) session.hear(samples);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    session.detach(wire);
    options.onClosed();
  });
  return () => {
    if (frames === 'json' && socket.readyState === WebSocket.OPEN) say('stop', { stop: {} });
    socket.close();
  };
}

function readSound(
  data: RawData,
  binary: boolean,
  { frames, codec }: BridgeOptions,
): Int16Array | undefined {
  if (!Buffer.isBuffer(data)) return undefined;
  if (frames === 'binary') return binary ? fromBytes(data) : undefined;
  const frame = mediaFrame.safeParse(readJson(data.toString('utf8'))).data;
  return frame && decode(codec, Buffer.from(frame.media.payload, 'base64'));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function encode(codec: BridgeCodec, samples: Int16Array): Buffer {
  switch (codec) {
    case 'PCMU':
      return squeeze(muLaw, samples);
    case 'PCMA':
      return squeeze(aLaw, samples);
    case 'L16':
      return toBytes(samples);
    default:
      return assertNever(codec, 'codec');
  }
}

function decode(codec: BridgeCodec, bytes: Buffer): Int16Array {
  switch (codec) {
    case 'PCMU':
      return Int16Array.from(bytes, (byte) => muLaw.decode(byte));
    case 'PCMA':
      return Int16Array.from(bytes, (byte) => aLaw.decode(byte));
    case 'L16':
      return fromBytes(bytes);
    default:
      return assertNever(codec, 'codec');
  }
}

function squeeze(law: G711, samples: Int16Array): Buffer {
  return Buffer.from(Array.from(samples, (sample) => law.encode(sample)));
}
