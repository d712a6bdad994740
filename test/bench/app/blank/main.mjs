import { fileURLToPath } from 'node:url';
import { app, BrowserWindow } from 'electron';

// What the same Electron costs with one window and one word: the floor under the console's figures.
app.on('ready', () => {
  const window = new BrowserWindow({ width: 1200, height: 800, show: false });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write('ready\n');
  });
  const page = fileURLToPath(new URL('index.html', import.meta.url));
  void window.loadFile(page);
  // As the console has its ring window.
  if (process.argv.includes('--second-window'))
    void new BrowserWindow({ show: false }).loadFile(page);
});
