import type { Presence, RelayedCallStatus } from '../protocol/frames.ts';
import type { AgentFigures, NumberFigures, TeamCall } from '../protocol/team.ts';
import type { Party } from '../providers/events.ts';
import type { LiveCall } from './live-call.ts';

/** This agent's presence. */
export interface PresenceView {
  state: Presence;
  /** When it expires, Unix ms. */
  until?: number | undefined;
  /** The agent chose *do not disturb*. */
  dnd: boolean;
}

/** Whether a call is only listed here: in *do not disturb*, and in wrap-up if it rings at others. */
export const ringsSilently = (
  { state, dnd }: PresenceView,
  { alsoRings }: Pick<LiveCall, 'alsoRings'>,
): boolean => dnd || (state === 'wrap-up' && alsoRings.length > 0);

/** What a supervisor sees of the team's calls now and today. */
export interface BoardView {
  /** Customers for whom nobody is there yet. */
  waiting: readonly { callId: string; account: string; party: Party; since: number }[];
  /** Conversations that the relay does not carry. */
  live: readonly {
    callId: string;
    agent: string;
    account: string;
    party: Party;
    since: number;
  }[];
  agents: readonly AgentFigures[];
  numbers: readonly (NumberFigures & { label: string })[];
}

/** A page of the team's calls, newest first; `before` is for the next one. */
export interface TeamCallsPage {
  calls: readonly (Omit<TeamCall, 'accountId' | 'agoMs'> & { account: string; at: number })[];
  before?: number | undefined;
}

/** A teammate's call in progress, as a supervisor sees it. */
export interface SupervisableCall {
  callId: string;
  agent: string;
  account: string;
  party: Party;
  startedAt?: number | undefined;
  state: Exclude<RelayedCallStatus['state'], 'ringing' | 'ended'>;
  /** Who is asked to take it. */
  askedFor?: string | undefined;
  /** Other supervisors in it. */
  others: readonly string[];
  /** What the supervisor does. */
  mode: 'off' | 'connecting' | 'listen' | 'whisper' | 'barge';
}
