import type { Agent } from '../../../shared/protocol/agent.ts';
import type { RelayedCallState } from '../../store/relayed-call-record.ts';
import type { Effect } from './effects.ts';

/** Events and requests of a relayed call. */
export type CallEvent =
  /** The provider confirmed the accept. */
  | { type: 'accepted'; by: Agent }
  /** The customer picked up a call of ours. */
  | { type: 'answered' }
  | { type: 'hold' | 'resume'; by: Agent }
  | {
      type: 'transfer';
      by: Agent;
      to: Agent;
      mode: 'blind' | 'consult';
      note?: string | undefined;
    }
  /** A supervisor wants the call of another agent. */
  | { type: 'take-over'; by: Agent }
  /** `asked`: those of the team who can be reached, at least one. */
  | {
      type: 'transfer-to-team';
      by: Agent;
      team: string;
      asked: readonly Agent[];
      note?: string | undefined;
    }
  | { type: 'claim'; by: Agent; callOfferId: string }
  | { type: 'decline'; by: Agent; callOfferId: string }
  | { type: 'cancel'; by: Agent }
  | { type: 'complete'; by: Agent }
  | { type: 'hang-up'; by: Agent }
  /** An agent's console is gone or sends no more media; or it is back with media. */
  | { type: 'gone'; agentId: string }
  | { type: 'back'; agentId: string }
  /** The state's deadline has come. */
  | { type: 'deadline' }
  | { type: 'caller-gone' }
  /** The relay's media of this call is lost for good. */
  | { type: 'media-gone' };

export type Step =
  | { ok: true; state: RelayedCallState; effects: readonly Effect[] }
  /** `why` goes to the console unchanged. */
  | {
      ok: false;
      why: 'not-yours' | 'ended' | 'taken' | 'busy' | 'moving' | 'too-early';
      by?: Agent | undefined;
    };

type Request = Extract<CallEvent, { by: Agent }>;

/** Requests of an agent can be refused; events cannot. */
export const isRequest = (event: CallEvent): event is Exclude<Request, { type: 'accepted' }> =>
  'by' in event && event.type !== 'accepted';
