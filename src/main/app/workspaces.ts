import { i18n } from '../../shared/i18n/i18n.ts';
import { join } from 'node:path';
import { app } from 'electron';
import type { Settings } from '../../shared/ipc/settings.ts';
import { MACHINE_KEY } from '../recordings/machine-key.ts';
import { defaultSettings } from '../db/settings.ts';
import { DemoWorld } from '../demo/demo-world.ts';
import { JsonFile } from '../lib/json-file.ts';
import { workspaceFileSchema } from '../provisioning/workspace-file.ts';
import type { Announcer } from '../todo/announcement.ts';
import { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import type { Base, Parts } from './base.ts';
import { forgetOldKeys } from './vault.ts';

/** Database, providers, relay and calls, of the demo or of a profile. */
export function openWorkspaces(
  base: Base,
  {
    vault,
    keys,
    network,
    softphone,
    announce,
  }: Pick<Parts, 'vault' | 'network' | 'softphone'> &
    Pick<Announcer, 'announce'> & { keys: readonly string[] },
): WorkspaceSwitcher {
  const { paths, windows, clock, log, notices, changed, organisation } = base;
  const switcher: WorkspaceSwitcher = new WorkspaceSwitcher({
    file: new JsonFile(paths.workspaceFile, workspaceFileSchema, {
      copy: true,
      trouble: base.handleFileTrouble,
    }),
    vault,
    organisation,
    database: (kind) => paths.database(kind),
    demo: (onReady) =>
      new DemoWorld({
        script: paths.demoWorld,
        start: {
          folder: join(paths.demoFolder, 'relay'),
          speechFile: paths.resource('speech', 'customer.opus20'),
          sqliteBinding: paths.sqliteBinding,
          language: i18n.language(),
        },
        clock,
        log,
        onReady,
      }),
    workspace: {
      transport: network.transport,
      sqliteBinding: paths.sqliteBinding,
      databaseKeys: keys,
      forgetOldKeys: () => forgetOldKeys(base, vault),
      machineKey: () => vault.get(MACHINE_KEY),
      readerScript: paths.readerWorker,
      repairScript: paths.repairWorker,
      defaults: firstSettings(),
      release: app.getVersion(),
      clock,
      log,
      notices,
      media: softphone.send,
      play: (callId, frame) => windows.main.send({ type: 'pcm', callId, frame }),
      changed,
      historyChanged() {
        windows.send({ type: 'history-changed' });
        // It tells how many calls there are.
        changed();
      },
      contactsChanged: () => windows.send({ type: 'contacts-changed' }),
      announce,
      todoChanged: () => windows.send({ type: 'todo-changed' }),
      numberChanged: (accountId) => windows.send({ type: 'number-changed', accountId }),
      devices: () => switcher.devices,
      usable: windows.main.usable,
      askRinger: (question) => windows.main.send({ type: 'ring-probe', question }),
      readyChanged: () => windows.main.send({ type: 'ready-changed' }),
    },
  });
  return switcher;
}

/** Settings of a new agent: the usual keys, and this machine's country. */
function firstSettings(): Settings {
  const country = app.getLocaleCountryCode();
  return {
    ...defaultSettings,
    acceptShortcut: 'CommandOrControl+Alt+A',
    declineShortcut: 'CommandOrControl+Alt+D',
    ...(/^[A-Z]{2}$/.test(country) ? { defaultCountry: country } : {}),
  };
}
