import { randomUUID } from 'node:crypto';
import { lastThree } from '../../shared/lib/redact.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { CallService } from '../calls/call-service.ts';
import { PcmStreamManager } from '../calls/streams/pcm-stream-manager.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import type { SafeContacts } from '../db/storage/safe-stores.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import { describe } from '../log.ts';
import type { Numbers } from '../numbers/numbers.ts';
import { noRelayedApi, noCoordinator } from '../relay-client/requests.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import { callHistoryOf, promiseOf } from '../snapshot/call-history.ts';
import { notifyPermission } from '../snapshot/number-notices.ts';
import { LiveCalls } from '../snapshot/live-calls.ts';
import type { TeamState } from '../team/team-state.ts';
import type { WorkspacePorts } from './workspace.ts';

/** Among these a promise is looked for. */
const LAST_ITEMS = 20;

export interface CallsPorts {
  workspace: WorkspacePorts;
  callLog: SafeCallLog;
  numbers: Numbers;
  relay: RelayClient | undefined;
  self: () => Agent;
}

/** The calls of a workspace, and the sound of streamed calls. */
export function openCalls({ workspace, callLog, numbers, relay, self }: CallsPorts): {
  calls: CallService;
  streams: PcmStreamManager;
} {
  const { clock, log, media, play, transport } = workspace;
  const streams = new PcmStreamManager({
    provider: numbers.provider,
    relay: relay?.streams,
    media,
    play,
    // The only mutual dependency: a stream reports to the call that opened it.
    report: (callId, report) => calls.handleMediaReport(callId, report),
    WebSocket: transport.WebSocket,
    clock,
    random: Math.random,
    log,
  });
  const calls: CallService = new CallService({
    ports: {
      log: callLog,
      media,
      provider: numbers.provider,
      coordinator: relay ?? noCoordinator,
      relayedApi: relay?.relayedApi ?? noRelayedApi,
      relayPath: (accountId) => relay?.pathOf(accountId),
      streams,
      iceServers: () => relay?.iceServers ?? [],
      rejoinGraceMs: () => relay?.rejoinGraceMs,
    },
    clock,
    newId: randomUUID,
    log,
    self,
  });
  return { calls, streams };
}

export interface LiveCallsPorts {
  workspace: WorkspacePorts;
  calls: CallService;
  numbers: Numbers;
  history: HistoryReader;
  contacts: Pick<SafeContacts, 'lastMessage' | 'shown'>;
  teamState: TeamState;
}

/** The calls as windows show them, kept up to date from now on. */
export function openLiveCalls(ports: LiveCallsPorts): LiveCalls {
  const { calls, numbers, history, teamState, contacts } = ports;
  const { clock, log, notices, changed, historyChanged } = ports.workspace;
  const live = new LiveCalls(
    {
      account(accountId) {
        const found = numbers.find(accountId);
        return (
          found && {
            label: found.label,
            number: found.number,
            findings: numbers.findings(found),
            recorded: numbers.recordingPolicy(found.id).by,
          }
        );
      },
      alsoRings: (callId) => calls.alsoRings(callId),
      shown: (party) => contacts.shown(party),
      lastMessage: (party, before) => contacts.lastMessage(party, before),
      team: (call) => teamState.viewOf(call),
      async before(call) {
        try {
          const [earlier, contact] = await Promise.all([
            callHistoryOf(call, (filter, limit) => history.list(filter, undefined, limit)),
            history.contact(call.party, undefined, LAST_ITEMS),
          ]);
          return {
            history: earlier,
            promise: promiseOf(contact, call),
          };
        } catch (error) {
          log.warn(`history: what came before a call could not be read: ${describe(error)}`);
          return {};
        }
      },
      isWrappingUp: () => teamState.me?.presence === 'wrap-up',
    },
    clock,
    changed,
  );
  calls.on('changed', live.handleCall);
  calls.on('changed', (call) => {
    if (call.phase.name !== 'ended') return;
    historyChanged();
    changed();
  });
  calls.on('permission', (accountId, { granted, party }) => {
    notifyPermission(notices, accountId, { granted, party: contacts.shown(party) });
    log.info(`permission: ${granted ? 'granted' : 'declined'} by ${lastThree(party.waId)}`);
  });
  return live;
}

/**
 * Restores the calls that the last run left unfinished, and announces how many were interrupted.
 *
 * @returns a function to call at the start, and whenever more of the file can be read
 */
export function callRestorer(calls: CallService, { notices }: WorkspacePorts): () => void {
  let interrupted = 0;
  calls.on('ended', ({ phase }) => {
    if (phase.name === 'ended' && phase.reason.kind === 'interrupted') interrupted += 1;
  });
  return () => {
    calls.restore();
    if (interrupted === 0) return;
    const values = { count: String(interrupted) };
    notices.add({ kind: 'warning', code: 'calls-interrupted', values });
  };
}
