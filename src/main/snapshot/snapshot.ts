import type {
  AccountView,
  LiveCall,
  Notice,
  Settings,
  Snapshot,
  VaultState,
} from '../../shared/ipc/model.ts';
import type { Connection } from '../../shared/protocol/connection.ts';

/**
 * Where each part of the snapshot comes from. Asked for every snapshot, so that none can be stale.
 */
export interface SnapshotPorts {
  now: () => number;
  app: () => Snapshot['app'];
  agent: () => Snapshot['agent'];
  accounts: () => readonly AccountView[];
  connection: () => Connection;
  proxyAsks: () => Snapshot['proxyAsks'];
  missedWhileAway: () => readonly string[];
  calls: () => readonly LiveCall[];
  unseenMissed: () => number;
  /** The agent among others. */
  team: () => Pick<Snapshot, 'presence' | 'team' | 'supervisable'>;
  vault: () => VaultState;
  storage: () => Snapshot['storage'];
  settings: () => Settings;
  keys: () => Snapshot['keys'];
  notices: () => readonly Notice[];
}

/** One snapshot of everything a window shows. */
function buildSnapshot(parts: SnapshotPorts, revision: number): Snapshot {
  return {
    revision,
    now: parts.now(),
    app: parts.app(),
    agent: parts.agent(),
    accounts: parts.accounts(),
    connection: parts.connection(),
    proxyAsks: parts.proxyAsks(),
    missedWhileAway: parts.missedWhileAway(),
    calls: parts.calls(),
    unseenMissed: parts.unseenMissed(),
    ...parts.team(),
    vault: parts.vault(),
    storage: parts.storage(),
    settings: parts.settings(),
    keys: parts.keys(),
    notices: parts.notices(),
  };
}

/**
 * Tells everybody what changed: one snapshot per turn of the event loop, however many parts changed
 * in it.
 */
export class SnapshotPublisher {
  readonly #parts: SnapshotPorts;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #revision = 0;
  #due = false;
  #closed = false;

  constructor(parts: SnapshotPorts) {
    this.#parts = parts;
  }

  /** The present state; also what a window is given first. */
  snapshot(): Snapshot {
    return buildSnapshot(this.#parts, this.#revision);
  }

  /** Something a part answers has changed. */
  readonly handleChange = (): void => {
    if (this.#due || this.#closed) return;
    this.#due = true;
    setImmediate(() => this.#emit());
  };

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
  }

  #emit(): void {
    this.#due = false;
    if (this.#closed) return;
    this.#revision += 1;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }
}
