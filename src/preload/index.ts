import { contextBridge, ipcRenderer } from 'electron';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../shared/ipc/channels.ts';
import type { RingdeskApi } from './api.d.ts';

// Only passes messages on: main parses every request, so nothing here has to be trusted.
const api: RingdeskApi = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  onEvent(listener) {
    const handle = (_: unknown, event: Parameters<typeof listener>[0]) => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, handle);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, handle);
    };
  },
};

contextBridge.exposeInMainWorld('ringdesk', api);
