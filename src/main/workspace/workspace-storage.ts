import { RepairThreads } from '../db/storage/repairs.ts';
import { SafeCallLog } from '../db/storage/safe-calls.ts';
import { SafeErasures } from '../db/storage/safe-erasures.ts';
import { SafeNotes } from '../db/storage/safe-notes.ts';
import { SafeDrafts, SafeSettings } from '../db/storage/safe-stores.ts';
import { Snapshots } from '../db/storage/snapshots.ts';
import { Storage } from '../db/storage/storage.ts';
import { HistoryReader } from '../history/history-reader.ts';
import { StorageNotices } from '../snapshot/storage-notices.ts';
import type { WorkspacePorts } from './workspace.ts';

/** A workspace's database: main's stores, and the thread that reads its history. */
export interface WorkspaceStorage {
  storage: Storage;
  history: HistoryReader;
  callLog: SafeCallLog;
  settings: SafeSettings;
  drafts: SafeDrafts;
  notes: SafeNotes;
  erasures: SafeErasures;
  repairs: RepairThreads;
  snapshots: Snapshots;
  close: () => Promise<void>;
}

/**
 * Opens the database. Problems with the file become notices and do not stop the workspace from
 * opening.
 */
export function openWorkspaceStorage(ports: WorkspacePorts): WorkspaceStorage {
  const { database: path, sqliteBinding: nativeBinding, defaults, clock, log, changed } = ports;
  const { databaseKeys: keys } = ports;
  const repairs = new RepairThreads(ports.repairScript, nativeBinding, keys);
  const storage = new Storage({ path, nativeBinding, keys, defaults, clock, log, repairs });
  const history = new HistoryReader({
    path,
    nativeBinding,
    keys,
    script: ports.readerScript,
    damaged: (why) => storage.handleDamage(why),
  });
  storage.register({ releaseFile: (until) => history.release(until) });

  const snapshots = new Snapshots({
    path,
    repairs,
    clock,
    log,
    isSound: () => !storage.isBehind() && storage.view().trouble === undefined,
  });

  const storageNotices = new StorageNotices(ports.notices);
  let closed = false;
  const handleChange = () => {
    // Deferred, because a change may happen during a read.
    setImmediate(() => {
      if (!closed) storageNotices.update(storage.view());
      changed();
    });
  };
  storage.on('changed', handleChange);
  handleChange();

  return {
    storage,
    history,
    callLog: new SafeCallLog(storage),
    settings: new SafeSettings(storage, defaults),
    drafts: new SafeDrafts(storage),
    notes: new SafeNotes(storage),
    erasures: new SafeErasures(storage),
    repairs,
    snapshots,
    async close() {
      await history.close();
      closed = true;
      snapshots.close();
      await repairs.release();
      storage.close();
      storageNotices.close();
    },
  };
}
