import type { WebhookFacts } from '../../shared/checks/facts.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { FromRelayFrame, OwnRights, RelayedCallStatus } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { ReplaySummary } from './replay.ts';

export type Presence = Extract<FromConsole, { type: 'presence' }>['presence'];
export type EntryFrame = Extract<FromRelayFrame, { type: 'entry' }>;
type RingingFrame = Extract<FromRelayFrame, { type: 'ringing' }>;
type TeamFrame = Extract<FromRelayFrame, { type: 'team' }>;
export type Welcome = Extract<FromRelayFrame, { type: 'welcome' }>;

export interface RightsChange {
  before: OwnRights;
  now: OwnRights;
}

export interface RelayClientEvents {
  connection: [connection: Connection];
  /**
   * To be stored with its cursor before the listener returns. A listener that throws gets the entry
   * again.
   */
  entry: [entry: EntryFrame];
  ringing: [frame: RingingFrame];
  /** Teammates as they are now: all of them, or what has changed. */
  team: [frame: TeamFrame];
  /** A relayed call as it is now. */
  call: [call: RelayedCallStatus];
  /** The relay asks whether this console can ring. */
  probe: [probe: number];
  /** A number's webhooks are refused now, or taken again. */
  webhooks: [webhooks: WebhookFacts];
  /** This agent, as the relay knows it. */
  welcome: [agent: Agent];
  /** This console follows a log of which it has nothing yet. */
  began: [];
  /** What this agent may do, or their numbers, changed. */
  rights: [change: RightsChange];
  /** Everything that happened while away is stored. */
  'replay-complete': [away: ReplaySummary];
  /** Entries that this console has not seen are gone, or the log is another one. */
  'log-incomplete': [what: { otherLog: boolean }];
}
