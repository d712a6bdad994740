const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('parts', {
  calls: () => ipcRenderer.invoke('calls'),
  usable: () => ipcRenderer.invoke('usable'),
});
