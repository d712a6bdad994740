import { logMessages, noAnswerCode } from './error-words.ts';
import type { z } from 'zod';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Answer } from './client.ts';
import type { ProviderId } from '../rules/data/providers.ts';
import type { ProviderError } from './events.ts';
import type { ApiRequest } from './api-request.ts';
import { sendJson, type Fetch } from './send-json.ts';
import { ownError } from './own-errors.ts';

/** The time limit of a request with all attempts, in ms, and whether it may be sent twice. */
interface Policy {
  withinMs: number;
  repeatable: boolean;
}

export const policies = {
  /** Could start a second call, so only what never arrived is sent again. */
  place: { withinMs: 15_000, repeatable: false },
  /** Carries a key that keeps the provider from dialling twice. */
  placeOnce: { withinMs: 15_000, repeatable: true },
  preAccept: { withinMs: 5_000, repeatable: false },
  /** The customer waits, and ringing lasts only 30–60 s (docs/providers/meta.md#timing). */
  accept: { withinMs: 5_000, repeatable: false },
  end: { withinMs: 10_000, repeatable: true },
  read: { withinMs: 8_000, repeatable: true },
  /** A message sent twice is billed twice. */
  message: { withinMs: 10_000, repeatable: false },
  /** Settings: sending the same value again changes nothing. */
  change: { withinMs: 10_000, repeatable: true },
  /** Would start something twice: an audio file, a session. */
  begin: { withinMs: 8_000, repeatable: false },
} as const satisfies Record<string, Policy>;

/** What every client needs from outside. */
export interface ClientDeps {
  fetch: Fetch;
  log: { warn(message: string): void };
  clock?: Pick<Clock, 'now'> | undefined;
  /** Called when a request ends: undefined if the provider accepted it, else the error. */
  told?: ((error: ProviderError | undefined) => void) | undefined;
}

export interface SenderOptions extends ClientDeps {
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
  private readonly options: SenderOptions;
  private readonly clock: Pick<Clock, 'now'>;
  /** Unix ms. */
  private pausedUntil = 0;

  constructor(options: SenderOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
  }

  async ask<T>(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType<T>,
    errorOf = this.options.errorOf,
  ): Promise<Answer<T>> {
    const answer = await this.send(policy, request, schema, errorOf);
    const { provider, told } = this.options;
    if (answer.ok) {
      told?.(undefined);
      return answer;
    }
    const error = { ...answer.error, provider };
    told?.(error);
    return { ok: false, error };
  }

  private async send<T>(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType<T>,
    errorOf: SenderOptions['errorOf'],
  ): Promise<Answer<T>> {
    const { base, fetch, log } = this.options;
    const now = () => this.clock.now();
    const { method, body } = request;
    const left = this.pausedUntil - now();
    if (method === 'GET' && left > 0)
      return failed('http-429', logMessages.busyFor(Math.ceil(left / 1000)), true);
    const outcome = await sendJson({
      fetch,
      log,
      now,
      ...policy,
      url: `${base.replace(/\/+$/, '')}${request.path}${queryOf(request)}`,
      method,
      headers: this.withKey(request.headers),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (outcome.kind !== 'answer') return failed(noAnswerCode(outcome), outcome.why, true);
    const { status, json, pauseMs } = outcome;
    if (status === 429) {
      const pause = Math.min(Math.max(pauseMs ?? 0, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
      this.pausedUntil = now() + pause;
    }
    if (status >= 300) return { ok: false, error: errorOf(status, json) };
    const parsed = schema.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data } : unreadable;
  }

  /** For requests whose answer only confirms success. */
  async tell(
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType,
    errorOf = this.options.errorOf,
  ): Promise<Answer> {
    const answer = await this.ask(policy, request, schema, errorOf);
    return answer.ok ? done : answer;
  }

  private withKey(headers: ApiRequest['headers']): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        // A function, because `$&` and the like in a key would be replacement patterns.
        value.replace('{key}', () => this.options.key),
      ]),
    );
  }
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
