import type { Clock } from '../shared/lib/clock.ts';
import type { Call, WorldEvent } from './calls/call.ts';
import type { Switchboard } from './calls/switchboard.ts';
import type { Account, Timing } from './config.ts';
import type { Directory } from './customers/directory.ts';
import type { PermissionDesk } from './customers/permission-desk.ts';
import type { ApiAction } from './faults.ts';
import type { HttpReply, HttpRequest } from './http/server.ts';
import type { HandshakeResult } from './webhooks/handshake.ts';
import type { WebhookSender } from './webhooks/sender.ts';

/** A webhook of somebody's own making, to see what the receiver does with it. */
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
  /** The provider-neutral name of what was asked; null for unknown paths. */
  action: ApiAction | null;
  callId: string | null;
  /** Parsed JSON, or the text when it is not JSON. */
  body: unknown;
  status: number | 'reset';
  answer: unknown;
  /** From the request to its answer, ms. */
  tookMs: number;
}

/** What a provider fake knows of a request it has dealt with. */
export interface Handled {
  reply: HttpReply;
  action: ApiAction | null;
  callId: string | undefined;
}

/**
 * A fake of one provider for one account: its HTTP API inwards, its webhooks outwards. Customers, calls and media are
 * the world's; a provider only translates.
 */
export interface Provider {
  readonly account: Account;
  /** How to deal with a request; undefined when its path is not this account's. */
  claim(request: HttpRequest): (() => Promise<Handled>) | undefined;
  /** Tells the business what happened; resolves when the webhook is delivered or given up. */
  notify(event: WorldEvent): Promise<void>;
  newCallId(customerNumber: string | undefined, direction: Call['direction']): string;
  /** Whether customers can call this number now. */
  takesCalls(): boolean;
  verifyWebhook(signal: AbortSignal): Promise<HandshakeResult>;
  setWebhookUrl(url: string): void;
  postRaw(webhook: RawWebhook): Promise<void>;
}

/** What every provider fake works with. */
export interface World {
  clock: Clock;
  timing: Timing;
  directory: Directory;
  permissions: PermissionDesk;
  switchboard: Switchboard;
  webhooks: WebhookSender;
  apiFaults: ApiFaultGate;
}

/** Slows down or fails API requests as the fault knobs say. */
export interface ApiFaultGate {
  /** Waits the action's delay, then says how it must fail, if at all. */
  pass(
    action: ApiAction,
    call: Call | undefined,
  ): Promise<{ code: number; details?: string | undefined } | 'reset' | undefined>;
}
