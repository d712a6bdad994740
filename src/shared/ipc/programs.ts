import type { LinkProblem, LinkScheme } from '../links/dial-link.ts';

/** Which program opens the links of one scheme. */
export interface LinkHandler {
  scheme: LinkScheme;
  /** `unknown-program`: the system does not know Ringdesk, so that it cannot open links here. */
  state: 'ours' | 'other' | 'nobody' | 'unknown-program';
  /** The other program, as the system names it. */
  program?: string | undefined;
}

/** Whether programs on this machine can use Ringdesk (`docs/local-api.md`). */
export interface LocalApiState {
  /** `locked`: not while the screen is. */
  state: 'off' | 'on' | 'locked' | 'failed';
  address?: string | undefined;
  /** In the system's words. */
  why?: string | undefined;
}

/** Another program asks for a call. New call is filled, and nothing is dialled. */
export interface NewCallFilled {
  /** With `+`, or without its country. */
  number: string;
  /** Which of our numbers calls; missing: the one that is chosen. */
  accountId?: string | undefined;
  /** The agent is on a call, or has one ringing: nothing else on the screen changes. */
  isQuiet: boolean;
  /** What the link says that does not fit, or what the agent should check. */
  unknownFrom?: string | undefined;
  extension?: string | undefined;
  several?: boolean | undefined;
}

/** Why a link or a selection fills nothing. */
export type NoNumber = LinkProblem | 'nothing-selected' | 'nothing-copied' | 'none-in-selection';
