import './runtime/node24.mjs';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Platform, build } from 'electron-builder';
import { ensureBuilt } from './build.mjs';
import { publicHalf, signFeed, updateKey } from './package/feed.mjs';
import { ownVersion, releaseNotes, writeLegal } from './package/legal.mjs';
import { RPMBUILD, SEVEN_ZIP, ensureInstalled } from './runtime/debian.mjs';
import { outOfSupport } from './runtime/electron-support.mjs';
import { prepare } from './runtime/prepare.mjs';
import { inProject, packageFolder, projectRoot } from './runtime/project.mjs';
import { copyBareElectron } from './runtime/registry-electron.mjs';
import { runMain } from './runtime/run.mjs';

/*
 * npm run package: an unpacked, ready-to-run Ringdesk for this system in dist/. Named formats make packages instead:
 * "npm run package -- deb rpm", or "all" of electron-builder.yml. It contains the Electron that "npm start" uses, so the
 * tested version is the packaged one. docs/admin/updates.md describes signing and the update server.
 */

const { values: options, positionals: formats } = parseArgs({
  allowPositionals: true,
  options: {
    /** Refuses an Electron out of support, and a package without a signature of the system. For releases. */
    release: { type: 'boolean', default: false },
    /** Refuses an Electron out of support. */
    'supported-only': { type: 'boolean', default: false },
    /** Another version than package.json's. */
    version: { type: 'string' },
    /** Another folder than dist/. */
    output: { type: 'string', default: 'dist' },
    /** Large but soon made. For tests. */
    quick: { type: 'boolean', default: false },
  },
});

/** Marks a package that should not be distributed. */
const MARK = 'ELECTRON-OUT-OF-SUPPORT.txt';

const output = resolve(projectRoot, options.output);

await runMain(async () => {
  const runtime = await prepare({ display: false });
  const outdated = outOfSupport(runtime.electronVersion, Date.now());
  if (outdated !== undefined && (options.release || options['supported-only'])) {
    await runtime.dispose();
    throw new Error(`${outdated} It is not packed for a release.`);
  }
  warn(outdated);
  await ensureTools(runtime);
  await ensureBuilt(runtime);
  const scratch = await mkdtemp(join(tmpdir(), 'ringdesk-package-'));
  const version = options.version ?? (await ownVersion());
  const feed = await feedOf();
  try {
    await writeLegal(join(scratch, 'legal'), runtime.electronVersion);
    if (outdated !== undefined) await writeFile(join(scratch, MARK), noteOn(outdated));
    await build({
      projectDir: projectRoot,
      targets: Platform.current().createTarget(targets()),
      publish: 'never',
      config: {
        ...(await machineConfig(runtime, scratch)), // joins electron-builder.yml
        directories: { output },
        extraMetadata: {
          version,
          ...(feed && { updates: { url: feed.url, key: publicHalf(feed.key) } }),
        },
        releaseInfo: { releaseNotes: (await releaseNotes(version)) ?? null },
        publish: feed ? { provider: 'generic', url: feed.url } : null,
        ...(options.quick && { compression: 'store' }),
        ...(outdated !== undefined && { extraFiles: [{ from: join(scratch, MARK), to: MARK }] }),
        forceCodeSigning: options.release,
      },
    });
    const signed = feed ? await signFeed(output, version, feed.key) : [];
    for (const name of signed) process.stdout.write(`Signed ${name}\n`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await runtime.dispose();
  }
  warn(outdated);
  process.stdout.write(
    `\nRingdesk ${version} is packed in ${relative(process.cwd(), output) || '.'}\n`,
  );
  if (formats.length > 0) return;
  process.stdout.write(`Run it: ${packedExecutable()}`);
  // Chromium refuses to sandbox as root; everybody else keeps the sandbox.
  process.stdout.write(process.getuid?.() === 0 ? ' --no-sandbox\n' : '\n');
});

/** electron-builder's targets; none in particular means those of electron-builder.yml. */
function targets() {
  if (formats.length === 0) return ['dir'];
  return formats.includes('all') ? [] : formats;
}

/** Where consoles look for updates, and what signs them. */
async function feedOf() {
  const url = process.env.RINGDESK_UPDATE_URL;
  if (!url) return undefined;
  const key = await updateKey();
  if (!key)
    throw new Error(
      'RINGDESK_UPDATE_URL is set, so RINGDESK_UPDATE_KEY must name the key that signs updates.',
    );
  return { url, key };
}

/** @param {import('./runtime/prepare.mjs').Runtime} runtime */
async function ensureTools({ official }) {
  if (process.platform !== 'linux') return;
  // electron-builder would download a Ruby program; the distributions' tools do the same.
  process.env.CUSTOM_FPM_PATH = inProject('scripts', 'package', 'fpm.mjs');
  if (options.quick) process.env.RINGDESK_PACKAGE_QUICK = '1';
  const needs = [];
  if (formats.includes('rpm')) needs.push(RPMBUILD);
  if (formats.includes('tar.gz') && !official) {
    needs.push(SEVEN_ZIP);
    process.env.ELECTRON_BUILDER_7ZIP_PATH ??= '/usr/bin/7za';
  }
  await ensureInstalled(needs, (line) => void process.stdout.write(`${line}\n`));
}

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
 * @param {string} scratch for an Electron without our default app; its folder `legal` belongs into the package
 * @returns {Promise<import('electron-builder').Configuration>}
 */
async function machineConfig({ official, electronPath, electronVersion, sqliteBinding }, scratch) {
  const legal = { from: join(scratch, 'legal'), to: 'legal' };
  if (official) {
    const electronDist = join(packageFolder('electron'), 'dist');
    return { electronVersion, electronDist, extraResources: [legal] };
  }
  const electronDist = join(scratch, 'electron');
  await copyBareElectron(electronPath, electronDist);
  // The console looks for this file first; see needsOwnBinding() for why it may be there.
  const binding = sqliteBinding && { from: sqliteBinding, to: 'native/better_sqlite3.node' };
  return { electronVersion, electronDist, extraResources: [legal, ...(binding ? [binding] : [])] };
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
  const found = places.map((place) => join(output, place)).find((path) => existsSync(path));
  return relative(process.cwd(), found ?? output);
}
