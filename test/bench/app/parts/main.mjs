import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';

// The smallest console that there could be: what any has to do, each thing once and as early as it can be, and no code of
// ours. `Desk.parts` fills its folder.
app.on('ready', () => {
  const folder = app.getPath('userData');
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    show: false,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs'), sandbox: true },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(folder, 'page', 'index.html'));
  // They are read while the page starts in its own process.
  const log = openLog(join(folder, 'calls.db'));
  void connect(JSON.parse(readFileSync(join(folder, 'profile.json'), 'utf8')).relay);
  ipcMain.handle('calls', async () =>
    (await log)
      .prepare('SELECT id, name, created_at AS at FROM call ORDER BY seq DESC LIMIT 50')
      .all(),
  );
  ipcMain.handle('usable', () => {
    process.stdout.write('ready\n');
    // Chromium starts a process for it, so it waits, as in the console.
    void window.webContents.executeJavaScript('navigator.mediaDevices.enumerateDevices()');
  });
});

async function openLog(path) {
  const { default: Database } = await import('better-sqlite3');
  const nativeBinding = process.env.RINGDESK_SQLITE_BINDING;
  return new Database(path, nativeBinding === undefined ? {} : { nativeBinding });
}

async function connect({ url, token }) {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(new URL('/v1/agents', url), {
    headers: { authorization: `Bearer ${token}` },
  });
  // Figures without it would be of no use.
  socket.once('error', () => app.exit(1));
}
