import type { z } from 'zod';
import type { Permission } from '../../shared/ipc/model.ts';
import {
  DEFAULT_API_BASE,
  DEFAULT_API_VERSION,
  messageAnswer,
  metaErrorOf,
  metaRequests,
  placedAnswer,
  successAnswer,
  type MetaRequest,
} from '../../shared/providers/meta/api.ts';
import { permissionAnswer, permissionOf } from '../../shared/providers/meta/permission.ts';
import { ProviderFailure, type Provider } from '../calls/ports.ts';
import type { Account } from './account.ts';
import type { ProviderDeps } from './index.ts';
import { sendJson, type HttpOutcome } from './send-json.ts';

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

/** A number at Meta's Cloud API, called directly. */
export class MetaProvider implements Provider {
  private readonly account: Account;
  private readonly token: string;
  private readonly deps: ProviderDeps;

  constructor(account: Account, token: string, deps: ProviderDeps) {
    this.account = account;
    this.token = token;
    this.deps = deps;
  }

  async place(call: {
    to: string;
    sdp: string;
    opaque: string;
  }): Promise<{ providerCallId: string }> {
    const answer = await this.ask('connect', metaRequests.connect(this.from, call), placedAnswer);
    const [first] = answer.calls;
    if (!first) throw unreadable();
    return { providerCallId: first.id };
  }

  async preAccept(providerCallId: string, sdp: string): Promise<void> {
    await this.ask(
      'preAccept',
      metaRequests.preAccept(this.from, providerCallId, sdp),
      successAnswer,
    );
  }

  async accept(providerCallId: string, sdp: string): Promise<void> {
    await this.ask('accept', metaRequests.accept(this.from, providerCallId, sdp), successAnswer);
  }

  async reject(providerCallId: string): Promise<void> {
    await this.ask('reject', metaRequests.reject(this.from, providerCallId), successAnswer);
  }

  async terminate(providerCallId: string): Promise<void> {
    const request = metaRequests.terminate(this.from, providerCallId);
    try {
      await this.ask('terminate', request, successAnswer);
    } catch (error) {
      // The other side was faster (facts 1.1: an error, to be treated as benign). No code is documented for it.
      if (!(error instanceof ProviderFailure) || !isOver(error)) throw error;
    }
  }

  async permission(to: string): Promise<Permission> {
    const answer = await this.ask(
      'permission',
      metaRequests.permission(this.from, to),
      permissionAnswer,
    );
    return permissionOf(answer, this.deps.clock.now());
  }

  async requestPermission(to: string, text: string): Promise<void> {
    const request = metaRequests.requestPermission(this.from, to, text);
    await this.ask('requestPermission', request, messageAnswer);
  }

  private get from(): string {
    return this.account.phoneNumberId;
  }

  private async ask<T>(
    what: keyof typeof policies,
    request: MetaRequest,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const { apiBase = DEFAULT_API_BASE, apiVersion = DEFAULT_API_VERSION } = this.account;
    const outcome = await sendJson({
      ...this.deps,
      ...policies[what],
      url: `${apiBase.replace(/\/+$/, '')}/${apiVersion}${request.path}`,
      method: request.method,
      headers: { authorization: `Bearer ${this.token}` },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
    });
    return read(outcome, schema);
  }
}

function read<T>(outcome: HttpOutcome, schema: z.ZodType<T>): T {
  if (outcome.kind !== 'answer') {
    throw new ProviderFailure({ code: outcome.kind, message: outcome.why, transient: true });
  }
  const { status, json } = outcome;
  if (status >= 300) throw new ProviderFailure(metaErrorOf(status, json));
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw unreadable();
  return parsed.data;
}

function unreadable(): ProviderFailure {
  return new ProviderFailure({
    code: 'unreadable',
    message: 'The answer was not in the expected form.',
    transient: false,
  });
}

/** Meta documents the case but no code for it (facts 1.1 and 9), so only its words can tell. */
function isOver({ error }: ProviderFailure): boolean {
  return /terminated|ended|completed/i.test(`${error.message} ${error.details ?? ''}`);
}
