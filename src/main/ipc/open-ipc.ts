import { clipboard, ipcMain } from 'electron';
import { REQUEST_CHANNEL } from '../../shared/ipc/channels.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Log } from '../log.ts';
import type { Network } from '../network/system.ts';
import type { SnapshotPublisher } from '../snapshot/snapshot.ts';
import type { Notices } from '../snapshot/notices.ts';
import { askExportFile, askProfileFile, askRateCard } from '../windows/dialogs.ts';
import type { Windows } from '../windows/open-windows.ts';
import type { SoftphoneLink } from '../windows/softphone.ts';
import type { WorkspaceManager } from '../workspace/workspace-manager.ts';
import { createHandlers } from './handlers.ts';
import { IpcDispatcher, type Permitted, ringRoutes } from './ipc-dispatcher.ts';

export interface IpcPorts {
  vault: Vault;
  network: Network;
  windows: Windows;
  softphone: SoftphoneLink;
  workspaces: WorkspaceManager;
  publisher: SnapshotPublisher;
  notices: Notices;
  changed: () => void;
  log: Log;
}

/**
 * Answers the windows' requests.
 *
 * @returns stops answering
 */
export function openIpc({ windows, softphone, publisher, log, ...ports }: IpcPorts): () => void {
  const { main, show } = windows;
  const handlers = createHandlers({
    ...ports,
    snapshot: () => publisher.snapshot(),
    softphoneReady: (send) => softphone.handleReady(send),
    isMainWindow: (sender) => sender.id === main.contentsId,
    sendToMain: (event) => main.send(event),
    showMain: show,
    copy: (text) => void clipboard.writeText(text),
    askProfileFile: () => askProfileFile(main),
    askExportFile: (format) => askExportFile(main, format),
    askRateCard: () => askRateCard(main),
  });
  const dispatcher = new IpcDispatcher(handlers, permittedTo(windows), log);
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    return dispatcher.handle(name, input, {
      id: event.sender.id,
      url: frame?.url,
      topFrame: frame !== null && frame === event.sender.mainFrame,
    });
  });
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}

/**
 * The main window may ask for everything, the ring window for its own routes, and nobody else for
 * anything.
 */
function permittedTo({ main, ring, origin }: Windows): Permitted {
  return (sender) => {
    if (!sender.topFrame || !origin.isPage(sender.url)) return 'nothing';
    if (sender.id === main.contentsId) return 'everything';
    return sender.id === ring.contentsId ? ringRoutes : 'nothing';
  };
}
