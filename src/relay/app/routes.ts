import { addressList } from '../http/client-address.ts';
import { createRedeemHandler } from '../connections/redeem-route.ts';
import { GuessBrake } from '../http/guess-brake.ts';
import { sendJson } from '../http/responses.ts';
import type { Routes } from '../http/server.ts';
import { describePath } from '../http/target.ts';
import { createOperationsHandler } from '../operations/routes.ts';
import type { RelayRecordings } from '../recordings/relay-recordings.ts';
import { createAnnouncementRoute } from '../recordings/announcement-route.ts';
import { createRecordingRoute, type RecordingRoutePorts } from '../recordings/route.ts';
import type { AddedEntry } from '../store/store.ts';
import { createWebhookHandler } from '../webhooks/handler.ts';
import { Lateness } from '../webhooks/lateness.ts';
import { WebhookTurns } from '../webhooks/turns.ts';
import type { Base } from './base.ts';
import type { Calls } from './calls.ts';

/** Wrong secrets and signatures of webhooks, from one address. */
const WRONG_SECRETS = { burst: 60, perSecond: 1 };

/** Wrong codes of invitations, from one address. */
const WRONG_CODES = { burst: 10, perSecond: 1 / 30 };

/** Whether a relay is about to end. */
export interface Ending {
  isDraining: boolean;
  isClosing: boolean;
}

/** The relay's HTTP routes. */
export function createRoutes(
  base: Base,
  calls: Calls,
  recordings: RelayRecordings,
  ending: Ending,
): Routes {
  const { config, clock, log, strangers, metrics, store, health, nodes } = base;
  const { accounts } = config;
  const agents: Omit<RecordingRoutePorts, 'recordings'> = {
    authenticate: (token) => base.directory.authenticate(token),
    mayUse: (member, accountId) => base.access.hears(member, accountId),
  };
  const known = new Set(accounts.flatMap(({ id, provider }) => [id, provider]));
  const coordinator = {
    handleProviderEvents(entries: readonly AddedEntry[]) {
      metrics.handleProviderEvents(entries);
      calls.coordinator.handleProviderEvents(entries);
    },
  };
  return {
    // Anybody may ask, so nothing else is told.
    async health(response) {
      const ok = await health.isOk();
      sendJson(response, ok ? 200 : 503, { ok });
    },
    webhook: createWebhookHandler({
      accounts,
      store,
      clock,
      log,
      strangers,
      known,
      guesses: new GuessBrake(WRONG_SECRETS, clock),
      proxies: addressList(config.trustProxy ?? []),
      lateness: new Lateness(log),
      health: base.webhookHealth,
      areTogether: (one, other) => base.access.workspaceOf(one) === base.access.workspaceOf(other),
      turns: new WebhookTurns(),
      nodes,
      coordinator,
    }),
    recording: createRecordingRoute({ recordings, ...agents }),
    announcement: createAnnouncementRoute({ announcements: base.announcements, ...agents }),
    redeem: createRedeemHandler({
      invitations: base.invitations,
      guesses: new GuessBrake(WRONG_CODES, clock, false),
      proxies: addressList(config.trustProxy ?? []),
      strangers,
    }),
    operations: createOperations(base, calls, ending),
    unknown: (path, method) =>
      strangers.warn('http.unknown-address', { method, address: describePath(path, known) }),
  };
}

/** Readiness, metrics and the admins' page. */
function createOperations(base: Base, { media, relayedCalls }: Calls, ending: Ending) {
  const { config, clock, strangers, metrics, store, health, connectedAgents, nodes } = base;
  const connections = () => connectedAgents.connections();
  metrics.watch({
    connections,
    relayedCalls: () => relayedCalls?.all() ?? [],
    media,
    head: async () => (await store.extent()).head,
    durable: () => store.durable(),
  });
  return createOperationsHandler({
    status: {
      config,
      store,
      isStoreTaking: () => health.isTaking,
      connections,
      relayedCalls: () => (relayedCalls?.records() ?? []).map((record) => ({ record })),
      media,
      elsewhere: () => nodes.agents(),
      isClosing: () => ending.isClosing,
      isDraining: () => ending.isDraining,
      now: () => clock.now(),
      startedAt: clock.now(),
    },
    health,
    metrics,
    clock,
    proxies: addressList(config.trustProxy ?? []),
    strangers,
  });
}
