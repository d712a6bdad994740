import type { Connection } from '../../shared/protocol/connection.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type {
  Agent,
  RelayedCallStatus,
  FromRelayFrame,
  Teammate,
} from '../../shared/protocol/frames.ts';
import type { CaughtUp } from './replay.ts';

export type Presence = Extract<FromConsole, { type: 'presence' }>['presence'];
export type EntryFrame = Extract<FromRelayFrame, { type: 'entry' }>;
type RingingFrame = Extract<FromRelayFrame, { type: 'ringing' }>;
export type Welcome = Extract<FromRelayFrame, { type: 'welcome' }>;

export interface RelayClientEvents {
  connection: [connection: Connection];
  /** To be stored with its cursor before the listener returns. One that throws is given the entry again. */
  entry: [entry: EntryFrame];
  ringing: [frame: RingingFrame];
  team: [agents: readonly Teammate[]];
  /** A relayed call as it is now. */
  call: [call: RelayedCallStatus];
  /** Who the relay takes this console for. */
  welcome: [agent: Agent];
  /** All that happened while away is stored. */
  'caught-up': [away: CaughtUp];
  /** Entries this console has not seen are no longer kept, or the log is another one. */
  'log-incomplete': [what: { otherLog: boolean }];
}
