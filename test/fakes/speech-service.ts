import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { OggSound } from '../helpers/ogg-sound.ts';

/** A request to the service. */
interface Asked {
  path: string;
  authorization: string | undefined;
  body: Buffer;
}

/**
 * An organisation's service for transcripts, which speaks as much of OpenAI's protocol as is used. It hears tones: what it
 * writes down is their pitch, at the time at which they are heard.
 */
export class SpeechService {
  readonly asked: Asked[] = [];
  status = 200;
  /** Called before each answer. */
  beforeAnswer: () => void = () => undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<SpeechService> {
    const service = new SpeechService();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}/`;
  }

  /** The files that it was sent. */
  get files(): readonly Buffer[] {
    return this.asked.flatMap(({ path, body }) =>
      path === '/v1/audio/transcriptions' ? [fileOf(body)] : [],
    );
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const { url: path = '', headers } = request;
    const body = Buffer.concat(parts);
    this.asked.push({ path, authorization: headers.authorization, body });
    this.beforeAnswer();
    response.writeHead(this.status, { 'content-type': 'application/json' });
    const answer =
      path === '/v1/chat/completions'
        ? { choices: [{ message: { content: ' About an order. ' } }] }
        : { text: 'whole', segments: tonesOf(fileOf(body)) };
    response.end(JSON.stringify(answer));
  }
}

/** The file of a form, which is its last part. */
function fileOf(form: Buffer): Buffer {
  const boundary = form.subarray(0, form.indexOf('\r\n'));
  const head = form.indexOf('filename=');
  const from = form.indexOf('\r\n\r\n', head) + 4;
  return form.subarray(from, form.lastIndexOf(boundary) - 2);
}

/** Listened to at once, less what a codec delays, in ms; pitches closer than this are one, in Hz. */
const STEP_MS = 100;
const DELAY_MS = 12;
const SAME_HZ = 20;
const AUDIBLE_DBFS = -30;

/** What is heard in an Ogg Opus file; other files are silent to it. */
function tonesOf(file: Buffer): readonly { start: number; end: number; text: string }[] {
  if (file.toString('latin1', 0, 4) !== 'OggS') return [];
  const sound = new OggSound(file);
  const tones: { from: number; to: number; hz: number }[] = [];
  for (let at = 0; at + STEP_MS <= sound.ms; at += STEP_MS) {
    const { hz, dbfs } = sound.heard(at + DELAY_MS, at + STEP_MS);
    const last = tones.at(-1);
    if (hz === undefined || dbfs < AUDIBLE_DBFS) continue;
    if (last?.to === at && Math.abs(last.hz - hz) < SAME_HZ) last.to = at + STEP_MS;
    else tones.push({ from: at, to: at + STEP_MS, hz });
  }
  return tones.map(({ from, to, hz }) => ({
    start: from / 1000,
    end: to / 1000,
    text: ` ${Math.round(hz / 20) * 20} hertz `,
  }));
}
