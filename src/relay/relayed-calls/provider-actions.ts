import { t } from '../../shared/i18n/i18n.ts';
import { callbackDataOf } from '../../shared/call/ids.ts';
import type { Answer, Recipient } from '../../shared/providers/client.ts';
import type { CallRecordStore } from './call-record-store.ts';
import type { RelayedCallPorts } from './ports.ts';

/** The account is no longer in the config, or the call never got an id. */
const noProvider = () =>
  ({
    ok: false,
    error: { code: 'no-provider', message: t('ownMessages.noProvider'), transient: false },
  }) as const;

/** Requests to the provider about one call. Failures are logged; the caller decides what follows. */
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

  /** Whether the account has a provider. */
  get isKnown(): boolean {
    return this.#client !== undefined;
  }

  /** The accept uses the same SDP, so a failure only costs time. */
  async preAccept(sdp: string): Promise<boolean> {
    return this.#request('pre-accept', (client, id) => client.preAccept(id, sdp));
  }

  /** Accepts with the exact SDP of the pre-accept. */
  async accept(sdp: string): Promise<Answer> {
    const { providerCallId } = this.#store.record;
    if (providerCallId === undefined) return noProvider();
    return (await this.#client?.accept(providerCallId, sdp)) ?? noProvider();
  }

  /** Calls a customer with our offer. */
  async place(to: Recipient, sdp: string): Promise<Answer<{ providerCallId: string }>> {
    const callbackData = callbackDataOf(this.#store.record.callId);
    return (await this.#client?.place({ to, sdp, callbackData })) ?? noProvider();
  }

  /** Rejects a call that rings. */
  async reject(): Promise<boolean> {
    return this.#request('reject', (client, id) => client.reject(id));
  }

  /** Ends a call; a call without an id yet is ended by the task that places it. */
  async terminate(): Promise<void> {
    await this.#request('terminate', (client, id) => client.terminate(id));
  }

  /**
   * Rejects a call that is not accepted as far as we know, else ends it: an accept may be in
   * flight.
   */
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
    const answer = client ? await say(client, providerCallId) : noProvider();
    if (!answer.ok) this.#store.fail(what, answer.error.message);
    return answer.ok;
  }
}
