import type { StartCall } from './calls/plan.ts';
import type { CallReport, MessageReport } from './reports.ts';
import type { DestinationInput } from './config.ts';
import type { BehaviourPatch, CustomerRef } from './customers/behaviour.ts';
import type { SentFile } from './customers/sample-files.ts';
import type { EventOf, SimulatorEvent } from './events.ts';
import type { Faults, FaultsPatch } from './faults.ts';
import type { ApiRecord, Notice, RawWebhook } from './providers.ts';
import type { HandshakeResult } from './webhooks/handshake.ts';
import type { DeliveryRecord } from './webhooks/sender.ts';

export interface WriteMessage {
  account?: string | undefined;
  customer: CustomerRef;
  /** With a file: its caption. */
  text?: string | undefined;
  file?: SentFile | undefined;
  /** The id of the message that it answers. */
  replyTo?: string | undefined;
}

export interface DecidePermission {
  account?: string | undefined;
  customer: CustomerRef;
  decision: 'allow' | 'allow-permanent' | 'refuse';
}

/** A running WhatsApp world. Every method has a counterpart in the control API under `/sim/`. */
export interface Simulator {
  /** `http://host:port`: the provider APIs and the control API. */
  readonly baseUrl: string;
  /** A customer calls. Rejects if the number takes no calls or the plan is invalid. */
  startCall(plan: StartCall): Promise<CallReport>;
  /** The customer hangs up; false if the call is unknown or over. */
  hangUp(callId: string): boolean;
  /**
   * Cuts a call's audio: a streamed call's connection, or the customer's media for good. False if
   * there is none.
   */
  cutAudio(callId: string): boolean;
  /** Changes some faults; returns all of them as they are now. */
  setFaults(patch: FaultsPatch): Faults;
  /** Resets every fault. */
  clearFaults(): Faults;
  /** Changes (or adds) a customer. */
  setCustomer(customer: CustomerRef, behaviour: BehaviourPatch): void;
  /** A customer writes to a number; the account may be omitted if there is only one. */
  writeMessage(message: WriteMessage): MessageReport;
  /** All messages, in both directions, oldest first. */
  messages(): MessageReport[];
  /** A customer grants or refuses calls without being asked, and the business is notified. */
  decide(permission: DecidePermission): void;
  /** The platform announces something about a number: a restriction, a warning, a price tier. */
  announce(notice: Notice, account?: string): Promise<void>;
  /**
   * Changes a number's settings as if elsewhere, in its API's form. Throws the provider's refusal.
   */
  changeSettings(settings: unknown, account?: string): void;
  /** How the telephone that a number's calls are forwarded to behaves. */
  setDestination(destination: DestinationInput, account?: string): void;
  report(callId: string): CallReport | undefined;
  calls(): CallReport[];
  requests(): readonly ApiRecord[];
  webhooks(): readonly DeliveryRecord[];
  /**
   * Sends a custom body as an account's webhook; the account may be omitted if there is only one.
   */
  postWebhook(webhook: RawWebhook & { account?: string | undefined }): Promise<void>;
  /** Points an account's webhooks to another address and performs the handshake there. */
  setWebhookUrl(url: string, account?: string): Promise<HandshakeResult>;
  /** Performs the subscription handshake again. */
  verifyWebhook(account?: string): Promise<HandshakeResult>;
  /** Result of the latest handshake by account id. */
  handshakes(): Readonly<Record<string, HandshakeResult>>;
  /** Subscribes to one type of event, or to all with `*`; the returned function unsubscribes. */
  on<T extends SimulatorEvent['type']>(type: T, listener: (event: EventOf<T>) => void): () => void;
  on(type: '*', listener: (event: SimulatorEvent) => void): () => void;
  /** Resolves with the first truthy result of `probe`, tried now and after every event. */
  waitFor<T>(
    probe: () => T | undefined | null | false,
    options?: { timeoutMs?: number; what?: string },
  ): Promise<T>;
  /** Ends every call silently and frees every socket and timer. */
  close(): Promise<void>;
}
