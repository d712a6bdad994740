import './runtime/node24.mjs';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { Platform, build } from 'electron-builder';
import { ensureBuilt } from './build.mjs';
import { outOfSupport } from './runtime/electron-support.mjs';
import { prepare } from './runtime/prepare.mjs';
import { packageFolder, projectRoot } from './runtime/project.mjs';
import { copyBareElectron } from './runtime/registry-electron.mjs';
import { runMain } from './runtime/run.mjs';

/*
 * npm run package: an unpacked, ready-to-run Ringdesk for this system in dist/. It contains the
 * Electron that "npm start" uses, so the tested version is the packaged one. An Electron out of
 * support is packaged with a warning, on the screen and in the package; --supported-only, meant for
 * releases, refuses it.
 */

/** Marks a package that should not be distributed. */
const MARK = 'ELECTRON-OUT-OF-SUPPORT.txt';

await runMain(async () => {
  const runtime = await prepare({ display: false });
  const outdated = outOfSupport(runtime.electronVersion, Date.now());
  if (outdated !== undefined && process.argv.includes('--supported-only')) {
    await runtime.dispose();
    throw new Error(`${outdated} With --supported-only it is not packed.`);
  }
  warn(outdated);
  await ensureBuilt();
  const scratch = await mkdtemp(join(tmpdir(), 'ringdesk-package-'));
  try {
    await build({
      projectDir: projectRoot,
      targets: Platform.current().createTarget('dir'),
      publish: 'never',
      config: await machineConfig(runtime, join(scratch, 'electron')), // joins electron-builder.yml
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await runtime.dispose();
  }
  const executable = packedExecutable();
  if (outdated !== undefined) await writeFile(resolve(dirname(executable), MARK), noteOn(outdated));
  warn(outdated);
  process.stdout.write(`\nRingdesk is packed in ${dirname(executable)}\nRun it: ${executable}`);
  // Chromium refuses to sandbox as root; everybody else keeps the sandbox.
  process.stdout.write(process.getuid?.() === 0 ? ' --no-sandbox\n' : '\n');
});

/** @param {string} outdated */
function noteOn(outdated) {
  return `${outdated}\nDo not hand this package on. Pack Ringdesk again where the Electron of its package.json can be downloaded.\n`;
}

/**
 * Printed before and after the long output of packaging, so that nobody misses it.
 * @param {string | undefined} outdated
 */
function warn(outdated) {
  if (outdated === undefined) return;
  const line = '*'.repeat(72);
  process.stderr.write(`\n${line}\nWARNING: ${noteOn(outdated)}${line}\n`);
}

/**
 * electron-builder's settings for this machine's Electron.
 * @param {import('./runtime/prepare.mjs').Runtime} runtime
 * @param {string} bareElectron where to put an Electron without our default app
 * @returns {Promise<import('electron-builder').Configuration>}
 */
async function machineConfig(
  { official, electronPath, electronVersion, sqliteBinding },
  bareElectron,
) {
  if (official) return { electronVersion, electronDist: join(packageFolder('electron'), 'dist') };
  await copyBareElectron(electronPath, bareElectron);
  return {
    electronVersion,
    electronDist: bareElectron,
    // The console looks for this file first; see needsOwnBinding() for why it may be there.
    extraResources: sqliteBinding
      ? [{ from: sqliteBinding, to: 'native/better_sqlite3.node' }]
      : [],
  };
}

/** The program in dist/, where electron-builder puts it on each system. */
function packedExecutable() {
  const places = [
    'linux-unpacked/ringdesk',
    `linux-${process.arch}-unpacked/ringdesk`,
    `mac-${process.arch}/Ringdesk.app/Contents/MacOS/Ringdesk`,
    'mac/Ringdesk.app/Contents/MacOS/Ringdesk',
    'win-unpacked/ringdesk.exe',
    `win-${process.arch}-unpacked/ringdesk.exe`,
  ];
  const found = places
    .map((place) => join(projectRoot, 'dist', place))
    .find((path) => existsSync(path));
  return relative(process.cwd(), found ?? join(projectRoot, 'dist'));
}
