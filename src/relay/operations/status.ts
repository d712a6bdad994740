import { Access } from '../access/access.ts';
import { Team } from '../agents/presence.ts';
import { pathOf, type Account } from '../config/account.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { Presence, Teammate } from '../../shared/protocol/frames.ts';
import type { MediaHost } from '../media-process/host.ts';
import { engaged, ownerOf } from '../relayed-calls/state-machine/state.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { AgentRecord } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import type { AdminScope } from './admin-access.ts';

/** Why a number cannot ring now. */
export type Obstacle =
  | 'external'
  | 'closing'
  | 'draining'
  | 'media'
  | 'no-webhook'
  | 'nobody-may'
  | 'nobody-connected'
  | 'nobody-available';

/** Why the relay takes no new work. */
export type NotReady = 'closing' | 'draining' | 'store' | 'media';

/** The relay's status for an admin. Times are Unix ms. */
export interface Status {
  at: number;
  uptimeMs: number;
  notReady: readonly NotReady[];
  numbers: readonly {
    id: string;
    workspace: string;
    provider: Account['provider'];
    path: MediaPath;
    lastWebhookAt: number | undefined;
    /** Undefined: it can ring. */
    obstacle: Obstacle | undefined;
  }[];
  agents: readonly {
    id: string;
    name: string;
    workspace: string;
    presence: Teammate['presence'];
    /** Entries that their console has not acknowledged; undefined when it is not connected. */
    lag: number | undefined;
  }[];
  /** Relayed calls; the relay does not see other calls once they are claimed. */
  calls: readonly {
    accountId: string;
    direction: 'inbound' | 'outbound';
    state: string;
    agent: string | undefined;
    startedAt: number | undefined;
  }[];
}

export interface StatusPorts {
  config: RelayConfig;
  store: Pick<Store, 'extent' | 'lastWebhooks'> & {
    agents: Pick<Store['agents'], 'list'>;
  };
  /** Whether the store takes what is written. */
  isStoreTaking: () => boolean;
  connections: () => readonly {
    agent: { id: string };
    presence: Presence;
    unreachable?: RingerProblem | undefined;
    acked: number;
  }[];
  relayedCalls: () => readonly { record: RelayedCallRecord }[];
  media: Pick<MediaHost, 'processes'> | undefined;
  /** Agents whose console is at another relay of the same store. */
  elsewhere: () => ReadonlyMap<string, { presence: Presence; since: number }>;
  isClosing: () => boolean;
  /** It takes no new calls, and waits for those that it has. */
  isDraining: () => boolean;
  now: () => number;
  startedAt: number;
}

/** Why the relay is not ready for new work; empty when it is. */
export function notReady({
  isStoreTaking,
  media,
  isClosing,
  isDraining,
}: StatusPorts): readonly NotReady[] {
  const found: NotReady[] = [];
  if (isClosing()) found.push('closing');
  else if (isDraining()) found.push('draining');
  if (!isStoreTaking()) found.push('store');
  if (media && !isMediaAlive(media)) found.push('media');
  return found;
}

/** @param scope other workspaces are left out */
export async function readStatus(ports: StatusPorts, scope: AdminScope): Promise<Status> {
  const { config, store, connections, elsewhere, media } = ports;
  const lastWebhooks = await store.lastWebhooks();
  const access = new Access(config.workspaces);
  const sees = (workspace: string | undefined) => scope.kind === 'all' || scope.id === workspace;
  const members = (await store.agents.list()).filter(({ workspace }) => sees(workspace));
  const { head } = await store.extent();
  const live = ports.relayedCalls().map(({ record }) => record);
  const connected = new Map(connections().map((one) => [one.agent.id, one]));
  const presences = presencesOf(ports, members, live);

  const obstacleOf = (account: Account, path: MediaPath): Obstacle | undefined => {
    if (path === 'external') return 'external';
    if (ports.isClosing()) return 'closing';
    if (ports.isDraining()) return 'draining';
    if (path === 'relayed' && media && !isMediaAlive(media)) return 'media';
    if (lastWebhooks.get(account.id)?.takenAt === undefined) return 'no-webhook';
    const able = members.filter((member) => access.mayTake(member, account.id));
    if (able.length === 0) return 'nobody-may';
    if (!able.some(({ id }) => connected.has(id) || elsewhere().has(id))) return 'nobody-connected';
    return able.some(({ id }) => presences.get(id) === 'available')
      ? undefined
      : 'nobody-available';
  };

  return {
    at: ports.now(),
    uptimeMs: ports.now() - ports.startedAt,
    notReady: notReady(ports),
    numbers: config.accounts
      .filter(({ id }) => sees(access.workspaceOf(id)))
      .map((account) => {
        const path = pathOf(account);
        return {
          id: account.id,
          workspace: access.workspaceOf(account.id) ?? '',
          provider: account.provider,
          path,
          lastWebhookAt: lastWebhooks.get(account.id)?.takenAt,
          obstacle: obstacleOf(account, path),
        };
      }),
    agents: members.map(({ id, name, workspace }) => {
      const acked = connected.get(id)?.acked;
      const lag = acked === undefined ? undefined : Math.max(0, head - acked);
      return { id, name, workspace, presence: presences.get(id) ?? 'offline', lag };
    }),
    calls: live
      .filter(
        ({ accountId, state }) => state.kind !== 'ended' && sees(access.workspaceOf(accountId)),
      )
      .map(({ accountId, direction, state, startedAt }) => ({
        accountId,
        direction,
        state: state.kind,
        agent: ownerOf(state)?.name,
        startedAt,
      })),
  };
}

function presencesOf(
  { connections, elsewhere, now }: StatusPorts,
  members: readonly AgentRecord[],
  live: readonly RelayedCallRecord[],
): ReadonlyMap<string, Teammate['presence']> {
  const team = new Team();
  team.engage(new Set(live.flatMap(({ state }) => engaged(state).map(({ id }) => id))), new Set());
  const reported = new Map(connections().map(({ agent, presence }) => [agent.id, presence]));
  const unreachable = new Map(
    connections().flatMap(({ agent, unreachable }) =>
      unreachable ? [[agent.id, unreachable] as const] : [],
    ),
  );
  const all = team.update({ members, reported, unreachable, elsewhere: elsewhere(), now: now() });
  return new Map(all.map(({ id, presence }) => [id, presence]));
}

const isMediaAlive = (media: Pick<MediaHost, 'processes'>): boolean =>
  media.processes().some(({ isAlive }) => isAlive);
