import type { z } from 'zod';
import type { Answer, CallClient, Recipient } from '../client.ts';
import type { ProviderError } from '../events.ts';
import {
  DEFAULT_API_BASE,
  DEFAULT_API_VERSION,
  messageAnswer,
  metaErrorOf,
  metaRequests,
  placedAnswer,
  successAnswer,
  type MetaRequest,
} from './api.ts';
import { permissionAnswer } from './permission.ts';
import { sendJson, type Fetch, type HttpOutcome } from './send-json.ts';

/** How long a request may take in all, tries included, in ms, and whether sending it twice is harmless. */
const policies = {
  /** A second call could be started, so only what never arrived is sent again. */
  connect: { withinMs: 15_000, repeatable: false },
  preAccept: { withinMs: 5_000, repeatable: false },
  /** The customer waits, and the whole ring lasts 30–60 s (facts 2.8). */
  accept: { withinMs: 5_000, repeatable: false },
  reject: { withinMs: 10_000, repeatable: true },
  terminate: { withinMs: 10_000, repeatable: true },
  permission: { withinMs: 8_000, repeatable: true },
  /** A message that is sent twice is billed twice. */
  requestPermission: { withinMs: 10_000, repeatable: false },
} as const;

export interface MetaClientOptions {
  /** Root of the API without a version; missing = Meta's own. */
  apiBase?: string | undefined;
  /** E.g. `v26.0`; missing = the version this app was built for. */
  apiVersion?: string | undefined;
  phoneNumberId: string;
  /** Kept in this object alone. */
  accessToken: string;
  fetch: Fetch;
  log: { warn(message: string): void };
}

/** One number at Meta's Cloud API, called directly: by a console, or by the relay for an anchored account. */
export class MetaClient implements CallClient {
  private readonly options: MetaClientOptions;

  constructor(options: MetaClientOptions) {
    this.options = options;
  }

  async place(call: {
    to: Recipient;
    sdp: string;
    opaque: string;
  }): Promise<Answer<{ providerCallId: string }>> {
    const request = metaRequests.connect(this.from, { ...call, to: call.to.waId ?? '' });
    const answer = await this.ask('connect', request, placedAnswer);
    if (!answer.ok) return answer;
    const [first] = answer.value.calls;
    return first ? { ok: true, value: { providerCallId: first.id } } : unreadable;
  }

  preAccept(providerCallId: string, sdp: string): Promise<Answer> {
    return this.tell('preAccept', metaRequests.preAccept(this.from, providerCallId, sdp));
  }

  accept(providerCallId: string, sdp: string): Promise<Answer> {
    return this.tell('accept', metaRequests.accept(this.from, providerCallId, sdp));
  }

  reject(providerCallId: string): Promise<Answer> {
    return this.tell('reject', metaRequests.reject(this.from, providerCallId));
  }

  /** Ending a call that is over already is not an error: the other side was faster (facts 1.1). */
  async terminate(providerCallId: string): Promise<Answer> {
    const answer = await this.tell('terminate', metaRequests.terminate(this.from, providerCallId));
    return !answer.ok && isOver(answer.error) ? { ok: true, value: true } : answer;
  }

  permission(to: string): Promise<Answer<z.infer<typeof permissionAnswer>>> {
    return this.ask('permission', metaRequests.permission(this.from, to), permissionAnswer);
  }

  async requestPermission(to: string, text: string): Promise<Answer> {
    const request = metaRequests.requestPermission(this.from, to, text);
    const answer = await this.ask('requestPermission', request, messageAnswer);
    return answer.ok ? { ok: true, value: true } : answer;
  }

  private get from(): string {
    return this.options.phoneNumberId;
  }

  private async tell(what: keyof typeof policies, request: MetaRequest): Promise<Answer> {
    const answer = await this.ask(what, request, successAnswer);
    return answer.ok ? { ok: true, value: true } : answer;
  }

  private async ask<T>(
    what: keyof typeof policies,
    request: MetaRequest,
    schema: z.ZodType<T>,
  ): Promise<Answer<T>> {
    const {
      apiBase = DEFAULT_API_BASE,
      apiVersion = DEFAULT_API_VERSION,
      accessToken,
      fetch,
      log,
    } = this.options;
    const outcome = await sendJson({
      fetch,
      log,
      ...policies[what],
      url: `${apiBase.replace(/\/+$/, '')}/${apiVersion}${request.path}`,
      method: request.method,
      headers: { authorization: `Bearer ${accessToken}` },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
    });
    return read(outcome, schema);
  }
}

function read<T>(outcome: HttpOutcome, schema: z.ZodType<T>): Answer<T> {
  if (outcome.kind !== 'answer') {
    return {
      ok: false,
      error: { code: outcome.kind, message: outcome.why, transient: true },
    };
  }
  const { status, json } = outcome;
  if (status >= 300) return { ok: false, error: metaErrorOf(status, json) };
  const parsed = schema.safeParse(json);
  return parsed.success ? { ok: true, value: parsed.data } : unreadable;
}

const unreadable = {
  ok: false,
  error: {
    code: 'unreadable',
    message: 'The answer was not in the expected form.',
    transient: false,
  },
} as const;

/** Meta documents the case but no code for it (facts 1.1 and 9), so only its words can tell. */
function isOver({ message, details }: ProviderError): boolean {
  return /terminated|ended|completed/i.test(`${message} ${details ?? ''}`);
}
