import { mapResult } from '../../src/shared/lib/result.ts';
import { EventEmitter, once } from 'node:events';
import type { Provider, ProviderCalls, Reads, Recipient } from '../../src/main/calls/ports.ts';
import type { Answer } from '../../src/shared/providers/client.ts';
import {
  type Capabilities,
  capabilities,
  capabilitiesOf,
} from '../../src/shared/providers/capabilities.ts';
import type { Permission } from '../../src/shared/rules/facts.ts';
import type { ProviderError, ProviderReport } from '../../src/shared/providers/events.ts';
import type { ProviderId } from '../../src/shared/rules/data/providers.ts';

/** `zernio-relay`: calls go to the relay and are answered in the softphone. */
export type Kind = ProviderId | 'zernio-relay';

interface Pending {
  what: string;
  resolve: (answer: Answer) => void;
}

/** A provider that records requests and answers at once or when the test says so. */
export class FakeProvider implements Provider, ProviderCalls {
  readonly calls: ProviderCalls = this;
  /** E.g. `accept wacid.1 <sdp>`, in order. */
  readonly asked: string[] = [];
  /** If true, requests wait for `answer` or `refuse`. */
  manual = false;
  nextId = 'wacid.placed';
  /** Keys of dialled calls; the same key never dials twice. */
  private readonly placed = new Set<string>();
  private readonly pending: Pending[] = [];
  private readonly requests = new EventEmitter();

  readonly capabilities: Capabilities;
  /** The result of reading a call. */
  readonly reported = new Map<string, readonly ProviderReport[]>();
  /** The result of listing calls, page by page. */
  pages: (readonly ProviderReport[])[] = [];
  /** The error with which reads fail. */
  readFailure: ProviderError | undefined;

  constructor(kind: Kind = 'meta') {
    const relayed = kind === 'zernio-relay';
    this.capabilities = relayed
      ? capabilitiesOf({ provider: 'zernio', softphone: 'relay' })
      : capabilities[kind];
    // Only a provider that streams its calls has this at all.
    const stream = () => Promise.reject(new Error('no sound here'));
    if (kind === 'pilot-web') Object.assign(this, { stream });
  }

  readonly reads: Reads = {
    call: async (providerCallId) => {
      this.asked.push(`read ${providerCallId}`);
      if (this.readFailure) return { ok: false, error: this.readFailure };
      return { ok: true, value: this.reported.get(providerCallId) ?? [] };
    },
    callsSince: async (since) => {
      this.asked.push(`read since ${since}`);
      if (this.readFailure) return { ok: false, error: this.readFailure };
      return { ok: true, value: this.pages };
    },
  };

  async place(call: Parameters<ProviderCalls['place']>[0]) {
    const { to, sdp = '', callbackData, once: key = callbackData, ...wish } = call;
    const wishes = Object.entries(wish).flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}=${value}`],
    );
    const place = `place ${to.waId ?? to.userId ?? ''} ${sdp} ${callbackData}${wishes.join('')}`;
    const answer: Answer = this.placed.has(key)
      ? { ok: true, value: true }
      : await this.take(place);
    this.placed.add(key);
    return mapResult(answer, () => ({ providerCallId: this.nextId }));
  }

  play(providerCallId: string, mediaUrl: string) {
    return this.take(`play ${providerCallId} ${mediaUrl}`);
  }

  preAccept(providerCallId: string, sdp: string) {
    return this.take(`pre-accept ${providerCallId} ${sdp}`);
  }

  accept(providerCallId: string, sdp = '') {
    return this.take(`accept ${providerCallId} ${sdp}`);
  }

  reject(providerCallId: string) {
    return this.take(`reject ${providerCallId}`);
  }

  terminate(providerCallId: string) {
    return this.take(`terminate ${providerCallId}`);
  }

  async permission(): Promise<Answer<Permission>> {
    const action = { allowed: true, limits: [] };
    const value = { status: 'permanent', call: action, request: action, checkedAt: 0 } as const;
    return { ok: true, value };
  }

  async requestPermission(to: Recipient) {
    const answer = await this.take(`request-permission ${to.waId ?? to.userId ?? ''}`);
    return mapResult(answer, () => ({}));
  }

  /** Answers the oldest open request, which must be this one. */
  answer(what: string): void {
    this.next(what).resolve({ ok: true, value: true });
  }

  refuse(what: string, error: Partial<ProviderError> = {}): void {
    const refusal = { code: '100', message: 'refused', transient: false, ...error };
    this.next(what).resolve({ ok: false, error: refusal });
  }

  get open(): readonly string[] {
    return this.pending.map((request) => request.what);
  }

  /** Resolves once a request that begins like this was made. */
  async until(what: string): Promise<void> {
    while (!this.asked.some((asked) => asked.startsWith(what))) await once(this.requests, 'asked');
  }

  private next(what: string): Pending {
    const request = this.pending.shift();
    if (!request?.what.startsWith(what)) {
      throw new Error(`expected an open ${what}, found ${request?.what ?? 'nothing'}`);
    }
    return request;
  }

  private take(what: string): Promise<Answer> {
    this.asked.push(what);
    this.requests.emit('asked');
    if (!this.manual) return Promise.resolve({ ok: true, value: true });
    return new Promise((resolve) => {
      this.pending.push({ what, resolve });
    });
  }
}
