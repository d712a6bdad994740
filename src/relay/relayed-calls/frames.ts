import { assertNever } from '../../shared/lib/assert-never.ts';
import type { RelayedCallStatus as CallFrame } from '../../shared/protocol/frames.ts';
import type { CallOffer } from '../../shared/protocol/log-entry.ts';
import type { Access } from '../access/access.ts';
import type { Member } from '../store/agent-store.ts';
import { ownerOf } from './state-machine/state.ts';
import type { BridgeReport } from '../media/call-bridge.ts';
import type { LegReport } from '../media/leg.ts';
import type { LegId } from '../media/routing.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/relayed-call-record.ts';

/** A call as shown to its agent, to the agents it is offered to, and to supervisors. */
export function callFrame(
  record: RelayedCallRecord,
  stats: { report: BridgeReport; agentLeg: LegId | undefined } | undefined,
): CallFrame {
  const { callId, accountId, party, direction, state, startedAt, supervisors, dtmf } = record;
  const { recording } = record;
  const owner = ownerOf(state);
  const callOffer = openCallOffer(record);
  const { report, agentLeg } = stats ?? {};
  const agent = agentLeg === undefined ? undefined : report?.agents[agentLeg];
  return {
    callId,
    accountId,
    party,
    direction,
    state: stateOf(state),
    ...(owner && { owner }),
    ...(startedAt !== undefined && { startedAt }),
    ...(callOffer && { callOffer }),
    ...(state.kind === 'consulting' && { consulting: state.callOffer.to }),
    supervisors,
    dtmf,
    ...(recording && { recording }),
    legs: {
      ...(report?.customer && { customer: legStats(report.customer) }),
      ...(agent && { agent: legStats(agent) }),
    },
  };
}

function stateOf(state: RelayedCallState): CallFrame['state'] {
  switch (state.kind) {
    case 'ringing':
    case 'placing':
      return 'ringing';
    case 'talking':
      return state.onHold ? 'on-hold' : 'talking';
    // The customer hears hold music during the offer.
    case 'transfer-offered': {
      const { ownerHere, callOffer } = state;
      if (callOffer.mode !== 'take-over') return 'on-hold';
      if (!ownerHere) return 'agent-disconnected';
      return callOffer.onHold === true ? 'on-hold' : 'talking';
    }
    case 'team-offered':
      return 'on-hold';
    case 'consulting':
      return state.ownerUntil === undefined ? 'consulting' : 'agent-disconnected';
    case 'agent-disconnected':
    case 'queued':
      return 'agent-disconnected';
    case 'ended':
      return 'ended';
    default:
      return assertNever(state, 'state');
  }
}

/** The open call offer. */
function openCallOffer({ state, ...call }: RelayedCallRecord): CallOffer | undefined {
  const { callId, accountId, providerCallId = 'unknown', direction, party } = call;
  const facts = { callId, accountId, providerCallId, direction, party };
  switch (state.kind) {
    case 'transfer-offered':
    case 'consulting': {
      const { id, to, note, deadlineAt } = state.callOffer;
      const from = state.owner;
      const why = state.callOffer.mode === 'take-over' ? 'take-over' : 'transfer';
      return { ...facts, callOfferId: id, why, from, to: [to], note, deadlineAt };
    }
    case 'team-offered': {
      const { id, asked, team, note, deadlineAt } = state.callOffer;
      const from = state.owner;
      const why = 'transfer';
      return { ...facts, callOfferId: id, why, from, to: asked, team, note, deadlineAt };
    }
    case 'queued': {
      const { id, deadlineAt } = state.callOffer;
      return {
        ...facts,
        callOfferId: id,
        why: 'requeue',
        from: state.from,
        to: [],
        deadlineAt,
      };
    }
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
    case 'ended':
      return undefined;
    default:
      return assertNever(state, 'state');
  }
}

/** Whether a call is shown to an agent who may see its number; supervisors are shown all. */
export function concerns(
  { accountId, state, supervisors }: RelayedCallRecord,
  agent: Member,
  access: Access,
): boolean {
  if (!access.hears(agent, accountId)) return false;
  if (access.maySupervise(agent, accountId)) return true;
  if (supervisors.some((one) => one.agent.id === agent.id)) return true;
  if (ownerOf(state)?.id === agent.id) return true;
  switch (state.kind) {
    case 'transfer-offered':
    case 'consulting':
      return state.callOffer.to.id === agent.id;
    case 'team-offered':
      return state.callOffer.asked.some(({ id }) => id === agent.id);
    case 'queued':
      return true;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
    case 'ended':
      return false;
    default:
      return assertNever(state, 'state');
  }
}

function legStats({ received, rttMs }: LegReport) {
  const { packets, lost, jitterMs } = received;
  return { packets, lost, jitterMs, ...(rttMs !== undefined && { rttMs }) };
}
