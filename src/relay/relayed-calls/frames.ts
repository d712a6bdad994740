import { assertNever } from '../../shared/lib/assert-never.ts';
import type { AnchoredCall as CallFrame, Agent, Handover } from '../../shared/protocol/frames.ts';
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
  const { callId, accountId, party, direction, situation, startedAt, supervisors, keys } = record;
  const owner = ownerOf(situation);
  const handover = handoverOf(record);
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
    ...(handover && { handover }),
    ...(situation.kind === 'consulting' && { consulting: situation.handover.to }),
    supervisors,
    keys,
    legs: {
      ...(report?.customer && { customer: legFigures(report.customer) }),
      ...(agent && { agent: legFigures(agent) }),
    },
  };
}

function stateOf(situation: RelayedCallState): CallFrame['state'] {
  switch (situation.kind) {
    case 'ringing':
    case 'placing':
      return 'ringing';
    case 'talking':
      return situation.parked ? 'parked' : 'talking';
    // The customer hears hold audio while somebody is asked.
    case 'asking':
      return 'parked';
    case 'consulting':
      return situation.ownerUntil === undefined ? 'consulting' : 'owner-lost';
    case 'owner-lost':
    case 'waiting':
      return 'owner-lost';
    case 'ended':
      return 'ended';
    default:
      return assertNever(situation, 'situation');
  }
}

/** The handover that is open. */
function handoverOf({ situation, ...call }: RelayedCallRecord): Handover | undefined {
  const { callId, accountId, providerCallId = 'unknown', direction, party } = call;
  const facts = { callId, accountId, providerCallId, direction, party };
  switch (situation.kind) {
    case 'asking':
    case 'consulting': {
      const { id, to, note, deadlineAt } = situation.handover;
      const from = situation.owner;
      return { ...facts, handoverId: id, why: 'transfer', from, to: [to], note, deadlineAt };
    }
    case 'waiting': {
      const { id, deadlineAt } = situation.handover;
      return { ...facts, handoverId: id, why: 'waiting', from: situation.from, to: [], deadlineAt };
    }
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'owner-lost':
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
    case 'asking':
    case 'consulting':
      return situation.handover.to.id === agent.id;
    case 'waiting':
      return true;
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'owner-lost':
    case 'ended':
      return false;
    default:
      return assertNever(situation, 'situation');
  }
}

function legFigures({ received, rttMs }: LegReport) {
  const { packets, lost, jitterMs } = received;
  return { packets, lost, jitterMs, ...(rttMs !== undefined && { rttMs }) };
}
