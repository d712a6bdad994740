/*
 * The application inside the Electron that scripts/runtime prepares from the npm registry: like
 * Electron's own default app, it opens the app folder named by the first argument that is no switch.
 * It is an ES module and waits for the app's entry, because Electron holds back "ready" for that long.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));

if (named === undefined) {
  process.stderr.write('Name the folder of the app to open: electron [switches] FOLDER\n');
  app.exit(1);
} else {
  try {
    await open(resolve(named));
  } catch (error) {
    process.stderr.write(`${named} could not be opened: ${error?.stack ?? error}\n`);
    app.exit(1);
  }
}

/** Makes the process look as the app expects it (name, version, path), then runs its entry. */
async function open(path) {
  // Electron's own mark that an app runs from its source. (app.isPackaged is false by itself, because
  // the executable is called "electron".)
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  const entry = createRequire(import.meta.url).resolve(path);
  const manifestPath = join(path, 'package.json');
  if (existsSync(manifestPath)) {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
    const name = manifest.productName ?? manifest.name;
    if (manifest.version) app.setVersion(manifest.version);
    if (name) app.setName(name);
    app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
    app.setAppPath(path);
  } else {
    app.setAppPath(dirname(entry));
  }
  await import(pathToFileURL(entry).href);
}
