import type { StorageView } from '../../../shared/ipc/storage.ts';
import type { Log } from '../../log.ts';
import { salvageBasics } from '../salvage/basics.ts';
import type { Stores } from '../stores.ts';
import type { Repairs } from './repairs.ts';
import { snapshotsOf } from './snapshots.ts';

export interface RescuePorts {
  /** The file that takes in what comes back. */
  path: string;
  /** Without it only settings, numbers and the relay's cursor come back. */
  repairs: Repairs | undefined;
  /** See `OpenOptions`. */
  keys?: readonly string[] | undefined;
  log: Log;
  /** Stores how far the rescue has come, so that the next start can resume it. */
  save: (mark: { path: string; at: number; calls: number }) => void;
  changed: () => void;
  /** Calls came back. */
  recovered: () => void;
}

/** Brings back what can be read of a damaged file that was set aside. */
export class Rescue {
  readonly #ports: RescuePorts;
  #view: StorageView['setAside'];
  #closed = false;

  constructor(ports: RescuePorts) {
    this.#ports = ports;
  }

  /** What windows show about it. */
  get view(): StorageView['setAside'] {
    return this.#view;
  }

  /** Copies what the console needs to ring at once, and starts on the rest. `at`: Unix ms. */
  begin(from: string, at: number, fresh: Stores): void {
    try {
      salvageBasics({ path: from, keys: this.#ports.keys }, fresh.db);
    } catch (error) {
      this.#ports.log.warn(`database: settings were not rescued: ${String(error)}`);
    }
    this.#view = { path: from, at, isNews: true };
    this.#start(from, at);
  }

  /** Continues a rescue that an earlier run did not finish. */
  resume(stores: Stores): void {
    this.#view = stores.setAside.get();
    if (this.#view && this.#view.calls === undefined) this.#start(this.#view.path, this.#view.at);
  }

  close(): void {
    this.#closed = true;
  }

  #start(from: string, at: number): void {
    const { repairs } = this.#ports;
    if (repairs) void this.#run(repairs, from, at);
  }

  /** What the damaged file did not give, from each snapshot, the newest first. @returns how many calls */
  async #fromSnapshot(repairs: Repairs): Promise<number> {
    const { path, log } = this.#ports;
    let calls = 0;
    for (const from of snapshotsOf(path)) {
      try {
        calls += await repairs.salvage({ from, to: path, isNew: true }, () => undefined);
      } catch (error) {
        if (this.#closed) break;
        log.warn(`database: ${from} cannot be read: ${String(error)}`);
      }
    }
    return calls;
  }

  async #run(repairs: Repairs, from: string, at: number): Promise<void> {
    const { path, log, save, changed, recovered } = this.#ports;
    const rescue = { path: from, at, isNews: true };
    try {
      const fromFile = await repairs.salvage({ from, to: path }, (progress) => {
        this.#view = { ...rescue, progress };
        changed();
      });
      if (this.#closed) return;
      const more = await this.#fromSnapshot(repairs);
      if (this.#closed) return;
      // Last, because everything else has more of a call.
      const bare = await repairs.salvage({ from, to: path, isRemnants: true }, () => undefined);
      if (this.#closed) return;
      const calls = fromFile + more + bare;
      const parts = `${more} of them by a snapshot, ${bare} by their indexes`;
      log.info(`database: ${calls} calls came back from ${from}, ${parts}`);
      this.#view = { ...rescue, calls };
      save({ path: from, at, calls });
      recovered();
    } catch (error) {
      if (this.#closed) return;
      log.error(`database: the rescue from ${from} stopped: ${String(error)}`);
      this.#view = { ...rescue, failed: String(error) };
    }
    changed();
  }
}
