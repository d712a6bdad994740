import { EventEmitter, once } from 'node:events';
import { ProviderFailure, type Provider, type Recipient } from '../../src/main/calls/ports.ts';
import { capabilities } from '../../src/shared/providers/capabilities.ts';
import type { Permission } from '../../src/shared/ipc/model.ts';
import type { ProviderError } from '../../src/shared/providers/events.ts';

interface Pending {
  what: string;
  resolve: () => void;
  reject: (error: ProviderError) => void;
}

/** A provider that notes what it is asked, and answers at once or when the test says so. */
export class FakeProvider implements Provider {
  /** E.g. `accept wacid.1 <sdp>`, in the order of arrival. */
  readonly asked: string[] = [];
  /** True: requests wait for `answer` or `refuse`. */
  manual = false;
  nextId = 'wacid.placed';
  private readonly pending: Pending[] = [];
  private readonly requests = new EventEmitter();

  readonly capabilities = capabilities.meta;

  async place(call: { to: Recipient; sdp: string; opaque: string }) {
    await this.take(`place ${call.to.waId ?? call.to.userId ?? ''} ${call.sdp} ${call.opaque}`);
    return { providerCallId: this.nextId };
  }

  preAccept(providerCallId: string, sdp: string) {
    return this.take(`pre-accept ${providerCallId} ${sdp}`);
  }

  accept(providerCallId: string, sdp: string) {
    return this.take(`accept ${providerCallId} ${sdp}`);
  }

  reject(providerCallId: string) {
    return this.take(`reject ${providerCallId}`);
  }

  terminate(providerCallId: string) {
    return this.take(`terminate ${providerCallId}`);
  }

  async permission(): Promise<Permission> {
    const action = { allowed: true, limits: [] };
    return { status: 'permanent', call: action, request: action, checkedAt: 0 };
  }

  async requestPermission(to: Recipient) {
    await this.take(`request-permission ${to.waId ?? to.userId ?? ''}`);
    return {};
  }

  /** Answers the oldest open request, which must be the one meant. */
  answer(what: string): void {
    this.next(what).resolve();
  }

  refuse(what: string, error: Partial<ProviderError> = {}): void {
    this.next(what).reject({ code: '100', message: 'refused', transient: false, ...error });
  }

  get open(): readonly string[] {
    return this.pending.map((request) => request.what);
  }

  /** Resolves once something was asked that begins like this. */
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

  private take(what: string): Promise<void> {
    this.asked.push(what);
    this.requests.emit('asked');
    if (!this.manual) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.pending.push({
        what,
        resolve,
        reject: (error) => reject(new ProviderFailure(error)),
      });
    });
  }
}
