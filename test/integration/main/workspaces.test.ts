import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { Cipher } from '../../../src/main/credentials/cipher.ts';
import { Vault, vaultSchema } from '../../../src/main/credentials/vault.ts';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import { secretNames } from '../../../src/main/provisioning/provision.ts';
import { workspaceFileSchema } from '../../../src/main/provisioning/workspace-file.ts';
import { WorkspaceSwitcher } from '../../../src/main/workspace/workspace-switcher.ts';
import { JsonFile } from '../../../src/main/lib/json-file.ts';
import { Organisation } from '../../../src/main/policy/organisation.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { tempFolder } from '../../helpers/temp.ts';

const account = { id: 'support', label: 'Support', number: '+551150201234', provider: 'd360' };
const workspace = {
  version: 1,
  open: 'profile',
  profile: {
    agent: { id: 'ana', name: 'Ana' },
    relayUrl: 'ws://127.0.0.1:9/v1/agents',
    accounts: [account],
  },
};

/** A console's workspaces on a folder of its own, without windows. */
async function start(file: string, secrets: Record<string, string> = {}) {
  const folder = tempFolder();
  const log = new FakeLog();
  const notices = new Notices(
    () => 0,
    () => undefined,
  );
  writeFileSync(join(folder, 'workspace.json'), file);
  const plain = {
    isEncryptionAvailable: () => true,
    encryptString: (text: string) => Buffer.from(text),
    decryptString: (cipher: Buffer) => cipher.toString(),
  };
  const vault = new Vault(
    new JsonFile(join(folder, 'secrets.json'), vaultSchema),
    new Cipher(plain, 'darwin'),
    log,
  );
  await vault.open();
  await vault.put(secrets);
  let demos = 0;
  const workspaces = new WorkspaceSwitcher({
    organisation: new Organisation(),
    file: new JsonFile(join(folder, 'workspace.json'), workspaceFileSchema, { copy: true }),
    vault,
    demo: () => {
      demos += 1;
      throw new Error('no demo here');
    },
    database: () => join(folder, 'ringdesk.db'),
    workspace: {
      sqliteBinding: undefined,
      transport: { fetch: globalThis.fetch, WebSocket },
      readerScript: new URL('../../../src/main/history/reader-worker.ts', import.meta.url).pathname,
      repairScript: new URL('../../../src/main/db/repair-worker.ts', import.meta.url).pathname,
      defaults: defaultSettings,
      clock: systemClock,
      log,
      notices,
      media: () => undefined,
      play: () => undefined,
      changed: () => undefined,
      historyChanged: () => undefined,
      contactsChanged: () => undefined,
      todoChanged: () => undefined,
      announce: () => undefined,
      askRinger: () => undefined,
      devices: () => undefined,
      readyChanged: () => undefined,
      numberChanged: () => undefined,
    },
  });
  onTestFinished(() => workspaces.close());
  await workspaces.start();
  return { workspaces, notices, demos: () => demos };
}

test('C7 unusable stored keys do not stop the start: the number and the relay show a notice', async () => {
  const { workspaces, notices } = await start(JSON.stringify(workspace), {
    [secretNames.relay]: 'one\ntwo',
    [secretNames.account('support')]: '“quoted”',
  });
  expect(workspaces.currentKind).toBe('profile');
  expect(workspaces.current?.accounts()).toMatchObject([{ id: 'support', ready: false }]);
  expect(workspaces.connection().state).toBe('unconfigured');
  expect(notices.list().map(({ id }) => id)).toEqual(
    expect.arrayContaining(['relay-token', 'token-unreadable/support']),
  );
  expect(JSON.stringify(notices.list())).not.toContain('quoted');
});

test('while the numbers are left for the demo, nobody is told that this console has no sign-in', async () => {
  const { workspaces } = await start(JSON.stringify(workspace), { [secretNames.relay]: 'token' });
  // There is no demo here; that is not what this is about.
  const change = workspaces.useDemo().catch(() => undefined);
  // Looks between any two steps of it.
  while (workspaces.current) await Promise.resolve();
  expect(workspaces.currentKind).toBe('profile');
  expect(workspaces.connection().state).toBe('connecting');
  await change;
});

test.each(['', '{"version":1,"open":"profile"}', '{"version":1', '[]'])(
  'B9 a workspace.json of %j does not open the demo',
  async (file) => {
    const { workspaces, demos } = await start(file);
    expect(workspaces.currentKind).toBe('none');
    expect(demos()).toBe(0);
  },
);
