import type { OwnRights } from '../../shared/protocol/frames.ts';
import { isRelayed, pathOf } from '../config/account.ts';
import { recordingPolicyOf } from '../config/recording.ts';
import { policyOfAccount, policyOfWorkspace } from '../config/workspaces.ts';
import { reasonOf } from '../log.ts';
import type { MediaHost } from '../media-process/host.ts';
import { openLocalHost } from '../media-process/local.ts';
import { engineOptions } from '../media-process/options.ts';
import { MediaStreamRegistry, streamAccounts } from '../media-streams/registry.ts';
import { Deletions } from '../recordings/deletions.ts';
import { RelayedCalls } from '../relayed-calls/calls.ts';
import { createProviders } from '../relayed-calls/providers.ts';
import { Coordinator } from '../ring/coordinator.ts';
import { StatusBroadcaster } from '../ring/status-broadcaster.ts';
import type { Member } from '../store/agent-store.ts';
import type { Base, RelayOptions } from './base.ts';

/** The parts that know of calls. */
export interface Calls {
  /** Neither exists if no account is relayed. */
  media: MediaHost | undefined;
  relayedCalls: RelayedCalls | undefined;
  streams: MediaStreamRegistry;
  broadcaster: StatusBroadcaster;
  coordinator: Coordinator;
}

/** Opens media and all that decides about calls; nothing runs before the coordinator starts. */
export async function openCalls(base: Base, openMedia: RelayOptions['media']): Promise<Calls> {
  const { config, clock, log, store, access, directory, connectedAgents, nodes, changes } = base;
  const { accounts } = config;
  const { media, relayedCalls } = await openRelayedCalls(base, openMedia);
  const memberOf = (agentId: string) => directory.get(agentId);
  const streams = new MediaStreamRegistry({
    store,
    clock,
    log,
    accounts: streamAccounts(accounts),
    node: nodes.id,
    tell: () => nodes.showStreams(),
    mayHave(agentId, call) {
      const member = memberOf(agentId);
      return member !== undefined && access.denial(member, 'stream', call) === undefined;
    },
  });
  const broadcaster = new StatusBroadcaster({
    store,
    clock,
    log,
    accounts,
    access,
    policyOf: (accountId) => policyOfAccount(config, accountId),
    policyOfWorkspace: (workspace) => policyOfWorkspace(config, workspace),
    memberOf,
    relayedCalls,
    nodes,
    report: async (callId) => media?.report(callId),
    connectedAgents,
    handleRinging: (rings) => base.metrics.handleRinging(rings),
  });
  const coordinator = new Coordinator({
    store,
    clock,
    log,
    access,
    memberOf,
    refreshMembers: () => directory.refresh(),
    rightsOf: (member) => rightsOf(base, member),
    connectedAgents,
    broadcaster,
    relayedCalls,
    streams,
    nodes,
    handleNewEntries: () => changes.emit('logged'),
    handleWebhooks: (webhooks) => base.webhookHealth.learn(webhooks),
  });
  changes.on('entries', () => coordinator.notifyNewEntries());
  changes.on('calls', () => broadcaster.refreshTeam());
  return { media, relayedCalls, streams, broadcaster, coordinator };
}

async function openRelayedCalls(
  { config, clock, log, store, access, connectedAgents, nodes, changes }: Base,
  openMedia: NonNullable<RelayOptions['media']> = (relayConfig, listener) =>
    openLocalHost(engineOptions(relayConfig), listener),
): Promise<{ media?: MediaHost; relayedCalls?: RelayedCalls }> {
  if (!config.accounts.some(isRelayed)) return {};
  const deletions = new Deletions(config.recording.folder);
  const media = await openMedia(config, (callId, event) =>
    relayedCalls.handleMediaEvent(callId, event),
  );
  const relayedCalls: RelayedCalls = new RelayedCalls({
    store,
    clock,
    log,
    media,
    access,
    policyOf: (accountId) => policyOfAccount(config, accountId),
    recordingOf: (accountId) => recordingPolicyOf(config, accountId),
    recordingsFolder: config.recording.folder,
    recordingSecret: config.recording.key,
    noteDeleted: (recordingId, deletion) => deletions.note(recordingId, deletion),
    announcements: config.recording.announcements ?? {},
    provider: createProviders(config.accounts, { log, clock }),
    node: nodes.id,
    isShared: () => nodes.mayHaveOthers(),
    isConnected: (agentId) => connectedAgents.has(agentId) || nodes.agents().has(agentId),
    notifyTakenOver: (callId) => {
      relayedCalls
        .leave(callId)
        .catch((error: unknown) =>
          log.error('call.failed', { what: 'leave', why: reasonOf(error) }),
        );
    },
    notifyNewEntries: () => changes.emit('entries'),
    notifyChanged: () => changes.emit('calls'),
  });
  return { media, relayedCalls };
}

/** The rights that an agent is told. */
export function rightsOf(
  { config, access, directory, announcements }: Base,
  member: Member,
): OwnRights {
  const { role, calls, workspace } = member;
  const own = config.accounts.filter(({ id }) => access.hears(member, id));
  return {
    role,
    calls,
    numbers: own.map((account) => ({
      id: account.id,
      path: pathOf(account),
      ...(account.recording && { recording: account.recording }),
      announcement: announcements.get(account.id)?.sha256,
    })),
    wrapUpForm: directory.wrapUpFormOf(workspace),
  };
}
