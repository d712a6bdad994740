import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { FromConsole } from '../../shared/relay/from-console.ts';
import {
  closeCodes,
  fromRelay,
  MAX_FRAME_BYTES,
  type FromRelayFrame,
} from '../../shared/relay/protocol.ts';

const entryPlace = z.object({
  type: z.literal('entry'),
  cursor: z.number().int().positive(),
  at: z.number().int().nonnegative().catch(0),
});

/** How often the relay is asked for a sign of life, in ms. */
const PROOF_EVERY_MS = 10_000;
/** Without a sign of life for this long the connection is dead, whatever its state says. */
const DEAD_AFTER_MS = 15_000;
/** From the first packet to the welcome. */
const WELCOME_WITHIN_MS = 10_000;

/** Why a connection is over. `refused`: trying again by itself would not help. */
export type LinkEnd =
  | { kind: 'lost'; why: string }
  | { kind: 'refused'; code: string; message: string };

export interface LinkOptions {
  url: string;
  token: string;
  WebSocket: typeof WebSocket;
  clock: Clock;
  onOpen: () => void;
  onFrame: (frame: FromRelayFrame) => void;
  /** The relay has just given a sign of life. */
  onProof: (at: number) => void;
  /** Once; nothing else is called after it. */
  onEnd: (end: LinkEnd) => void;
}

/**
 * One connection to the relay, from the first packet to its end. Frames are parsed; one that cannot be read ends the connection,
 * and because nothing of it was acknowledged, it comes again.
 */
export class Link {
  private readonly options: LinkOptions;
  private readonly socket: WebSocket;
  private provenAt: number;
  private pingedAt: number;
  private cancelTimer: () => void;
  private over = false;

  constructor(options: LinkOptions) {
    this.options = options;
    const { url, token, clock } = options;
    this.provenAt = clock.now();
    this.pingedAt = this.provenAt;
    this.socket = new options.WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: WELCOME_WITHIN_MS,
      perMessageDeflate: false,
    });
    this.cancelTimer = clock.at(clock.now() + WELCOME_WITHIN_MS, () => this.lose('no welcome'));
    this.socket.on('open', () => {
      if (!this.over) options.onOpen();
    });
    this.socket.on('message', (data, binary) => this.receive(data, binary));
    this.socket.on('pong', () => this.proven());
    this.socket.on('unexpected-response', (_request, response) => void this.turnedAway(response));
    this.socket.on('error', (error) => this.lose(error.message));
    this.socket.on('close', (code, reason) => this.end(endOfClose(code, reason.toString('utf8'))));
  }

  /** The relay has welcomed us: from now on it has to prove that it is there. */
  welcomed(): void {
    this.watch();
  }

  send(frame: FromConsole): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Ends the connection without waiting for the other side. */
  lose(why: string): void {
    this.end({ kind: 'lost', why });
  }

  private receive(data: RawData, binary: boolean): void {
    if (this.over) return;
    const frame = binary ? undefined : parseFrame(data);
    if (!frame) return this.lose('a frame that cannot be read');
    this.proven();
    if (frame.type === 'refused') return this.end(endOfRefusal(frame));
    this.options.onFrame(frame);
  }

  private proven(): void {
    if (this.over) return;
    this.provenAt = this.options.clock.now();
    this.options.onProof(this.provenAt);
  }

  private watch(): void {
    const { clock } = this.options;
    this.cancelTimer();
    const now = clock.now();
    if (now - this.provenAt >= DEAD_AFTER_MS) return this.lose('no sign of life');
    if (now - this.pingedAt >= PROOF_EVERY_MS) {
      this.pingedAt = now;
      if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
    }
    const next = Math.min(this.provenAt + DEAD_AFTER_MS, this.pingedAt + PROOF_EVERY_MS);
    this.cancelTimer = clock.at(Math.max(next, now + 1), () => this.watch());
  }

  /** The upgrade was answered with plain HTTP. */
  private async turnedAway(response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    const { code, message } = reasonOf(await readSome(response));
    if (status === 401 || status === 403 || status === 426) {
      this.end({
        kind: 'refused',
        code: code ?? 'unauthorized',
        message: message ?? `The relay refused this console (HTTP ${status}).`,
      });
      return;
    }
    this.lose(`HTTP ${status}${message === undefined ? '' : `: ${message}`}`);
  }

  private end(end: LinkEnd): void {
    if (this.over) return;
    this.over = true;
    this.cancelTimer();
    // A socket that is terminated while connecting reports an error to whoever still listens.
    this.socket.removeAllListeners();
    this.socket.on('error', () => undefined);
    this.socket.terminate();
    this.options.onEnd(end);
  }
}

function parseFrame(data: RawData): FromRelayFrame | undefined {
  try {
    const text = Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(toBytes(data));
    const frame: unknown = JSON.parse(text.toString('utf8'));
    return fromRelay.safeParse(frame).data ?? unreadable(frame);
  } catch {
    return undefined;
  }
}

/** An entry that we do not understand would come again and again: it is passed over like one the relay cannot read. */
function unreadable(frame: unknown): FromRelayFrame | undefined {
  const { data } = entryPlace.safeParse(frame);
  return data && { type: 'entry', cursor: data.cursor, at: data.at, body: { type: 'unreadable' } };
}

function toBytes(data: Buffer | ArrayBuffer): Uint8Array {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function endOfRefusal(frame: Extract<FromRelayFrame, { type: 'refused' }>): LinkEnd {
  switch (frame.code) {
    case 'unauthorized':
    case 'version':
    case 'replaced':
      return { kind: 'refused', code: frame.code, message: frame.message };
    case 'bad-frame':
    case 'shutting-down':
      return { kind: 'lost', why: `${frame.code}: ${frame.message}` };
    default:
      return assertNever(frame.code, 'refusal');
  }
}

const refusals = new Map<number, string>([
  [closeCodes.unauthorized, 'unauthorized'],
  [closeCodes.version, 'version'],
  [closeCodes.replaced, 'replaced'],
]);

function endOfClose(code: number, reason: string): LinkEnd {
  const refused = refusals.get(code);
  if (refused !== undefined) return { kind: 'refused', code: refused, message: reason };
  return { kind: 'lost', why: reason === '' ? `closed with ${code}` : `${reason} (${code})` };
}

const LONGEST_REASON = 16_384;

async function readSome(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    response.setEncoding('utf8');
    for await (const part of response) {
      text += String(part);
      if (text.length > LONGEST_REASON) break;
    }
  } catch {
    // What was read so far has to do.
  }
  return text;
}

const words = z.object({ code: z.string().optional(), message: z.string().optional() });
const reason = z.union([z.object({ error: words }).transform((body) => body.error), words]);

function reasonOf(text: string): z.infer<typeof words> {
  try {
    return reason.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
