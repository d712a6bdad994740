import { randomBytes } from 'node:crypto';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { LocalApiState } from '../../shared/ipc/programs.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import { describe, type Log } from '../log.ts';
import { secretNames } from '../provisioning/provision.ts';
import type { Vault } from '../credentials/vault.ts';
import { refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type RoutesPorts, routesOf } from './routes.ts';
import { type LocalServer, openLocalServer } from './server.ts';

/** What of a workspace is served. */
export type ServedWorkspace = RoutesPorts['workspace'] &
  Pick<Workspace, 'kind' | 'agent' | 'settings' | 'setSettings'>;

export interface LocalApiPorts extends Pick<RoutesPorts, 'prepare' | 'show' | 'noted'> {
  workspace: () => ServedWorkspace | undefined;
  snapshot: () => Snapshot;
  vault: Pick<Vault, 'get' | 'put'>;
  /** Its state has changed. */
  changed: () => void;
  clock: Clock;
  log: Log;
}

/**
 * Lets programs on this machine dial, read the agent's state and write notes. It runs while the open
 * workspace's setting is on and the screen is not locked, and for this workspace alone.
 */
export class LocalApi {
  readonly #ports: LocalApiPorts;
  readonly #changes: KeyedQueue;
  #server: LocalServer | undefined;
  /** The workspace that is served, or about to be. */
  #served: ServedWorkspace | undefined;
  #isLocked = false;
  #isClosed = false;
  #state: LocalApiState = { state: 'off' };

  constructor(ports: LocalApiPorts) {
    this.#ports = ports;
    this.#changes = new KeyedQueue((_, error) => {
      ports.log.error(`local api: ${describe(error)}`);
    });
  }

  get state(): LocalApiState {
    return this.#state;
  }

  readonly handleSnapshot = (): void => this.#update();

  setLocked(locked: boolean): void {
    this.#isLocked = locked;
    this.#update();
  }

  /** The token that programs need. @throws Refusal without a workspace */
  async token(workspace = this.#ports.workspace()): Promise<string> {
    const name = tokenName(workspace);
    return this.#ports.vault.get(name) || this.#makeToken(name);
  }

  /** Another token; the old one is worth nothing from now on. @throws Refusal without a workspace */
  async renew(): Promise<string> {
    return this.#makeToken(tokenName(this.#ports.workspace()));
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#served = undefined;
    return this.#changes.run('server', () => this.#stop());
  }

  #update(): void {
    // The rest of the app goes on telling what changes while it ends.
    if (this.#isClosed) return;
    const workspace = this.#ports.workspace();
    const isOn = workspace?.settings().localApi === true;
    const wanted = isOn && !this.#isLocked ? workspace : undefined;
    if (wanted === this.#served) {
      if (!wanted) this.#say({ state: isOn ? 'locked' : 'off' });
      return;
    }
    this.#served = wanted;
    this.#changes.add('server', async () => {
      await this.#stop();
      if (wanted && this.#served === wanted) await this.#start(wanted);
      else this.#say({ state: isOn ? 'locked' : 'off' });
    });
  }

  async #start(workspace: ServedWorkspace): Promise<void> {
    const { clock, log, vault } = this.#ports;
    const name = tokenName(workspace);
    try {
      await this.token(workspace);
      this.#server = await openLocalServer({
        port: workspace.settings().localApiPort,
        token: () => vault.get(name) ?? '',
        routes: routesOf({
          ...this.#ports,
          workspace,
          isOpen: () => this.#served === workspace && this.#ports.workspace() === workspace,
        }),
        clock,
        log,
      });
      const { port } = this.#server;
      log.info(`local api: on port ${port}`);
      // Programs are set up for it, so it stays the same.
      if (port !== workspace.settings().localApiPort) workspace.setSettings({ localApiPort: port });
      this.#say({ state: 'on', address: `http://127.0.0.1:${port}` });
    } catch (error) {
      log.error(`local api: not started: ${describe(error)}`);
      this.#say({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) this.#ports.log.info('local api: off');
    await server?.close();
  }

  #say(state: LocalApiState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#ports.changed();
  }

  async #makeToken(name: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.#ports.vault.put({ [name]: token });
    return token;
  }
}

/** Each agent of each workspace has their own. */
function tokenName(workspace: ServedWorkspace | undefined): string {
  if (!workspace) throw refusal('no-profile');
  return secretNames.localApi(workspace.kind, workspace.agent?.id ?? '');
}
