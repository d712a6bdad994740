import { logMessages, noAnswerCode } from './error-words.ts';
import type { z } from 'zod';
import { boundedText } from '../lib/bounded-text.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Answer, ClientPorts, Fetch } from './client.ts';
import type { ProviderId } from '../rules/data/providers.ts';
import type { ProviderError } from './events.ts';
import type { ApiRequest, Policy } from './api-request.ts';
import { encodeForm } from './form.ts';
import { ownError } from './own-errors.ts';

export interface SenderOptions extends ClientPorts {
  provider: ProviderId;
  /** The API's root, followed by the requests' paths. */
  base: string;
  /** The secret for `{key}` in headers. Kept only in this object. */
  key: string;
  /** Converts a refusal. `json` is undefined if the body was not JSON. */
  errorOf: (status: number, json: unknown) => ProviderError;
}

/**
 * Shortest and longest pause of reads after a 429, in ms (docs/providers/zernio.md#rate-limits).
 */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 120_000;

/**
 * Sends one account's requests and parses the answers. After a 429 it pauses reads until the time
 * the provider names, so polling never makes things worse; an agent's own actions are still sent.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #clock: Pick<Clock, 'now'>;
  /** Unix ms. */
  #pausedUntil = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  async query<T>(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType<T>,
    errorOf = this.#options.errorOf,
  ): Promise<Answer<T>> {
    const answer = await this.#send(policy, request, schema, errorOf);
    const { provider, onAnswer } = this.#options;
    if (answer.ok) {
      onAnswer?.(undefined);
      return answer;
    }
    const error = { ...answer.error, provider };
    onAnswer?.(error);
    return { ok: false, error };
  }

  async #send<T>(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType<T>,
    errorOf: SenderOptions['errorOf'],
  ): Promise<Answer<T>> {
    const { base, fetch, log } = this.#options;
    const now = () => this.#clock.now();
    const { method } = request;
    const left = this.#pausedUntil - now();
    if (method === 'GET' && left > 0)
      return failed('http-429', logMessages.busyFor(Math.ceil(left / 1000)), true);
    const outcome = await sendJson({
      fetch,
      log,
      now,
      ...policy,
      url: `${base.replace(/\/+$/, '')}${request.path}${queryOf(request)}`,
      method,
      headers: this.#withKey(request.headers),
      content: contentOf(request),
    });
    if (outcome.kind !== 'answer') {
      return failed(noAnswerCode(outcome), outcome.why, outcome.kind !== 'too-large');
    }
    const { status, json, pauseMs } = outcome;
    if (status === 429) {
      const pause = Math.min(Math.max(pauseMs ?? 0, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
      this.#pausedUntil = now() + pause;
    }
    if (status >= 300) return { ok: false, error: errorOf(status, json) };
    const parsed = schema.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data } : unreadable;
  }

  /** For requests whose answer only confirms success. */
  async command(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType,
    errorOf = this.#options.errorOf,
  ): Promise<Answer> {
    const answer = await this.query(policy, request, schema, errorOf);
    return answer.ok ? done : answer;
  }

  #withKey(headers: ApiRequest['headers']): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        // A function, because `$&` and the like in a key would be replacement patterns.
        value.replace('{key}', () => this.#options.key),
      ]),
    );
  }
}

function contentOf({ body, form }: ApiRequest): HttpRequest['content'] {
  if (form) return encodeForm(form);
  return body && { type: 'application/json', bytes: JSON.stringify(body) };
}

function queryOf({ query = {} }: ApiRequest): string {
  const parts = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

export function failed(code: string, message: string, transient = false) {
  return { ok: false, error: { code, message, transient } } as const;
}

export const done: Answer = { ok: true, value: true };

/** The provider answered in an unknown form. */
const unreadable = { ok: false, error: ownError('unreadable') } as const;

/** The provider identifies people by number only, and this person shows none. */
export const noNumber = { ok: false, error: ownError('noNumber') } as const;

interface HttpRequest {
  fetch: Fetch;
  log: { warn(message: string): void };
  /** Unix ms, for pauses given as a time of day. */
  now: () => number;
  url: string;
  method: string;
  headers: Record<string, string>;
  content: { type: string; bytes: string | Uint8Array<ArrayBuffer> } | undefined;
  /** For all attempts together, in ms. */
  withinMs: number;
  /** Whether a request that may have arrived can safely be sent again. */
  repeatable: boolean;
}

/** `network`: no connection, or it broke; `timeout`: no answer in time; `too-large`: it was not read to its end. */
type HttpOutcome =
  | {
      kind: 'answer';
      status: number;
      json: unknown;
      /** How long the server asks to wait, in ms, if it does. */
      pauseMs?: number | undefined;
    }
  | { kind: 'network' | 'timeout' | 'too-large'; why: string };

/** The longest list of templates is far shorter, in bytes. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

/** Waits before the second and third attempt, in ms, unless the server names one. */
const PAUSES_MS = [200, 800] as const;

/** Errors before the first byte was sent: the server cannot have seen the request. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // Errors of the console's proxy; all occur before a connection exists.
  'unreachable',
  'host-unknown',
  'timeout',
  'not-tls',
  'insecure',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-early',
  'certificate-name',
  'proxy-unreachable',
  'proxy-password',
  'proxy-sign-in',
  'proxy-refused',
]);

/**
 * Sends one request, usually with JSON both ways. Retries quickly, at most twice: when the request cannot
 * have arrived or was turned away unread (429), and after a 5xx or a broken connection only if it
 * is repeatable. Honours a pause the server asks for, or gives up if it exceeds the time limit.
 * Never throws.
 */
async function sendJson(request: HttpRequest): Promise<HttpOutcome> {
  const limit = AbortSignal.timeout(request.withinMs);
  for (let attempt = 0; ; attempt++) {
    const outcome = await once(request, limit);
    const { result } = outcome;
    const short = PAUSES_MS[attempt];
    if (short === undefined || limit.aborted || !mayTryAgain(outcome, request.repeatable)) {
      return result;
    }
    const pause = (result.kind === 'answer' ? result.pauseMs : undefined) ?? short;
    if (pause >= request.withinMs) return result;
    request.log.warn(
      `${request.method} failed (${result.kind === 'answer' ? result.status : result.why}), trying again`,
    );
    if (!(await paused(pause, limit))) return result;
  }
}

/** Whether the pause ended before the time limit. */
function paused(ms: number, limit: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      limit.removeEventListener('abort', over);
      resolve(true);
    }, ms);
    limit.addEventListener('abort', over);
  });
}

interface Try {
  result: HttpOutcome;
  /** Whether the server may have seen the request. */
  sent: boolean;
}

async function once(request: HttpRequest, signal: AbortSignal): Promise<Try> {
  const { method, headers, content } = request;
  try {
    const answer = await request.fetch(request.url, {
      method,
      headers: { ...headers, ...(content && { 'content-type': content.type }) },
      ...(content && { body: content.bytes }),
      // A redirect target must not get the token.
      redirect: 'error',
      signal,
    });
    const { status } = answer;
    const text = await boundedText(answer.body, LARGEST_ANSWER);
    if (text === undefined)
      return { result: { kind: 'too-large', why: logMessages.tooLarge }, sent: true };
    const pauseMs = pauseOf(status, answer.headers, request.now());
    return { result: { kind: 'answer', status, json: parse(text), pauseMs }, sent: true };
  } catch (error) {
    const code = codeOf(error);
    const sent = code === undefined || !NEVER_SENT.has(code);
    if (signal.aborted) return { result: { kind: 'timeout', why: 'No answer in time.' }, sent };
    return { result: { kind: 'network', why: code ?? String(error) }, sent };
  }
}

function mayTryAgain({ result, sent }: Try, repeatable: boolean): boolean {
  if (result.kind === 'too-large') return false;
  if (result.kind !== 'answer') return !sent || repeatable;
  if (result.status === 429) return true;
  return result.status >= 500 && repeatable;
}

/**
 * As Unix seconds this is the year 5138, as milliseconds 1973, so larger values are milliseconds.
 */
const MILLISECONDS_FROM = 1e11;

/**
 * `Retry-After` in seconds or as a date (RFC 9110); for a 429 otherwise `X-RateLimit-Reset` in Unix
 * seconds or in ms, as in Zernio's own inbox (docs/providers/zernio.md#rate-limits). In ms, never
 * negative.
 */
function pauseOf(
  status: number,
  headers: { get(name: string): string | null },
  now: number,
): number | undefined {
  if (status < 400) return undefined;
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const reset = Number(headers.get('x-ratelimit-reset') ?? '');
  if (status !== 429 || !Number.isFinite(reset) || reset <= 0) return undefined;
  return Math.max(0, (reset < MILLISECONDS_FROM ? reset * 1000 : reset) - now);
}

/** `null` for an empty body, undefined for text that is not JSON, e.g. a proxy's page. */
function parse(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the reason in the error's cause. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
