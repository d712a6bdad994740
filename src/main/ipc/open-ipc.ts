import { clipboard, shell } from 'electron';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Log } from '../log.ts';
import type { Network } from '../network/system.ts';
import type { LocalApi } from '../local-api/local-api.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { Programs } from '../programs/open-programs.ts';
import type { Invitations } from '../provisioning/invitations.ts';
import type { SnapshotPublisher } from '../workspace/snapshot-publisher.ts';
import type { Autostart } from '../os/autostart.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { Updates } from '../updates/updates.ts';
import {
  askAgentsFile,
  askDiagnosticsFile,
  askExportFile,
  askFileToSave,
  askExportFolder,
  askPeopleExport,
  askPeopleFile,
  askProfileFile,
  askRateCard,
  askSetUpFolder,
  askTokensFile,
} from '../windows/dialogs.ts';
import type { Windows } from '../windows/open-windows.ts';
import type { SoftphoneLink } from '../windows/softphone.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import { createHandlers } from './handlers.ts';
import { IpcDispatcher, permittedTo } from './ipc-dispatcher.ts';
import type { RequestChannel } from './request-channel.ts';

export interface IpcPorts {
  vault: Vault;
  network: Network;
  organisation: Organisation;
  windows: Windows;
  softphone: SoftphoneLink;
  programs: Programs;
  localApi: LocalApi;
  updates: Updates;
  autostart: Autostart;
  workspaces: WorkspaceSwitcher;
  invitations: Invitations;
  publisher: SnapshotPublisher;
  notices: Notices;
  changed: () => void;
  requests: RequestChannel;
  logFile: string;
  log: Log;
}

/**
 * Answers the windows' requests.
 *
 * @returns stops answering
 */
export function openIpc({ requests, log, logFile, ...ports }: IpcPorts): () => void {
  const { windows } = ports;
  const handlers = createHandlers({
    ...ports,
    async openPortal() {
      const { address } = ports.network.portal;
      if (address !== undefined) await shell.openExternal(address);
    },
    diagnostics: new Diagnostics({
      snapshot: () => ports.publisher.snapshot(),
      history: () => ports.workspaces.current?.history,
      secrets: () => ports.vault.all(),
      logFile,
      ask: (name) => askDiagnosticsFile(windows.main, name),
    }),
    copy: (text) => void clipboard.writeText(text),
    askProfileFile: () => askProfileFile(windows.main),
    askExportFile: (format) => askExportFile(windows.main, format),
    askExportFolder: () => askExportFolder(windows.main),
    showFile: (path) => shell.showItemInFolder(path),
    askRateCard: () => askRateCard(windows.main),
    askSetUpFolder: () => askSetUpFolder(windows.main),
    askPeopleFile: () => askPeopleFile(windows.main),
    askPeopleExport: (format) => askPeopleExport(windows.main, format),
    askFileToSave: (name) => askFileToSave(windows.main, name),
    askAgentsFile: () => askAgentsFile(windows.main),
    askTokensFile: () => askTokensFile(windows.main),
  });
  const hasLogTrouble = () => ports.publisher.snapshot().storage?.trouble !== undefined;
  return new IpcDispatcher(handlers, permittedTo(windows), hasLogTrouble, log).register(requests);
}
