// What the same Electron costs with one window and one word: the floor under the console's figures.
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 800, show: false });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write('start: ready\n');
  });
  window.loadFile(join(__dirname, 'index.html'));
});
