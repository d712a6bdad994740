import type { Result } from '../lib/result.ts';
import type { ProviderError } from '../providers/events.ts';

/**
 * Why a window's request was refused. Each code has a sentence and a next step in the catalogue.
 */
export type AppErrorCode =
  | 'bad-request'
  | 'unknown-sender'
  | 'internal'
  /** The log of calls cannot be read or written now; a notice says why. */
  | 'log-unavailable'
  | 'no-such-call'
  /** Another call is in progress. */
  | 'busy'
  /** Who is to be erased is in a call. */
  | 'customer-in-call'
  /** An agent wrote down that this person must not be called; `details` has the reason. */
  | 'do-not-call'
  /** Too few of the number's calls were picked up, and the organisation wants outgoing ones held back. */
  | 'pick-up-held'
  /** They are one person already. */
  | 'same-person'
  /** The merge was undone before. */
  | 'not-merged'
  /** The call's state changed, e.g. it ended before Accept arrived. */
  | 'too-late'
  | 'no-such-account'
  | 'no-profile'
  | 'bad-number'
  /** Not possible in a direct call, whose media ends in this window and cannot move. */
  | 'direct-route'
  /** The relay refused; `details` has its reason. */
  | 'relay-refused'
  /** What an agent wants to do with a customer who waits; `details`: why not, and because of whom. */
  | 'todo-refused'
  | 'provider'
  | 'offline'
  | 'profile-invalid'
  /** The organisation has set this. */
  | 'organisation'
  | 'vault-unavailable'
  | 'vault-needs-consent'
  | 'export-failed'
  /** This number does not support it; the message says why. */
  | 'not-offered'
  /** A chosen file cannot be used; `details` names what is wrong and where. */
  | 'bad-file'
  /** Why, in words of ours: the message is for the agent. */
  | 'invitation'
  | 'set-up'
  | 'cancelled';

/** An error as a window gets it. Not an exception, because Electron would keep only its message. */
export interface AppError {
  code: AppErrorCode;
  /** A sentence to show if the catalogue has nothing better. */
  message: string;
  /** What exactly is wrong, e.g. the field of a profile. */
  details?: readonly string[] | undefined;
  /** With code `provider`: the provider's own words. */
  provider?: ProviderError | undefined;
}

/** The answer to every request. */
export type Answered<T> = Result<T, AppError>;
