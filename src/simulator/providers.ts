import { z } from 'zod';
import type { Clock } from '../shared/lib/clock.ts';
import type { Call, WorldEvent } from './calls/call.ts';
import type { Switchboard } from './calls/switchboard.ts';
import type { Account, Destination, Timing } from './config.ts';
import type { ChatService } from './customers/chat-service.ts';
import type { Directory } from './customers/directory.ts';
import type { PermissionService } from './customers/permission-service.ts';
import type { ApiAction } from './faults.ts';
import type { HttpReply, HttpRequest } from './http/server.ts';
import type { MediaKind } from './calls/call-media.ts';
import type { RealtimeHost } from './pcm/realtime-host.ts';
import type { Scheduler } from './lib/scheduler.ts';
import type { HandshakeResult } from './webhooks/handshake.ts';
import type { WebhookSender } from './webhooks/sender.ts';

/** A hand-made webhook for testing the receiver. */
export interface RawWebhook {
  body: string;
  signature: 'good' | 'bad' | 'none';
}

/** One request to a provider's API. Tokens are never kept. Times are Unix ms. */
export interface ApiRecord {
  id: number;
  at: number;
  accountId: string | null;
  method: string;
  path: string;
  /** The provider-neutral name of the action; null for unknown paths. */
  action: ApiAction | null;
  callId: string | null;
  /** Parsed JSON, or the text when it is not JSON. */
  body: unknown;
  status: number | 'reset';
  answer: unknown;
  /** From the request to its answer, ms. */
  tookMs: number;
}

/** What a provider fake knows about a request it handled. */
export interface Handled {
  reply: HttpReply;
  action: ApiAction | null;
  callId: string | undefined;
}

/**
 * A fake of one provider for one account: answers its HTTP API and sends its webhooks. Customers,
 * calls and media belong to the world; a provider only translates.
 */
export interface Provider {
  readonly account: Account;
  /** The handler of a request; undefined if its path is not this account's. */
  claim(request: HttpRequest): (() => Promise<Handled>) | undefined;
  /** Reports an event to the business; resolves when the webhook is delivered or given up. */
  notify(event: WorldEvent): Promise<void>;
  /**
   * The answer to a request in this provider's form that names none of its accounts; undefined for
   * other requests.
   */
  turnAway(request: HttpRequest): HttpReply | undefined;
  /** Where the media of its calls ends. */
  readonly media: MediaKind;
  newCallId(customerNumber: string | undefined, direction: Call['direction']): string;
  /** Whether customers can call this number now. */
  takesCalls(): boolean;
  verifyWebhook(signal: AbortSignal): Promise<HandshakeResult>;
  setWebhookUrl(url: string): void;
  postRaw(webhook: RawWebhook): Promise<void>;
  /** Announces something about the number. Throws if the provider does not pass on such notices. */
  announce(notice: Notice): Promise<void>;
  /** Changes settings as if elsewhere, in the form of the API. Throws the provider's error. */
  changeSettings(settings: unknown): void;
  /** The telephone that calls are forwarded to, if any. */
  setDestination?(destination: Destination): void;
}

/**
 * The platform's notices about a number (docs/providers/meta.md#settings-and-account-webhooks).
 * Times are Unix ms.
 */
export const noticeSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('restriction'),
    type: z.string().min(1),
    expiresAt: z.number().int().optional(),
    remediation: z.string().optional(),
  }),
  z.strictObject({
    what: z.literal('violation'),
    type: z.string().min(1),
    remediation: z.string().optional(),
  }),
  z.strictObject({
    what: z.literal('price-tier'),
    tier: z.string().min(1),
    month: z.string().optional(),
    region: z.string().optional(),
  }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** What every provider fake gets. */
export interface World {
  clock: Clock;
  scheduler: Scheduler;
  timing: Timing;
  directory: Directory;
  permissions: PermissionService;
  chats: ChatService;
  switchboard: Switchboard;
  webhooks: WebhookSender;
  apiFaults: ApiFaultGate;
  /** `http://host:port` of this world, for addresses that it returns; empty until it listens. */
  baseUrl: string;
  /** Streams web numbers' audio. */
  realtime: RealtimeHost;
  /** The talking customer's clip. */
  speechFile: string;
  /** Given out as the recording of each call. */
  recordingFile: string | undefined;
}

/** Delays or fails API requests as the configured faults say. */
export interface ApiFaultGate {
  /** Waits the action's delay, then returns how it must fail, if it must. */
  pass(
    action: ApiAction,
    method: string,
    call: Call | undefined,
  ): Promise<ApiFailure | 'reset' | undefined>;
}

interface ApiFailure {
  code: number | string;
  status?: number | undefined;
  details?: string | undefined;
}
