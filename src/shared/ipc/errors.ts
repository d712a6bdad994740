import type { Result } from '../lib/result.ts';
import type { ProviderError } from '../providers/events.ts';

/**
 * Why a request of a window was not carried out. Each code has a sentence and a next step in the
 * catalogue.
 */
export type AppErrorCode =
  | 'bad-request'
  | 'unknown-sender'
  | 'internal'
  | 'no-such-call'
  /** Another call is in progress. */
  | 'busy'
  /** The call has moved on, e.g. it ended before Accept arrived. */
  | 'too-late'
  | 'no-such-account'
  | 'no-profile'
  | 'bad-number'
  /** Not in a direct call: its media is in this window and cannot move. */
  | 'direct-route'
  /** The relay said no; `details` holds its word. */
  | 'relay-refused'
  | 'provider'
  | 'offline'
  | 'profile-invalid'
  | 'vault-unavailable'
  | 'vault-needs-consent'
  | 'export-failed'
  /** This number cannot do it; the message says why. */
  | 'not-offered'
  /** A file that was chosen cannot be used; `details` names what is wrong and where. */
  | 'bad-file'
  | 'cancelled';

/**
 * An error as it crosses to a window: never an exception, because Electron keeps only its message.
 */
export interface AppError {
  code: AppErrorCode;
  /** A sentence that may be shown as it is when the catalogue has nothing better. */
  message: string;
  /** What exactly was wrong, e.g. the field of a profile. */
  details?: readonly string[] | undefined;
  /** With code `provider`: the provider's own words. */
  provider?: ProviderError | undefined;
}

/** The answer to every request. */
export type Answered<T> = Result<T, AppError>;
