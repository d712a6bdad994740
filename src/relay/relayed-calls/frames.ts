import { assertNever } from '../../shared/lib/assert-never.ts';
import type { AnchoredCall as CallFrame, Agent, CallOffer } from '../../shared/protocol/frames.ts';
import { ownerOf } from './state-machine/state.ts';
import type { AnchorReport } from '../media/call-bridge.ts';
import type { LegReport } from '../media/leg.ts';
import type { LegId } from '../media/routing.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/anchored-record.ts';

/** A call as its agent, whoever is asked, and supervisors see it. */
export function callFrame(
  record: RelayedCallRecord,
  figures: { report: AnchorReport; agentLeg: LegId | undefined } | undefined,
): CallFrame {
  const { callId, accountId, party, direction, situation, startedAt, supervisors, dtmf } = record;
  const owner = ownerOf(situation);
  const callOffer = handoverOf(record);
  const { report, agentLeg } = figures ?? {};
  const agent = agentLeg === undefined ? undefined : report?.agents[agentLeg];
  return {
    callId,
    accountId,
    party,
    direction,
    state: stateOf(situation),
    ...(owner && { owner }),
    ...(startedAt !== undefined && { startedAt }),
    ...(callOffer && { callOffer }),
    ...(situation.kind === 'consulting' && { consulting: situation.callOffer.to }),
    supervisors,
    dtmf,
    legs: {
      ...(report?.customer && { customer: legStats(report.customer) }),
      ...(agent && { agent: legStats(agent) }),
    },
  };
}

function stateOf(situation: RelayedCallState): CallFrame['state'] {
  switch (situation.kind) {
    case 'ringing':
    case 'placing':
      return 'ringing';
    case 'talking':
      return situation.onHold ? 'on-hold' : 'talking';
    // The customer hears hold audio while somebody is asked.
    case 'transfer-offered':
      return 'on-hold';
    case 'consulting':
      return situation.ownerUntil === undefined ? 'consulting' : 'agent-disconnected';
    case 'agent-disconnected':
    case 'queued':
      return 'agent-disconnected';
    case 'ended':
      return 'ended';
    default:
      return assertNever(situation, 'situation');
  }
}

/** The callOffer that is open. */
function handoverOf({ situation, ...call }: RelayedCallRecord): CallOffer | undefined {
  const { callId, accountId, providerCallId = 'unknown', direction, party } = call;
  const facts = { callId, accountId, providerCallId, direction, party };
  switch (situation.kind) {
    case 'transfer-offered':
    case 'consulting': {
      const { id, to, note, deadlineAt } = situation.callOffer;
      const from = situation.owner;
      return { ...facts, callOfferId: id, why: 'transfer', from, to: [to], note, deadlineAt };
    }
    case 'queued': {
      const { id, deadlineAt } = situation.callOffer;
      return {
        ...facts,
        callOfferId: id,
        why: 'requeue',
        from: situation.from,
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
      return assertNever(situation, 'situation');
  }
}

/** Who is told of a call; supervisors are told of every one. */
export function concerned(
  { situation, supervisors }: RelayedCallRecord,
  agent: Agent & { role: 'agent' | 'supervisor' },
): boolean {
  if (agent.role === 'supervisor' || supervisors.some((one) => one.agent.id === agent.id))
    return true;
  if (ownerOf(situation)?.id === agent.id) return true;
  switch (situation.kind) {
    case 'transfer-offered':
    case 'consulting':
      return situation.callOffer.to.id === agent.id;
    case 'queued':
      return true;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'agent-disconnected':
    case 'ended':
      return false;
    default:
      return assertNever(situation, 'situation');
  }
}

function legStats({ received, rttMs }: LegReport) {
  const { packets, lost, jitterMs } = received;
  return { packets, lost, jitterMs, ...(rttMs !== undefined && { rttMs }) };
}
