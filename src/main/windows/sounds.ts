import { soundOf } from '../../shared/ipc/sounds.ts';

/** A file of sound that is read from any place. */
interface Sound {
  mime: string;
  bytes: number;
  /** From `from` to before `to`; may be less, then it is asked again. */
  read: (from: number, to: number) => Promise<Uint8Array>;
  close: () => Promise<void>;
}

/** Opens a track of a recording; undefined if there is none to be heard. */
export type OpenSound = (recordingId: string, track: number) => Promise<Sound | undefined>;

/**
 * Streams recordings to the pages, in the ranges that the player asks for. A page gets sound by the recording's id,
 * never a path or an address.
 */
export class Sounds {
  readonly #reader: string | undefined;
  #open: OpenSound | undefined;

  /** @param reader another origin that may read them */
  constructor(reader: string | undefined) {
    this.#reader = reader;
  }

  /** From now on recordings come from there. */
  from(open: OpenSound): void {
    this.#open = open;
  }

  /** @returns undefined if another thing than a sound is asked for */
  async answer(
    request: Pick<Request, 'url' | 'method' | 'headers'>,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response | undefined> {
    const asked = soundOf(request.url);
    if (!asked) return undefined;
    const more = {
      ...headers,
      'Cache-Control': 'no-store',
      ...(this.#reader !== undefined && { 'Access-Control-Allow-Origin': this.#reader }),
    };
    const nothing = new Response(null, { status: 404, headers: more });
    if (request.method !== 'GET') return nothing;
    const sound = await this.#open?.(asked.recordingId, asked.track).catch(() => undefined);
    return sound ? rangeOf(sound, request.headers.get('range'), more) : nothing;
  }
}

/** The answer to a request for a range (RFC 9110, 14), or for all. */
function rangeOf(
  sound: Sound,
  range: string | null,
  headers: Readonly<Record<string, string>>,
): Response {
  const { bytes, mime } = sound;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '') ?? [];
  const isRange = first !== '' || last !== '';
  const from = first === '' ? (last === '' ? 0 : Math.max(0, bytes - Number(last))) : Number(first);
  const to = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (isRange && (from >= bytes || from >= to)) {
    void sound.close();
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${bytes}` },
    });
  }
  return new Response(streamOf(sound, from, to), {
    status: isRange ? 206 : 200,
    headers: {
      ...headers,
      'Content-Type': mime,
      'Accept-Ranges': 'bytes',
      'Content-Length': String(to - from),
      ...(isRange && { 'Content-Range': `bytes ${from}-${to - 1}/${bytes}` }),
    },
  });
}

/** Reads no further than the player does. */
function streamOf(sound: Sound, from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = from;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const part = at < to ? await sound.read(at, to) : new Uint8Array();
        at += part.length;
        if (part.length > 0) controller.enqueue(new Uint8Array(part));
        if (at < to && part.length > 0) return;
        await sound.close();
        controller.close();
      } catch (error) {
        controller.error(error);
        await sound.close().catch(() => undefined);
      }
    },
    async cancel() {
      await sound.close().catch(() => undefined);
    },
  });
}
