import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import type { WebSocketClass } from '../network/transport.ts';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Loss } from '../../shared/protocol/connection.ts';
import {
  MAX_FRAME_BYTES,
  upgradeRefusals,
  type FromRelayFrame,
} from '../../shared/protocol/frames.ts';
import { lossOf } from '../network/failure.ts';
import { readFrame } from './read-frame.ts';

/** How often the relay is asked for a sign of life, in ms. */
const PROOF_EVERY_MS = 2_000;
/** After this long without a sign of life the socket is dead: two pings failed. In ms. */
const DEAD_AFTER_MS = 4_500;
/** A timer this late means that this process was suspended, and an answer may wait to be read. */
const STOOD_STILL_MS = 1_000;
/** From the first packet to the welcome. */
const WELCOME_WITHIN_MS = 10_000;

/** Why a connection is over. `refused`: the relay itself said no. */
export type LinkEnd =
  | {
      kind: 'lost';
      why: Loss;
      /** For the log: the reason as the other side put it. */
      said?: string | undefined;
    }
  | { kind: 'refused'; code: string; message: string };

export interface LinkOptions {
  url: string;
  token: string;
  WebSocket: WebSocketClass;
  clock: Clock;
  onOpen: () => void;
  onFrame: (frame: FromRelayFrame) => void;
  /** The relay has just given a sign of life. */
  onProof: (at: number) => void;
  /** Once; nothing else is called after it. */
  onEnd: (end: LinkEnd) => void;
}

/**
 * One WebSocket to the relay, from the first packet to its end. A frame that cannot be parsed ends
 * it; as the frame was not acknowledged, it is sent again. One of an unknown type is ignored.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #socket: WebSocket;
  #proof: number;
  #cancelTimer: () => void;
  #cancelPing: () => void = () => undefined;
  #mustProve = false;
  #isOver = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { url, token, clock } = options;
    this.#proof = clock.now();
    this.#socket = new options.WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: WELCOME_WITHIN_MS,
      perMessageDeflate: false,
    });
    this.#cancelTimer = clock.at(clock.now() + WELCOME_WITHIN_MS, () =>
      this.lose({ code: 'timeout' }),
    );
    this.#socket.on('open', () => {
      if (!this.#isOver) options.onOpen();
    });
    this.#socket.on('message', (data, binary) => this.#receive(data, binary));
    this.#socket.on('pong', () => this.#proven());
    this.#socket.on(
      'unexpected-response',
      (_request, response) => void this.#handleHttpAnswer(response),
    );
    this.#socket.on('error', (error) => this.lose(lossOf(error), error.message));
    this.#socket.on('close', (code, reason) => {
      this.lose({ code: 'dropped' }, `closed with ${code} ${reason.toString('utf8')}`);
    });
  }

  /** When the relay last gave a sign of life, Unix ms. */
  get provenAt(): number {
    return this.#proof;
  }

  /** The relay has welcomed us: from now on it must answer pings. */
  welcomed(): void {
    this.#mustProve = true;
    this.#awaitProof(DEAD_AFTER_MS);
    this.#pingSoon();
  }

  send(frame: FromConsole): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Ends the connection without waiting for the other side. */
  lose(why: Loss, said?: string): void {
    this.#end({ kind: 'lost', why, said });
  }

  /** Ends the connection for good, and lets the relay know that it was meant. */
  leave(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.close(1001);
    this.#end({ kind: 'lost', why: { code: 'renewed' } });
  }

  #receive(data: RawData, binary: boolean): void {
    if (this.#isOver) return;
    const frame = binary ? undefined : readFrame(data);
    if (!frame) return this.lose({ code: 'unreadable' });
    this.#proven();
    // It belongs to a later version, and the rest of the connection is still good.
    if (frame === 'unknown') return;
    if (frame.type === 'refused') return this.#end(endOfRefusal(frame));
    this.#options.onFrame(frame);
  }

  #proven(): void {
    if (this.#isOver) return;
    this.#proof = this.#options.clock.now();
    if (this.#mustProve) this.#awaitProof(DEAD_AFTER_MS);
    this.#options.onProof(this.#proof);
  }

  /** Only timers decide: the machine's clock may be set between two readings. */
  #awaitProof(withinMs: number): void {
    const { clock } = this.#options;
    const due = clock.now() + withinMs;
    this.#cancelTimer();
    this.#cancelTimer = clock.at(due, () => {
      if (clock.now() - due < STOOD_STILL_MS) return this.lose({ code: 'silent' });
      this.#ping();
      this.#awaitProof(PROOF_EVERY_MS);
    });
  }

  #pingSoon(): void {
    const { clock } = this.#options;
    this.#cancelPing = clock.at(clock.now() + PROOF_EVERY_MS, () => {
      this.#ping();
      this.#pingSoon();
    });
  }

  #ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  /**
   * The upgrade was answered with plain HTTP. Only the relay's own JSON is a refusal: anything in
   * between may answer with any status or page, and perhaps only for a while.
   */
  async #handleHttpAnswer(response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    const text = await readSome(response);
    const refusal = refusalOf(status, text);
    if (refusal) return this.#end({ kind: 'refused', ...refusal });
    this.lose({ code: 'http', about: String(status) }, `HTTP ${status}`);
  }

  #end(end: LinkEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer();
    this.#cancelPing();
    // A socket that is terminated while connecting still emits an error.
    this.#socket.removeAllListeners();
    this.#socket.on('error', () => undefined);
    // One that says good-bye goes when that is sent.
    if (this.#socket.readyState !== this.#socket.CLOSING) this.#socket.terminate();
    this.#options.onEnd(end);
  }
}

function endOfRefusal(frame: Extract<FromRelayFrame, { type: 'refused' }>): LinkEnd {
  switch (frame.code) {
    case 'unauthorized':
    case 'version':
    case 'replaced':
      return { kind: 'refused', code: frame.code, message: frame.message };
    case 'bad-frame':
      return { kind: 'lost', why: { code: 'unreadable' }, said: frame.message };
    case 'too-slow':
      return { kind: 'lost', why: { code: 'dropped' }, said: frame.message };
    case 'shutting-down':
      return { kind: 'lost', why: { code: 'shutting-down' }, said: frame.message };
    default:
      return assertNever(frame.code, 'refusal');
  }
}

const LONGEST_REASON = 16_384;
/** A refusal is short; an answer that takes longer is not the relay's. In ms. */
const REASON_WITHIN_MS = 2_000;

async function readSome(response: IncomingMessage): Promise<string> {
  let text = '';
  const giveUp = setTimeout(() => response.destroy(), REASON_WITHIN_MS);
  try {
    response.setEncoding('utf8');
    for await (const part of response) {
      text += String(part);
      if (text.length > LONGEST_REASON) break;
    }
  } catch {
    // Use what was read so far.
  } finally {
    clearTimeout(giveUp);
  }
  return text;
}

/** See `errorBody` and the upgrade in `src/relay`. */
const refusal = z
  .object({
    error: z
      .object({ code: z.enum(upgradeRefusals), message: z.string().min(1).max(1_000) })
      .strict(),
  })
  .strict();

function refusalOf(status: number, text: string): { code: string; message: string } | undefined {
  if (status !== 401) return undefined;
  try {
    return refusal.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
}
