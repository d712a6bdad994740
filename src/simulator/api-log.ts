import { redact } from '../shared/lib/redact.ts';
import type { Clock } from '../shared/lib/clock.ts';
import type { HttpReply, HttpRequest } from './http/server.ts';
import { Emitter } from './lib/emitter.ts';
import type { ApiRecord, Handled } from './providers.ts';

/** Every request to the provider APIs, in order. Headers, and so tokens, are not kept. */
export class ApiLog {
  readonly events = new Emitter<ApiRecord>();
  readonly #records: ApiRecord[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  all(): readonly ApiRecord[] {
    return this.#records;
  }

  /** Runs a request and logs it with its answer. */
  async run(
    request: HttpRequest,
    accountId: string | null,
    handle: () => Promise<Handled>,
  ): Promise<HttpReply> {
    const at = this.#clock.now();
    const startedAt = performance.now();
    const { reply, action, callId } = await handle();
    const record: ApiRecord = {
      id: this.#records.length + 1,
      at,
      accountId,
      method: request.method,
      path: redactQuery(request),
      action,
      callId: callId ?? null,
      body: readable(request.body),
      status: statusOf(reply),
      answer: reply.kind === 'json' ? reply.body : null,
      tookMs: Math.round(performance.now() - startedAt),
    };
    this.#records.push(record);
    this.events.emit(record);
    return reply;
  }
}

function statusOf(reply: HttpReply): ApiRecord['status'] {
  if (reply.kind === 'json') return reply.status;
  return reply.kind === 'reset' ? 'reset' : 200;
}

/** Graph also takes the token as `?access_token=`. */
function redactQuery({ path, query }: HttpRequest): string {
  const shown = new URLSearchParams(query);
  if (shown.has('access_token')) shown.set('access_token', '[…]');
  return shown.size === 0 ? path : `${path}?${shown.toString()}`;
}

function readable(body: Buffer): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString());
  } catch {
    return redact(body.toString());
  }
}
