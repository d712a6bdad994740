import type { Body } from '../lib/bounded-text.ts';
import type { Clock } from '../lib/clock.ts';
import type { Result } from '../lib/result.ts';
import type { Party, ProviderError } from './events.ts';

/** The outcome of a request: the provider's answer, its refusal, or that no answer came. */
export type Answer<T = true> = Result<T, ProviderError>;

/**
 * The person to call or write to. A person with a user name may have no number
 * (docs/providers/meta.md#user-initiated-connect: BSUID).
 */
export type Recipient = Pick<Party, 'waId' | 'userId'>;

/**
 * Calls by SDP at one number's provider, for the media end: a console or, for a relayed account,
 * the relay. Nothing rejects; a missing answer is an error in the answer.
 */
export interface CallClient {
  /** `callbackData` comes back with the call's webhooks, where the provider passes it on. */
  place(call: {
    to: Recipient;
    sdp: string;
    callbackData: string;
  }): Promise<Answer<{ providerCallId: string }>>;
  preAccept(providerCallId: string, sdp: string): Promise<Answer>;
  /** With the same SDP as the pre-accept. */
  accept(providerCallId: string, sdp: string): Promise<Answer>;
  reject(providerCallId: string): Promise<Answer>;
  /** Ending a call that has already ended is not an error. */
  terminate(providerCallId: string): Promise<Answer>;
}

/** The part of `fetch` used here. Node's and the browser's global one fit. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    redirect: 'error';
    signal: AbortSignal;
  },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null };
  body: Body;
}>;

/** What every client needs from outside. */
export interface ClientPorts {
  fetch: Fetch;
  log: { warn(message: string): void };
  clock?: Pick<Clock, 'now'> | undefined;
  /** Called when a request ends: undefined if the provider accepted it, else the error. */
  onAnswer?: ((error: ProviderError | undefined) => void) | undefined;
}
