import type { FromRecorder } from '../../shared/call/events.ts';
import type { Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type { RecordingAsk } from '../../shared/recording/state.ts';
import type { RecordingKey } from '../../recording/keys.ts';
import type { Log } from '../log.ts';
import type { Announcements } from './announcements.ts';

/** What the recorder needs from outside. */
export interface CallRecorderPorts {
  /** How calls of a number are recorded, as the relay, this console's number page and the organisation say. */
  policyOf: (accountId: string) => RecordingPolicy;
  /** Seals new recordings; undefined: the system's key store gives out none. */
  key: RecordingKey | undefined;
  /** Where they are written. */
  folder: string;
  media: (command: MediaCommand) => void;
  /** A call as it is now. */
  find: (callId: string) => Call | undefined;
  /** Puts it into the call, and so into the log. */
  report: (callId: string, event: FromRecorder) => void;
  /** Asks the relay about a recording that it makes. */
  askRelay: (callId: string, ask: RecordingAsk) => Promise<Answered<null>>;
  /** The admin's own words before a recording; undefined: ours. Resolves with undefined if they cannot be had now. */
  announcementOf: Announcements['of'];
  /** Whether a call is on legal hold: nothing of it may be deleted. */
  isHeld: (call: Call) => boolean;
  agent: () => string;
  clock: Clock;
  newId: () => string;
  log: Log;
}
