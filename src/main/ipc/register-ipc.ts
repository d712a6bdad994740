import { ipcMain } from 'electron';
import { REQUEST_CHANNEL } from '../../shared/ipc/channels.ts';
import type { IpcDispatcher } from './ipc-dispatcher.ts';

/** Hangs the door into Electron. The only place that knows `ipcMain`. */
export function registerIpc(door: IpcDispatcher): () => void {
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    return door.handle(name, input, {
      id: event.sender.id,
      url: frame?.url,
      topFrame: frame !== null && frame === event.sender.mainFrame,
    });
  });
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}
