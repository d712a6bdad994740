import { isCalling } from '../../shared/call/view.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { emptyWrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { Vault } from '../credentials/vault.ts';
import { demoIds } from '../demo/messages.ts';
import type { Network } from '../network/system.ts';
import type { KeyStates } from '../os/shortcuts.ts';
import type { Invitations } from '../provisioning/invitations.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { WorkspaceSwitcher } from './workspace-switcher.ts';

/** Where a snapshot is read from. Every snapshot reads all of it, so that no part is stale. */
export interface SnapshotPorts {
  versions: Pick<Snapshot['app'], 'version' | 'electron' | 'remoteSession' | 'dragsRingWindow'>;
  /** The language now, in which main has begun to speak. */
  language: () => Snapshot['app']['language'];
  clock: Pick<Clock, 'now'>;
  notices: Pick<Notices, 'list'>;
  vault: Pick<Vault, 'state'>;
  network: Pick<Network, 'asks'> & { portal: Pick<Network['portal'], 'isThere'> };
  organisation?: Snapshot['organisation'];
  invitations: Pick<Invitations, 'opened'>;
  workspaces: Pick<
    WorkspaceSwitcher,
    'current' | 'currentKind' | 'ownNumbersOf' | 'isFirstStart' | 'connection' | 'settings'
  >;
  keys: () => KeyStates;
  updates: () => Snapshot['updates'];
  localApi: () => Snapshot['localApi'];
  windows: readonly { send(event: AppEvent): void }[];
}

/**
 * Publishes a snapshot of everything that windows show, at most once per turn of the event loop.
 */
export class SnapshotPublisher {
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #ports: SnapshotPorts | undefined;
  #revision = 0;
  #due = false;

  /** Publishes from now on; nobody needs earlier changes. */
  start(ports: SnapshotPorts): void {
    this.#ports = ports;
  }

  /** The current snapshot, which a new window gets first. */
  snapshot(): Snapshot {
    if (!this.#ports) throw new Error('not started');
    return build(this.#ports, this.#revision);
  }

  /** Something that the snapshot shows has changed. */
  readonly handleChange = (): void => {
    if (this.#due || !this.#ports) return;
    this.#due = true;
    setImmediate(() => this.#publish());
  };

  /** For parts of main; windows get every snapshot anyway. */
  subscribe(listener: (snapshot: Snapshot) => void): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#ports = undefined;
    this.#listeners.clear();
  }

  #publish(): void {
    this.#due = false;
    if (!this.#ports) return;
    this.#revision += 1;
    const snapshot = this.snapshot();
    for (const window of this.#ports.windows) window.send({ type: 'snapshot', snapshot });
    for (const listener of this.#listeners) listener(snapshot);
  }
}

function build(ports: SnapshotPorts, revision: number): Snapshot {
  const { workspaces } = ports;
  const { current } = workspaces;
  const calls = current?.live.list() ?? [];
  return {
    revision,
    now: ports.clock.now(),
    app: {
      ...ports.versions,
      language: ports.language(),
      workspace: workspaces.currentKind,
      profileName: current?.agent?.name,
      ownNumbersOf: workspaces.ownNumbersOf,
      ...(workspaces.isFirstStart && { firstStart: true as const }),
      invitation: ports.invitations.opened,
    },
    // Its name follows the language, whichever the demo began in.
    agent: workspaces.currentKind === 'demo' ? demoIds().agent : current?.agent,
    accounts: current?.accounts() ?? [],
    connection: workspaces.connection(),
    proxyAsks: ports.network.asks(),
    portal: ports.network.portal.isThere || undefined,
    missedWhileAway: current?.live.missedWhileAway() ?? [],
    calls,
    unseenMissed: current?.unseenMissed() ?? 0,
    loggedCalls: current?.loggedCalls() ?? 0,
    ready: current?.ready.summary() ?? { faults: 0, warnings: 0 },
    ringer: current?.ringer.state ?? { state: 'untried' },
    todo: current?.todo.counts() ?? { waiting: 0, mine: 0, recent: 0, queued: 0 },
    wrapUpForm: current?.wrapUpForm() ?? emptyWrapUpForm,
    ...(current?.team.view() ?? noTeam),
    vault: ports.vault.state(),
    storage: current?.storage(),
    settings: workspaces.settings(),
    organisation: ports.organisation,
    lockedScreenPop: current?.screenPop,
    updates: ports.updates(),
    localApi: ports.localApi(),
    keys: { ...ports.keys(), callId: calls.find(isCalling)?.id },
    notices: ports.notices.list(),
  };
}

/** The team before a workspace is open. */
const noTeam = {
  presence: { state: 'available', dnd: false },
  team: [],
  supervisable: [],
  messages: [],
} as const;
