import type { FromConsole } from '../shared/protocol/agent-frames.ts';
import type { FromRelayFrame } from '../shared/protocol/frames.ts';

/** A console's request about a call. */
export type Request = Extract<FromConsole, { id: number; callId: string }>;
/** A console is about to place a call at the provider. */
export type DialFrame = Extract<FromConsole, { type: 'dial' }>;
/** What supervisors ask about the team's calls. */
export type BoardFrame = Extract<FromConsole, { type: 'board' }>;
export type TeamCallsFrame = Extract<FromConsole, { type: 'team-calls' }>;
export type InsightFrame = Extract<FromConsole, { type: 'insight' }>;
/** An agent's presence, as they chose it or as it follows from their calls. */
export type PresenceFrame = Extract<FromConsole, { type: 'presence' }>;
/** Whether a console can ring. */
export type RingerFrame = Extract<FromConsole, { type: 'ringer' }>;
/** The answer to a console's request. */
export type Outcome = Extract<FromRelayFrame, { type: 'result' }>['outcome'];

export const refused = (why: string): Extract<Outcome, { kind: 'refused' }> => ({
  kind: 'refused',
  why,
});
