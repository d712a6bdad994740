import type { Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { providers } from '../../shared/rules/data/providers.ts';
import { Administration } from '../agents/administration.ts';
import { erasePerson } from '../agents/erasures.ts';
import { policyOfWorkspace } from '../config/workspaces.ts';
import { AgentSession } from '../connections/agent-session.ts';
import { Audiences } from '../connections/audience.ts';
import { serveAgents, type AgentSockets } from '../connections/server.ts';
import { addressList } from '../http/client-address.ts';
import { consoleIceServers } from '../media/ice-servers.ts';
import { NumberChecks } from '../operations/number-checks.ts';
import { ProviderClock } from '../operations/provider-clock.ts';
import { TeamMessages } from '../connections/team-messages.ts';
import { TeamReports } from '../reports/team-reports.ts';
import { eraseEverywhere } from '../recordings/erase-everywhere.ts';
import type { RelayRecordings } from '../recordings/relay-recordings.ts';
import { StreamGate } from '../media-streams/stream-upgrade.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import { WebhookNews } from '../webhooks/webhook-news.ts';
import type { Base } from './base.ts';
import { rightsOf, type Calls } from './calls.ts';

/** The sockets of consoles and of providers' media streams. */
export interface Sessions extends AgentSockets {
  /** Resolves when no session has pending work. */
  finished(): Promise<unknown>;
}

const DAY_MS = 86_400_000;

/** Serves a session to each console that connects. */
export function serveSessions(
  base: Base,
  server: Server,
  calls: Calls,
  recordings: Pick<RelayRecordings, 'erase'>,
): Sessions {
  const { config, clock, log, strangers, store, access, agents, invitations, directory, changes } =
    base;
  const { broadcaster, coordinator } = calls;
  const memberOf = (agentId: string) => directory.get(agentId);
  const { accounts } = config;
  const numberChecks = new NumberChecks({
    accounts,
    access,
    store,
    health: base.webhookHealth,
    providerClock: new ProviderClock(accounts, clock),
  });
  const news = new WebhookNews({
    health: base.webhookHealth,
    clock,
    tell(webhooks, here) {
      if (here) base.nodes.showWebhooks(webhooks);
      for (const { audience, connections } of base.connectedAgents.rooms()) {
        if (!audience.hears(webhooks.accountId)) continue;
        for (const one of connections) one.send({ type: 'webhooks', number: webhooks });
      }
    },
  });
  const free = new Set(
    accounts.flatMap(({ id, provider }) =>
      providers[provider].billing.value === 'free' ? [id] : [],
    ),
  );
  const ports = {
    store,
    clock,
    log,
    coordinator,
    access,
    teamMessages: new TeamMessages({
      store,
      access,
      clock,
      members: () => directory.all(),
      notifyNewEntries: () => coordinator.notifyNewEntries(),
    }),
    reports: new TeamReports({
      store,
      clock,
      access,
      members: () => directory.all(),
      keptMs: config.retentionDays * DAY_MS,
      isFree: (accountId) => free.has(accountId),
    }),
    checks: (member: Member | undefined) => numberChecks.of(member),
    async echo(agentId: string, offerSdp: string): Promise<Outcome> {
      const answer = await calls.media?.echo(agentId, offerSdp);
      if (!answer) return refused('no-media');
      return answer.ok ? { kind: 'leg', sdp: answer.value } : refused(answer.error);
    },
    administration: new Administration({
      agents,
      invitations,
      access,
      erase: (workspace, keys) =>
        erasePerson(
          {
            store,
            access,
            agents,
            eraseRecordings: (person, callIds) =>
              eraseEverywhere(base.nodes, recordings, person, callIds),
            clock,
            random: randomBytes,
          },
          workspace,
          keys,
        ).finally(() => coordinator.notifyNewEntries()),
      log,
    }),
    iceServers: (agentId: string) => consoleIceServers(config.media, agentId, clock.now()),
    audiences: new Audiences(access, memberOf),
    memberOf,
    rightsOf: (member: Member) => rightsOf(base, member),
    rejoinGraceMs: ({ workspace }: Member) =>
      policyOfWorkspace(config, workspace).rejoinGraceSeconds * 1000,
  };
  const streams = new StreamGate(calls.streams, base.nodes, clock);
  const ending = new Set<Promise<void>>();
  const sockets = serveAgents(server, {
    agents: directory,
    streams,
    proxies: addressList(config.trustProxy ?? []),
    strangers,
    clock,
    log,
    handleConnection(socket, agent) {
      const session = new AgentSession(ports, socket, agent);
      return {
        handleMessage: (data, binary) => session.handleMessage(data, binary),
        handleClosed(saidGoodbye) {
          const end = session.handleClosed(saidGoodbye).finally(() => ending.delete(end));
          ending.add(end);
        },
      };
    },
    handleHeartbeat() {
      broadcaster.handleHeartbeat();
      void coordinator.saveAcks();
    },
  });
  changes.on('agent', (change) => {
    sockets.checkToken(change.id);
    coordinator.handleAgentChange(change);
  });
  return {
    ...sockets,
    close() {
      news.close();
      sockets.close();
    },
    terminate() {
      sockets.terminate();
      streams.terminate();
    },
    finished: () => Promise.all(ending),
  };
}
