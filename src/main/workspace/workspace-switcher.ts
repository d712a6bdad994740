import type { DeviceFacts } from '../../shared/checks/facts.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { isEngaged } from '../../shared/call/model.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { Vault } from '../credentials/vault.ts';
import type { DemoWorld } from '../demo/demo-world.ts';
import { demoIds, type WorldEndpoints } from '../demo/messages.ts';
import { refusal } from '../refusal.ts';
import { describe } from '../log.ts';
import type { WorkspaceKind } from '../paths.ts';
import type { JsonFile } from '../lib/json-file.ts';
import type { Organisation } from '../policy/organisation.ts';
import { provisionOf, secretNames } from '../provisioning/provision.ts';
import { secretProblem } from '../provisioning/profile-schema.ts';
import type { Profile } from '../provisioning/profile-schema.ts';
import { readProfile } from '../provisioning/read-profile.ts';
import { notifyPolicyOverProfile } from '../snapshot/policy-notices.ts';
import { mediaUnder, underPolicy } from '../policy/under-policy.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Workspace, WorkspaceOptions, WorkspacePorts } from './workspace.ts';
import type { WorkspaceFile } from '../provisioning/workspace-file.ts';

export interface WorkspaceSwitcherPorts {
  file: JsonFile<WorkspaceFile>;
  vault: Vault;
  organisation: Organisation;
  /** Called only when the demo is opened. */
  demo: (onReady: (endpoints: WorldEndpoints) => void) => DemoWorld;
  database: (kind: WorkspaceKind) => string;
  workspace: Omit<WorkspacePorts, 'database' | 'numbersFound' | 'organisation'>;
}

type StoredProfile = NonNullable<WorkspaceFile['profile']>;

/** The workspace that is open, and the changes between demo and profile. */
export class WorkspaceSwitcher {
  readonly #ports: WorkspaceSwitcherPorts;
  #open: Workspace | undefined;
  #kind: Snapshot['app']['workspace'] = 'none';
  #demo: DemoWorld | undefined;
  /** The agent and relay of the profile, also while the demo is open. */
  #stored: StoredProfile | undefined;
  #isFirstStart = false;
  #devices: DeviceFacts | undefined;
  #online = true;
  readonly #changes: KeyedQueue;

  constructor(ports: WorkspaceSwitcherPorts) {
    this.#ports = ports;
    this.#changes = new KeyedQueue((_, error) => {
      ports.workspace.log.error(`workspace: ${describe(error)}`);
    });
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
    const { organisation, workspace } = this.#ports;
    return this.#open?.settings() ?? organisation.settings(workspace.defaults);
  }

  connection(): Connection {
    if (this.#open) return this.#open.connection();
    // One is being closed, or opened.
    return this.#kind === 'none'
      ? { state: 'unconfigured' }
      : { state: 'connecting', since: this.#ports.workspace.clock.now() };
  }

  setDnd(on: boolean): void {
    this.#open?.team.presence.set(on ? 'dnd' : 'available');
  }

  /** What the window uses to speak and to listen, as it last said. */
  get devices(): DeviceFacts | undefined {
    return this.#devices;
  }

  handleDevices(devices: DeviceFacts): void {
    this.#devices = devices;
    this.#open?.ringer.handleDevices(devices);
    this.#open?.ready.handleChange();
    this.#ports.workspace.readyChanged();
    this.#ports.workspace.changed();
  }

  /** Whether the machine has any network. */
  setOnline(online: boolean): void {
    this.#online = online;
    this.#open?.setOnline(online);
  }

  /** Opens the workspace that was open last; the demo on a first start. */
  start(): Promise<void> {
    const { file, workspace } = this.#ports;
    const stored = file.read();
    this.#stored = stored?.profile;
    if (stored?.open === 'profile' && stored.profile) return this.#useProfile();
    // A profile was set up here: the demo would look like a console that rings.
    if (file.lost || stored?.open === 'profile') {
      workspace.log.error('workspace: what was set up cannot be read');
      // An unreadable file has a notice of its own.
      if (!file.lost) workspace.notices.add(noticeOf(t('desktop.nothingSetUp')));
      return Promise.resolve();
    }
    this.#isFirstStart = true;
    if (this.#ports.organisation.policy.features?.demo === false) return Promise.resolve();
    return this.useDemo();
  }

  /** Nothing was ever set up here before this start. */
  get isFirstStart(): boolean {
    return this.#isFirstStart;
  }

  /** While the demo is open: the agent of the profile, whose numbers do not ring meanwhile. */
  get ownNumbersOf(): string | undefined {
    return this.#kind === 'demo' ? this.#stored?.agent.name : undefined;
  }

  /** Changes from the demo back to the profile, with the secrets in the vault. */
  useOwn(): Promise<void> {
    return this.#change(async () => {
      this.#refuseDuringCall();
      const stored = this.#stored;
      if (!stored) throw refusal('no-profile');
      if (this.#kind === 'profile') return;
      this.#ports.file.write({ version: 1, open: 'profile', profile: stored });
      await this.#closeAll();
      this.#openProfile(stored);
    });
  }

  /** Changes to the demo, which opens once its world has started. */
  useDemo(): Promise<void> {
    return this.#change(async () => {
      this.#refuseDuringCall();
      this.#ports.organisation.assertAllowed('demo');
      const stored = this.#ports.file.read();
      this.#ports.file.write({ version: 1, ...stored, open: 'demo' });
      if (this.#kind === 'demo') return;
      await this.#closeAll();
      this.#kind = 'demo';
      this.#demo = this.#ports.demo((endpoints) => {
        this.#changeLater(() => this.#openDemo(endpoints));
      });
      this.#demo.start();
    });
  }

  /**
   * Provisions the console from a file, or updates it.
   *
   * @returns the agent's name
   * @throws Refusal that names each wrong field
   */
  importProfile(file: string): Promise<string> {
    return this.provision(async () => readProfile(file));
  }

  /**
   * Provisions the console, or updates it.
   *
   * @param read gets the profile, when nothing else stands in the way
   * @returns the agent's name
   * @throws Refusal
   */
  async provision(read: () => Promise<Profile>): Promise<string> {
    let name = '';
    await this.#change(async () => {
      this.#refuseDuringCall();
      const { agent, relayUrl, accounts, screenPop, secrets } = provisionOf(await read());
      // A call may have begun meanwhile; an invitation can be redeemed by this console again.
      this.#refuseDuringCall();
      await this.#ports.vault.put(secrets);
      this.#ports.workspace.notices.remove('relay-token');
      await this.#closeAll();
      this.#stored = { agent, relayUrl, accounts, screenPop };
      this.#ports.file.write({ version: 1, open: 'profile', profile: this.#stored });
      this.#openNow({ ...this.#optionsFor(this.#stored), imported: true });
      this.#ports.workspace.log.info(`profile: imported with ${accounts.length} numbers`);
      name = agent.name;
    });
    return name;
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
      if (profile) this.#openProfile(profile);
    });
  }

  #openProfile(profile: StoredProfile): void {
    this.#openNow(this.#optionsFor(profile));
    this.#storeNumbers();
  }

  /** Opens the profile again with the numbers that were rescued from a damaged database. */
  async #reopen(): Promise<void> {
    if (this.#kind !== 'profile' || !this.#open || this.#open.provisioned.length > 0) return;
    const profile = this.#ports.file.read()?.profile;
    if (!profile) return;
    await this.#closeCurrent();
    this.#openProfile({ ...profile, accounts: undefined });
  }

  /** Puts the numbers into the file; earlier versions had them in the database only. */
  #storeNumbers(): void {
    const { file } = this.#ports;
    const stored = file.read();
    const accounts = this.#open?.provisioned ?? [];
    if (!stored?.profile || stored.profile.accounts || accounts.length === 0) return;
    file.write({ ...stored, profile: { ...stored.profile, accounts } });
  }

  #optionsFor(profile: StoredProfile): WorkspaceOptions {
    const { vault, organisation, workspace } = this.#ports;
    const { agent, accounts } = profile;
    const { relayUrl, screenPop, differ } = underPolicy(profile, organisation.policy);
    notifyPolicyOverProfile(workspace.notices, differ);
    // Earlier versions accepted secrets that cannot be sent in a header.
    const usable = (name: string) => {
      const secret = vault.get(name);
      return secret !== undefined && secretProblem(secret) === undefined ? secret : undefined;
    };
    const relayToken = usable(secretNames.relay);
    if (relayToken === undefined) {
      this.#ports.workspace.notices.add({
        id: 'relay-token',
        ...noticeOf(t('desktop.unreadableRelayToken')),
      });
    }
    return {
      kind: 'profile',
      agent,
      relay: { url: relayUrl, token: relayToken },
      accounts,
      screenPop,
      tokenOf: (accountId) => usable(secretNames.account(accountId)),
      relayAddressOf: (accountId) => vault.get(secretNames.relayAddress(accountId)) || undefined,
    };
  }

  /** The demo's world started, or restarted after a crash: opens the workspace on it. */
  async #openDemo(world: WorldEndpoints): Promise<void> {
    if (this.#kind !== 'demo') return;
    await this.#closeCurrent();
    this.#openNow({
      kind: 'demo',
      agent: demoIds().agent,
      relay: { url: world.relayUrl, token: world.relayToken },
      accounts: [demoIds().account, demoIds().teamAccount].map((account) => ({
        ...account,
        provider: 'meta',
        apiBase: world.apiBase,
      })),
      tokenOf: () => world.accessToken,
    });
  }

  #openNow(options: WorkspaceOptions): void {
    const { workspace, database, organisation } = this.#ports;
    this.#kind = options.kind;
    this.#open = openWorkspace(options, {
      ...workspace,
      media: mediaUnder(organisation.policy, workspace.media),
      organisation,
      database: database(options.kind),
      numbersFound: () => this.#changeLater(() => this.#reopen()),
    });
    if (!this.#online) this.#open.setOnline(false);
    workspace.changed();
  }

  async #closeAll(): Promise<void> {
    // The demo last, so that its customers learn that their calls ended.
    await this.#closeCurrent();
    this.#demo?.close();
    this.#demo = undefined;
    this.#kind = 'none';
  }

  async #closeCurrent(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  /** Workspaces change one at a time. Rejects with the task. */
  #change(task: () => Promise<void>): Promise<void> {
    return this.#changes.run('workspace', task);
  }

  /** The same for changes that nobody waits for. */
  #changeLater(task: () => Promise<void>): void {
    this.#changes.add('workspace', task);
  }
}

function noticeOf(why: string) {
  return { kind: 'error', code: 'profile-invalid', values: { why } } as const;
}
