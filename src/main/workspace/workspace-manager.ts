import { t } from '../../shared/i18n/i18n.ts';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isEngaged } from '../../shared/call/model.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import type { Settings, Snapshot } from '../../shared/ipc/model.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { Vault } from '../credentials/vault.ts';
import type { DemoWorld } from '../demo/demo-world.ts';
import { demoIds, type WorldEndpoints } from '../demo/messages.ts';
import { Refusal, refusal } from '../refusal.ts';
import { describe } from '../log.ts';
import type { WorkspaceKind } from '../paths.ts';
import type { JsonFile } from '../lib/json-file.ts';
import { provisionOf, secretNames } from '../provisioning/provision.ts';
import { parseProfile, secretProblem } from '../provisioning/profile-schema.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Workspace, WorkspaceOptions, WorkspacePorts } from './workspace.ts';
import type { WorkspaceFile } from '../provisioning/workspace-file.ts';

export interface WorkspaceManagerPorts {
  file: JsonFile<WorkspaceFile>;
  vault: Vault;
  /** Asked for only when the demo is opened. */
  demo: (onReady: (endpoints: WorldEndpoints) => void) => DemoWorld;
  database: (kind: WorkspaceKind) => string;
  workspace: Omit<WorkspacePorts, 'database' | 'numbersFound'>;
}

/** Holds the workspace that is open, and changes from one to the other. */
export class WorkspaceManager {
  readonly #ports: WorkspaceManagerPorts;
  #open: Workspace | undefined;
  #kind: Snapshot['app']['workspace'] = 'none';
  #demo: DemoWorld | undefined;
  /** The agent and relay of the profile, also while the demo is open. */
  #stored: WorkspaceFile['profile'];
  #online = true;
  /** One change after the other. */
  #changing: Promise<void> = Promise.resolve();

  constructor(ports: WorkspaceManagerPorts) {
    this.#ports = ports;
  }

  get current(): Workspace | undefined {
    return this.#open;
  }

  get currentKind(): Snapshot['app']['workspace'] {
    return this.#kind;
  }

  get currentDemo(): DemoWorld | undefined {
    return this.#demo;
  }

  settings(): Settings {
    return this.#open?.settings() ?? this.#ports.workspace.defaults;
  }

  connection(): Connection {
    if (this.#open) return this.#open.connection();
    return this.#kind === 'demo'
      ? { state: 'connecting', since: this.#ports.workspace.clock.now() }
      : { state: 'unconfigured' };
  }

  setDnd(on: boolean): void {
    this.#open?.team.presence.set(on ? 'dnd' : 'available');
  }

  /** Whether the machine has any network. */
  setOnline(online: boolean): void {
    this.#online = online;
    this.#open?.setOnline(online);
  }

  /** Opens what was open last; the demo on a first start. */
  start(): Promise<void> {
    const { file, workspace } = this.#ports;
    const stored = file.read();
    this.#stored = stored?.profile;
    if (stored?.open === 'profile' && stored.profile) return this.#useProfile();
    // Something was set up here: the demo would look like a console that rings.
    if (file.lost || stored?.open === 'profile') {
      workspace.log.error('workspace: what was set up cannot be read');
      // A file that cannot be read is told of where it was read.
      if (!file.lost) workspace.notices.add(noticeOf(t('desktop.nothingSetUp')));
      return Promise.resolve();
    }
    return this.useDemo();
  }

  /** In the demo: the agent whose own numbers are set up here and do not ring meanwhile. */
  get ownNumbersOf(): string | undefined {
    return this.#kind === 'demo' ? this.#stored?.agent.name : undefined;
  }

  /** From the demo back to the agent's own numbers, with the secrets that the vault still has. */
  useOwn(): Promise<void> {
    return this.#change(async () => {
      this.#refuseDuringCall();
      const stored = this.#stored;
      if (!stored) throw refusal('no-profile');
      if (this.#kind === 'profile') return;
      this.#ports.file.write({ version: 1, open: 'profile', profile: stored });
      await this.#closeAll();
      this.#openNow(this.#optionsFor(stored.agent, stored.relayUrl, stored.accounts));
      this.#keepNumbers();
    });
  }

  /** Changes to the demo workspace. It is there once its world is. */
  useDemo(): Promise<void> {
    return this.#change(async () => {
      this.#refuseDuringCall();
      const stored = this.#ports.file.read();
      this.#ports.file.write({ version: 1, ...stored, open: 'demo' });
      if (this.#kind === 'demo') return;
      await this.#closeAll();
      this.#kind = 'demo';
      this.#demo = this.#ports.demo((endpoints) => {
        void this.#change(() => this.#openDemo(endpoints));
      });
      this.#demo.start();
    });
  }

  /**
   * Provisions the console from a file; a second time updates it.
   *
   * @returns the agent's name
   * @throws Refusal that names each wrong field
   */
  async importProfile(file: string): Promise<string> {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch (error) {
      throw invalidProfile(file, [`the file cannot be read: ${describe(error)}`]);
    }
    const decoded = decodeText(bytes);
    if (!decoded.ok) throw invalidProfile(file, [`the file ${decoded.error}`]);
    const parsed = parseProfile(decoded.value);
    if (!parsed.ok) throw invalidProfile(file, parsed.error);
    const { agent, relayUrl, accounts, secrets } = provisionOf(parsed.value);
    await this.#change(async () => {
      this.#refuseDuringCall();
      await this.#ports.vault.put(secrets);
      this.#ports.workspace.notices.remove('relay-token');
      await this.#closeAll();
      this.#stored = { agent, relayUrl, accounts };
      this.#ports.file.write({ version: 1, open: 'profile', profile: this.#stored });
      this.#openNow({ ...this.#optionsFor(agent, relayUrl, accounts), imported: true });
    });
    this.#ports.workspace.log.info(`profile: imported with ${accounts.length} numbers`);
    return agent.name;
  }

  close(): Promise<void> {
    return this.#change(() => this.#closeAll());
  }

  #refuseDuringCall(): void {
    if (!this.#open?.calls.live().some(isEngaged)) return;
    throw refusal('busy');
  }

  #useProfile(): Promise<void> {
    return this.#change(async () => {
      const profile = this.#ports.file.read()?.profile;
      if (!profile) return;
      this.#openNow(this.#optionsFor(profile.agent, profile.relayUrl, profile.accounts));
      this.#keepNumbers();
    });
  }

  /** The numbers came back from a damaged database that alone had them. */
  #reopen(): Promise<void> {
    return this.#change(async () => {
      if (this.#kind !== 'profile' || !this.#open || this.#open.provisioned.length > 0) return;
      const profile = this.#ports.file.read()?.profile;
      if (!profile) return;
      await this.#closeOpen();
      this.#openNow(this.#optionsFor(profile.agent, profile.relayUrl, undefined));
      this.#keepNumbers();
    });
  }

  /** Earlier versions kept the numbers in the database alone. */
  #keepNumbers(): void {
    const { file } = this.#ports;
    const stored = file.read();
    const accounts = this.#open?.provisioned ?? [];
    if (!stored?.profile || stored.profile.accounts || accounts.length === 0) return;
    file.write({ ...stored, profile: { ...stored.profile, accounts } });
  }

  #optionsFor(
    agent: { id: string; name: string },
    relayUrl: string,
    accounts: WorkspaceOptions['accounts'],
  ): WorkspaceOptions {
    const { vault } = this.#ports;
    // One that an earlier version took in, and that cannot be sent, is as good as none.
    const usable = (name: string) => {
      const secret = vault.get(name);
      return secret !== undefined && secretProblem(secret) === undefined ? secret : undefined;
    };
    const relayToken = usable(secretNames.relay);
    if (relayToken === undefined) this.#tellNoRelay();
    return {
      kind: 'profile',
      agent,
      relay: { url: relayUrl, token: relayToken },
      accounts,
      tokenOf: (accountId) => usable(secretNames.account(accountId)),
      relayAddressOf: (accountId) => vault.get(secretNames.relayAddress(accountId)) || undefined,
    };
  }

  /**
   * The world is there, at first or after it died: everything that knew the one before is opened
   * anew.
   */
  async #openDemo(world: WorldEndpoints): Promise<void> {
    if (this.#kind !== 'demo') return;
    await this.#closeOpen();
    this.#openNow({
      kind: 'demo',
      agent: demoIds.agent,
      relay: { url: world.relayUrl, token: world.relayToken },
      accounts: [{ ...demoIds.account, provider: 'meta', apiBase: world.apiBase }],
      tokenOf: () => world.accessToken,
    });
  }

  #openNow(options: WorkspaceOptions): void {
    const { workspace, database } = this.#ports;
    this.#kind = options.kind;
    this.#open = openWorkspace(options, {
      ...workspace,
      database: database(options.kind),
      numbersFound: () => void this.#reopen(),
    });
    if (!this.#online) this.#open.setOnline(false);
    workspace.changed();
  }

  #tellNoRelay(): void {
    this.#ports.workspace.notices.add({
      id: 'relay-token',
      ...noticeOf(t('desktop.unreadableRelayToken')),
    });
  }

  async #closeAll(): Promise<void> {
    // The demo last: whoever is on a call with it is told that it is over.
    await this.#closeOpen();
    this.#demo?.stop();
    this.#demo = undefined;
    this.#kind = 'none';
  }

  async #closeOpen(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  #change(task: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(task);
    this.#changing = done.catch((error: unknown) => {
      this.#ports.workspace.log.error(`workspace: ${describe(error)}`);
    });
    return done;
  }
}

function noticeOf(why: string) {
  return { kind: 'error', code: 'profile-invalid', values: { why } } as const;
}

function invalidProfile(file: string, problems: readonly string[]): Refusal {
  return new Refusal({
    code: 'profile-invalid',
    message: t('files.invalid', { name: basename(file) }),
    details: problems,
  });
}
