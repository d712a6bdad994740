import type { Result } from '../lib/result.ts';
import type { Party, ProviderError } from './events.ts';

/** What came of a request: the provider's answer, its refusal, or the lack of any answer. */
export type Answer<T = true> = Result<T, ProviderError>;

/**
 * The person to call or write to. A person with a user name may have no number
 * (docs/providers/meta.md#user-initiated-connect: BSUID).
 */
export type Recipient = Pick<Party, 'waId' | 'userId'>;

/**
 * Calls by SDP at one number's provider: what whoever is the media end needs, be it a console or, for a relayed
 * account, the relay. Nothing rejects: the lack of an answer is an answer.
 */
export interface CallClient {
  /** `opaque` comes back with the call's webhooks, where the provider passes it on. */
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
