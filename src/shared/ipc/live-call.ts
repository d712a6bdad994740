import type { Outcome } from '../call/record.ts';
import type { CallView } from '../call/view.ts';
import type { RelayedCallStatus } from '../protocol/frames.ts';
import type { AccountView } from './account.ts';

/** A call with everything its screen shows. */
export interface LiveCall extends CallView {
  /**
   * Where it is shown: as a ring (also briefly after it stopped), as a call of the agent's, or no
   * longer.
   */
  shownAs: 'ring' | 'card' | 'gone';
  /** `findings`: what is wrong with the number itself, most severe first. */
  account: Pick<AccountView, 'label' | 'number'> &
    Partial<Pick<AccountView, 'findings' | 'recorded'>>;
  country?: string | undefined;
  /** Teammates whose consoles ring as well. */
  alsoRings: readonly string[];
  /** Relayed calls only. */
  team?: TeamView | undefined;
  /** The customer's last message, if it came within the last day. */
  lastMessage?: LastMessage | undefined;
  /** A call back that was promised and not made yet. `by`: the teammate's name; empty: this agent. */
  promise?: { at: number; by: string } | undefined;
  /** The call before; `none`: this is the first one; undefined until it is known. */
  history?: EarlierCalls | 'none' | undefined;
}

/** What a customer wrote, e.g. a picture without words. */
export interface LastMessage {
  type: string;
  text?: string | undefined;
  /** Unix ms. */
  at: number;
}

export interface EarlierCalls {
  lastAt: number;
  lastOutcome: Outcome;
  lastSeconds?: number | undefined;
  missedToday: number;
}

/** The relay's report on a relayed call of ours. */
export interface TeamView {
  /** The customer hears hold music because the agent put them on hold. */
  onHold: boolean;
  /** A teammate is being asked to take the call. */
  asking?: { to: string; deadlineAt: number; note?: string | undefined } | undefined;
  /**
   * The agent talks with a teammate while the customer is on hold. `asked`: the call is the
   * teammate's, offered to us.
   */
  consulting?: { with: string; asked: boolean } | undefined;
  supervisors: readonly { name: string; mode: 'listen' | 'whisper' | 'barge' }[];
  /** Keys the customer pressed. */
  dtmf: string;
  legs: RelayedCallStatus['legs'];
}
