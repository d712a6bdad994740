import type { Recipient } from '../../shared/providers/client.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { ownerOf } from './state-machine/state.ts';
import type { CallEvent } from './state-machine/events.ts';
import { reasonOf } from '../log.ts';
import type { CallRecordStore } from './call-record-store.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallPorts } from './ports.ts';
import type { ProviderActions } from './provider-actions.ts';

/** Call setup: from WhatsApp's offer, or ours, until customer and agent can talk. */
export class CallSetup {
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  readonly #provider: ProviderActions;
  readonly #apply: (event: CallEvent) => Promise<Outcome>;
  #ready: Promise<boolean> = Promise.resolve(true);
  #isConnected = false;
  /** Undefined: not tried, or tried before a restart. */
  #isPreAccepted: boolean | undefined;

  constructor(
    ports: RelayedCallPorts,
    store: CallRecordStore,
    provider: ProviderActions,
    apply: (event: CallEvent) => Promise<Outcome>,
  ) {
    this.#ports = ports;
    this.#store = store;
    this.#provider = provider;
    this.#apply = apply;
  }

  /** Whether our answer to WhatsApp's offer was made, or failed; at once for an outbound call. */
  get ready(): Promise<boolean> {
    return this.#ready;
  }

  /** Answers WhatsApp's offer and pre-accepts: the relay alone is the media end, so several consoles may ring. */
  answer(): void {
    this.#ready = this.#answer().catch((error: unknown) => {
      this.#store.fail('media', reasonOf(error));
      return false;
    });
    this.#ready
      // It would ring but could not be accepted.
      .then((isAnswered) => (isAnswered ? undefined : this.#apply({ type: 'media-gone' })))
      .catch((error: unknown) => this.#store.fail('media', reasonOf(error)));
  }

  async #answer(): Promise<boolean> {
    const { callId, offerSdp } = this.#store.record;
    const { media } = this.#ports;
    if (offerSdp === undefined) return false;
    const answer = await media.answerCustomer(callId, offerSdp);
    if (!answer.ok) {
      this.#store.fail('offer', answer.error);
      return false;
    }
    const answerSdp = answer.value;
    await this.#store.change((record) => ({ ...record, offerSdp: undefined, answerSdp }));
    this.#isPreAccepted = await this.#provider.preAccept(answerSdp);
    if (this.#isPreAccepted) await media.startCustomer(callId);
    return true;
  }

  /**
   * Accepts at the provider for an agent who has won the claim.
   *
   * @param isRepeated the relay died after the claim: the provider may have accepted the call already, and refuse it
   *   for that. Then the customer can be heard.
   */
  async accept(agent: Agent, isRepeated = false): Promise<Outcome> {
    const { media } = this.#ports;
    const ready = await this.#ready;
    const { callId, answerSdp } = this.#store.record;
    if (!ready || !this.#provider.isKnown || answerSdp === undefined) {
      await this.#release(agent, 'media');
      return refused(this.#isOver ? 'ended' : 'media');
    }
    // Whether or not it succeeds, the accept follows.
    if (this.#isPreAccepted === false) await this.#provider.preAccept(answerSdp);
    const answer = await this.#provider.accept(answerSdp);
    if (!answer.ok && !(isRepeated && (await this.#isCustomerHeard()))) {
      await this.#release(agent, answer.error.message);
      return { kind: 'refused', why: this.#isOver ? 'ended' : 'provider', error: answer.error };
    }
    if (!this.#isOver) {
      await media.startCustomer(callId);
      await media.openGate(callId);
      await this.#apply({ type: 'accepted', by: agent });
    }
    // Meanwhile the customer may have hung up, or the media be lost.
    const isTheirs = ownerOf(this.#store.record.state)?.id === agent.id;
    return isTheirs ? { kind: 'granted' } : refused('ended');
  }

  async #isCustomerHeard(): Promise<boolean> {
    const report = await this.#ports.media.report(this.#store.record.callId);
    return (report?.customer?.received.packets ?? 0) > 0;
  }

  async #release(agent: Agent, why: string): Promise<void> {
    const { store, clock, notifyNewEntries, log } = this.#ports;
    const { callId } = this.#store.record;
    log.warn('call.accept.failed', { call: callId, agent: agent.id, why });
    await store.release(callId, agent, why, clock.now());
    notifyNewEntries();
  }

  /** Rejects a ringing call that every eligible agent has declined. */
  async reject(by: Agent): Promise<void> {
    const { callId, providerCallId } = this.#store.record;
    const ended = { type: 'ended', callId, by, why: 'declined' } as const;
    await this.#store.change((record) => record, [ended]);
    if (providerCallId === undefined) return;
    await this.#provider.reject();
    await this.#apply({ type: 'caller-gone' });
  }

  /** Makes our offer and calls the customer. */
  async place(to: Recipient): Promise<Outcome> {
    const { callId } = this.#store.record;
    const { media, log } = this.#ports;
    const offer = await media.offerCustomer(callId);
    if (!this.#provider.isKnown || !offer.ok) {
      await this.#apply({ type: 'caller-gone' });
      return refused(offer.ok ? 'unknown-account' : 'media');
    }
    // Should the relay die now, it must still know whose the call is that the provider reports.
    await this.#store.change((record) => record);
    const answer = await this.#provider.place(to, offer.value);
    // A webhook that names it is proof enough that it was placed, whatever became of the HTTP answer.
    const providerCallId =
      this.#store.record.providerCallId ?? (answer.ok ? answer.value.providerCallId : undefined);
    if (providerCallId === undefined) {
      const error = answer.ok ? undefined : answer.error;
      log.warn('call.place.failed', { call: callId, why: error?.message });
      await this.#apply({ type: 'caller-gone' });
      return { kind: 'refused', why: 'provider', error };
    }
    const { accountId, party, state } = this.#store.record;
    // Supervisors learn from the log who placed it.
    const by = ownerOf(state);
    const about = { accountId, providerCallId, callId, party };
    await this.#store.change(
      (record) => ({ ...record, providerCallId }),
      by ? [{ type: 'placed', ...about, by }] : [],
    );
    // Hung up while the provider was still being asked.
    if (this.#isOver) await this.#provider.terminate();
    return { kind: 'placed', providerCallId };
  }

  /**
   * WhatsApp's answer to our offer: media can be connected, though the customer may not have picked up yet.
   * Idempotent.
   */
  async handleAnswer(sdp: string | undefined): Promise<void> {
    if (this.#isConnected) return;
    const { callId } = this.#store.record;
    const taken = await this.#ports.media.applyCustomerAnswer(callId, sdp ?? '');
    this.#isConnected ||= taken.ok;
    if (!taken.ok) this.#store.fail('answer', taken.error);
  }

  /** The customer has picked up a call of ours. Idempotent. */
  async handlePickedUp(): Promise<void> {
    const { callId, state } = this.#store.record;
    if (state.kind !== 'placing') return;
    await this.#ports.media.openGate(callId);
    await this.#apply({ type: 'answered' });
  }

  get #isOver(): boolean {
    return this.#store.record.state.kind === 'ended';
  }
}
