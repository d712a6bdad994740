import { describe, type Log } from '../log.ts';
import { problemValues } from '../refusal.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { WorkspaceSwitcher } from './workspace-switcher.ts';

export interface ProfileImportPorts {
  workspaces: WorkspaceSwitcher;
  /** Asks the agent whether to use the profile in this file. */
  ask: (file: string) => Promise<boolean>;
  notices: Notices;
  log: Log;
}

/** Imports profiles named on the command line. */
export class ProfileImport {
  readonly #ports: ProfileImportPorts;
  #asking = false;

  constructor(ports: ProfileImportPorts) {
    this.#ports = ports;
  }

  /** @returns whether it was imported; if not, a notice says why */
  async import(file: string): Promise<boolean> {
    const { workspaces, notices, log } = this.#ports;
    try {
      await workspaces.importProfile(file);
    } catch (error) {
      log.error(`profile: ${describe(error)}`);
      notices.add({ kind: 'error', code: 'profile-invalid', values: problemValues(error) });
      return false;
    }
    return true;
  }

  /** Asks the agent before importing; repeated starts ask once. */
  async offer(file: string): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      if (await this.#ports.ask(file)) await this.import(file);
    } finally {
      this.#asking = false;
    }
  }
}
