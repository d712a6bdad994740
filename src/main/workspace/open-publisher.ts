import { isCalling } from '../../shared/call/record.ts';
import type { Snapshot } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Network } from '../network/system.ts';
import type { KeyStates } from '../os/shortcuts.ts';
import { SnapshotPublisher } from '../snapshot/snapshot.ts';
import { type Notices } from '../snapshot/notices.ts';
import type { WorkspaceManager } from './workspace-manager.ts';

export interface PublisherPorts {
  versions: Pick<Snapshot['app'], 'version' | 'electron'>;
  clock: Clock;
  notices: Notices;
  vault: Vault;
  network: Network;
  workspaces: WorkspaceManager;
  keys: () => KeyStates;
}

/** The snapshot that windows mirror, of the workspace that is open. */
export function openPublisher(ports: PublisherPorts): SnapshotPublisher {
  const { workspaces } = ports;
  return new SnapshotPublisher({
    now: () => ports.clock.now(),
    app: () => ({
      ...ports.versions,
      workspace: workspaces.currentKind,
      profileName: workspaces.current?.agent?.name,
      ownNumbersOf: workspaces.ownNumbersOf,
    }),
    agent: () => workspaces.current?.agent,
    accounts: () => workspaces.current?.accounts() ?? [],
    connection: () => workspaces.connection(),
    proxyAsks: () => ports.network.asks(),
    missedWhileAway: () => workspaces.current?.live.missedWhileAway() ?? [],
    calls: () => workspaces.current?.live.list() ?? [],
    unseenMissed: () => workspaces.current?.unseenMissed() ?? 0,
    team: () => workspaces.current?.team.view() ?? noTeam,
    vault: () => ports.vault.state(),
    storage: () => workspaces.current?.storage(),
    settings: () => workspaces.settings(),
    keys: () => ({
      ...ports.keys(),
      callId: workspaces.current?.live.list().find(isCalling)?.id,
    }),
    notices: () => ports.notices.list(),
  });
}

/** Before a workspace is open. */
const noTeam = {
  presence: { state: 'available', dnd: false },
  team: [],
  supervisable: [],
} as const;
