import { callbackDataOf } from '../../shared/call/ids.ts';
import type { Answer, Recipient } from '../../shared/providers/client.ts';
import type { CallRecordStore } from './call-record-store.ts';
import type { RelayedCallPorts } from './ports.ts';

/** There is nobody to ask: the account is gone from the config, or the call never got a name. */
const NO_PROVIDER = {
  ok: false,
  error: { code: 'no-provider', message: 'no such account', transient: false },
} as const;

/** What is said to the provider about one call. What fails is logged; what to do about it is for the caller. */
export class ProviderActions {
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;

  constructor(ports: RelayedCallPorts, store: CallRecordStore) {
    this.#ports = ports;
    this.#store = store;
  }

  get #client() {
    return this.#ports.provider(this.#store.record.accountId);
  }

  /** Whether there is anybody to place a call with. */
  get isKnown(): boolean {
    return this.#client !== undefined;
  }

  /** The accept carries the same SDP, so that after a failure only time is lost. */
  async preAccept(sdp: string): Promise<boolean> {
    return this.#request('pre-accept', (client, id) => client.preAccept(id, sdp));
  }

  /** Accepts with the very SDP of the pre-accept. Whoever asked is told what comes of it. */
  async accept(sdp: string): Promise<Answer> {
    const { providerCallId } = this.#store.record;
    if (providerCallId === undefined) return NO_PROVIDER;
    return (await this.#client?.accept(providerCallId, sdp)) ?? NO_PROVIDER;
  }

  /** Calls a customer with our offer. */
  async place(to: Recipient, sdp: string): Promise<Answer<{ providerCallId: string }>> {
    const callbackData = callbackDataOf(this.#store.record.callId);
    return (await this.#client?.place({ to, sdp, callbackData })) ?? NO_PROVIDER;
  }

  /** Rejects a call that rings. */
  async reject(): Promise<boolean> {
    return this.#request('reject', (client, id) => client.reject(id));
  }

  /** Ends a call; one that has no name yet is ended by whoever places it. */
  async terminate(): Promise<void> {
    await this.#request('terminate', (client, id) => client.terminate(id));
  }

  /** Rejects a call that nobody has accepted, as far as is known here: an accept may be on its way. */
  async rejectOrTerminate(): Promise<void> {
    const { providerCallId } = this.#store.record;
    if (providerCallId === undefined) return;
    const answer = await this.#client?.reject(providerCallId);
    if (!answer?.ok) await this.terminate();
  }

  async #request(
    what: string,
    say: (
      client: NonNullable<ReturnType<RelayedCallPorts['provider']>>,
      id: string,
    ) => Promise<Answer>,
  ): Promise<boolean> {
    const { providerCallId } = this.#store.record;
    if (providerCallId === undefined) return false;
    const client = this.#client;
    const answer = client ? await say(client, providerCallId) : NO_PROVIDER;
    if (!answer.ok) this.#store.fail(what, answer.error.message);
    return answer.ok;
  }
}
