import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { projectFolder } from './harness/console-app.ts';
import { startBackend, type Backend } from './harness/backend.ts';
import { anotherVersion, newKey, UpdateServer } from './harness/update-server.ts';
import type { CallRecord } from '../../src/main/history/call-record.ts';
import type { DbusDesktop } from '../helpers/dbus-desktop.ts';
import { ana, expect, microphoneHz, type PerWorker, test } from './fixture.ts';

const run = promisify(execFile);

interface Packed {
  place: string;
  env: NodeJS.ProcessEnv;
  /** Of every start: where it shows itself, and that root has no sandbox. */
  machineArgs: readonly string[];
  microphone: string;
}

/**
 * The package allows no debugger, so it is driven from outside: its notification and tray over D-Bus, its log by
 * its own export, its sound at the customer's end.
 */
test('C3 C4 C5 H3 the package resists injection, runs from its own folder, and rings, talks and logs over WebRTC and raw frames', async ({
  backend,
  desktop,
  display,
  folder,
}) => {
  test.setTimeout(300_000);
  const env = { ...process.env, ...display.env };
  const packing = await run(process.execPath, [join(projectFolder, 'scripts', 'package.mjs')], {
    env,
  });
  const place = join(folder, 'somewhere', 'ringdesk');
  mkdirSync(place, { recursive: true });
  cpSync(join(projectFolder, 'dist', 'linux-unpacked'), place, { recursive: true });
  // Nothing that the source tree's scripts prepare may be needed.
  const { RINGDESK_SQLITE_BINDING: _binding, ...rest } = env;
  // It would not open its database with this, if it looked at it.
  const bare = { ...rest, RINGDESK_SQLITE_BINDING: join(folder, 'foreign.node') };
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const machineArgs = [...asRoot, ...display.args];
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const packed: Packed = { place, env: bare, machineArgs, microphone };
  const program = join(place, 'ringdesk');

  // It has no other modules to read from.
  expect(modulesOf(join(place, 'resources', 'app.asar'))).toEqual(['better-sqlite3', 'electron']);

  // The Electron of this machine may be an old one; then it says so.
  const marked = existsSync(join(place, 'ELECTRON-OUT-OF-SUPPORT.txt'));
  expect(/WARNING: Electron \S+ is out of support/.test(packing.stderr)).toBe(marked);

  const fuses = await getCurrentFuseWire(program);
  // As it stands in the program, in ASCII.
  const on = '1'.codePointAt(0);
  expect({
    asNode: fuses[FuseV1Options.RunAsNode] === on,
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable] === on,
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments] === on,
    onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar] === on,
    cookies: fuses[FuseV1Options.EnableCookieEncryption] === on,
    files: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges] === on,
  }).toEqual({
    asNode: false,
    nodeOptions: false,
    inspect: false,
    onlyAsar: true,
    cookies: true,
    files: false,
  });

  const bad = ['--remote-debugging-port=0', '-remote-debugging-pipe', '--js-flags=--expose-gc'];
  for (const one of [...bad, '--load-extension=/tmp', '--disable-web-security']) {
    const userData = `--user-data-dir=${join(folder, 'refused')}`;
    const refused = await run(program, [...machineArgs, userData, one], { env: bare }).then(
      () => 'it started',
      (error: { code: number; stderr: string }) => `${error.code}: ${error.stderr}`,
    );
    expect(refused).toMatch(/^1: [\s\S]*Ringdesk does not accept --/);
    expect(refused).not.toContain('DevTools listening');
  }

  const [call] = await callWith(packed, join(folder, 'cloud'), backend, desktop);
  expect(call).toMatchObject({ direction: 'inbound', outcome: 'answered' });
  expect(call?.quality?.packetsReceived).toBeGreaterThan(50);

  const webBackend = await startBackend(join(folder, 'web-backend'), {}, { number: 'pilot-web' });
  try {
    const [held] = await callWith(packed, join(folder, 'web'), webBackend, desktop);
    expect(held).toMatchObject({ direction: 'inbound', outcome: 'answered' });
    expect(held?.quality?.packetsReceived).toBeGreaterThan(50);
  } finally {
    await webBackend.close();
  }
});

/** Starts the package with a new folder, takes a call, hangs it up, quits; gives the exported log. */
async function callWith(
  { place, env, machineArgs, microphone }: Packed,
  userData: string,
  backend: Backend,
  desktop: DbusDesktop,
  meanwhile: (log: () => string) => Promise<void> = async () => undefined,
): Promise<Exported> {
  const { simulator } = backend;
  // What the test before left there: a killed app takes nothing back.
  desktop.clear();
  const common = [...machineArgs, `--user-data-dir=${userData}`];
  const app = spawn(
    join(place, 'ringdesk'),
    [
      ...common,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      `--profile=${await backend.profileFor(ana)}`,
    ],
    { cwd: place, env, stdio: 'ignore' },
  );
  const gone = exitOf(app);
  const log = join(userData, 'logs', 'main.log');
  try {
    await desktop.until(
      async () =>
        (await desktop.trayItems()).find(({ tooltip }) => tooltip.endsWith('ready for calls')),
      'a packed console that is ready',
      30_000,
    );
    const { callId } = await simulator.startCall({
      customer: { waId: '5511987654321', name: 'Camila Souza' },
      kind: 'tone',
      hz: 440,
    });
    // Not every provider tells the name.
    const { id } = await desktop.notification(/Camila Souza|98765.4321/);
    desktop.pressAction('accept', id);
    const media = () => simulator.report(callId)?.media;
    await simulator.waitFor(() => Math.abs((media()?.toneHz ?? 0) - microphoneHz) < 10);
    // The console stores its figures every 5 s; a frame has 20 ms.
    await simulator.waitFor(() => (media()?.packetsReceived ?? 0) > 350, { timeoutMs: 30_000 });
    await meanwhile(() => readFileSync(log, 'utf8'));
    simulator.hangUp(callId);
    await desktop.tooltip(/ready/);
    await desktop.clickMenu('Quit');
    await gone;
  } finally {
    app.kill('SIGKILL');
    await gone;
    await test.info().attach('main.log', { body: readFileSync(log), contentType: 'text/plain' });
  }
  // E.g. a thread whose script is not in the package; and a code cache that was made by another Electron.
  expect(readFileSync(log, 'utf8')).not.toMatch(/\[error\]|code caches are of another V8/);

  return exportOf({ place, env, machineArgs, microphone }, userData);
}

type Exported = readonly Pick<CallRecord, 'direction' | 'outcome' | 'quality'>[];

async function exportOf({ place, env, machineArgs }: Packed, userData: string): Promise<Exported> {
  const path = join(userData, 'calls.jsonl');
  const switches = [...machineArgs, `--user-data-dir=${userData}`];
  await run(join(place, 'ringdesk'), [...switches, `--export-calls=${path}`, '--format=jsonl'], {
    cwd: place,
    env,
  });
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** What main's scripts in a package import, but for Node's own modules and each other. */
function modulesOf(archive: string): string[] {
  const scripts = listPackage(archive, { isPack: false }).filter((name) => name.endsWith('.cjs'));
  const named = scripts.flatMap((name) => [
    ...extractFile(archive, name.slice(1))
      .toString('utf8')
      .matchAll(/\brequire\(["'`]([^"'`.][^"'`]*)["'`]\)/g),
  ]);
  const modules = new Set(named.map(([, name = '']) => name));
  return [...modules].filter((name) => !isBuiltin(name)).toSorted();
}

function exitOf(app: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    app.once('exit', () => resolve());
  });
}

const INSTALLED = '/opt/Ringdesk/ringdesk';
const POLICY = '/etc/ringdesk/policy.json';
/** Where packages put files; what the system derives from them by itself is not theirs. */
const PLACES = ['/opt', '/usr', '/etc', '/var/lib'];
/** Other packages may be installed meanwhile. */
const OURS = /ringdesk|^\/opt\/|^\/etc\/apparmor/i;
const DERIVED = /^\/var\/lib\/(dpkg|apt|systemd)\b|\.cache$|\/mimeinfo|__pycache__/;

test('the deb is installed, takes a call, refuses a foreign update, takes ours, comes back from a broken one, and leaves without a trace', async ({
  backend,
  desktop,
  display,
  folder,
}) => {
  test.skip(process.getuid?.() !== 0, 'Installing needs root.');
  test.setTimeout(600_000);
  const server = await UpdateServer.start(join(folder, 'server'));
  const env = { ...process.env, ...display.env };
  const dist = join(folder, 'dist');
  const packing = ['scripts/package.mjs', 'deb', '--quick', '--output', dist];
  await run(process.execPath, packing, {
    cwd: projectFolder,
    env: {
      ...env,
      // The organisation has a server of its own.
      RINGDESK_UPDATE_URL: 'http://127.0.0.1:9/',
      RINGDESK_UPDATE_KEY: await server.keyFile(join(folder, 'key.pem')),
    },
  });
  const [deb = ''] = readdirSync(dist).filter((name) => name.endsWith('.deb'));
  const first = join(dist, deb);
  const [, own = ''] = /_(.+)_/.exec(deb) ?? [];
  const filesBefore = await filesOf();
  await run('dpkg', ['--install', first]);
  mkdirSync(dirname(POLICY), { recursive: true });
  writeFileSync(POLICY, JSON.stringify({ updates: { server: server.url } }), { flag: 'wx' });
  try {
    await dependenciesSuffice(first, INSTALLED);
    expect(statSync('/opt/Ringdesk/chrome-sandbox').mode & 0o7777).toBe(0o4755);
    expect(readlinkSync('/usr/bin/ringdesk')).toBe(INSTALLED);
    const entry = readFileSync('/usr/share/applications/ringdesk.desktop', 'utf8');
    expect(entry).toMatch(/MimeType=.*x-scheme-handler\/ringdesk;.*x-scheme-handler\/tel;/);
    for (const legal of ['licences.txt', 'sbom.cdx.json'])
      expect(existsSync(join('/opt/Ringdesk/resources/legal', legal))).toBe(true);
    // It lists what is in the package, and no tool that made it.
    const parts = readFileSync('/opt/Ringdesk/resources/legal/sbom.cdx.json', 'utf8');
    expect(parts).toContain('"electron"');
    expect(parts).not.toContain('node-linux-');
    expect(strangersIn('/opt/Ringdesk/resources/app.asar')).toEqual([]);
    await startsInSandbox(display);

    const microphone = join(folder, 'microphone.wav');
    writeTone(microphone, microphoneHz, 4);
    const userData = join(folder, 'agent');
    const machineArgs = ['--no-sandbox', ...display.args];
    // The updater keeps what it fetches in the person's cache.
    const agentEnv = { ...env, XDG_CACHE_HOME: join(folder, 'cache') };
    const packed: Packed = { place: '/opt/Ringdesk', env: agentEnv, machineArgs, microphone };

    // Somebody else's signature.
    const second = await anotherVersion(first, '99.0.1', folder);
    await server.offer('99.0.1', second, newKey());
    const [call] = await callWith(packed, userData, backend, desktop, async (log) => {
      await desktop.until(
        holds(() => /is not signed with our key/.test(log())),
        'the refusal',
        30_000,
      );
    });
    expect(call).toMatchObject({ direction: 'inbound', outcome: 'answered' });

    // Ours. It waits while a customer calls.
    await server.offer(own, first);
    await server.offer('99.0.1', second);
    const log = () => readFileSync(join(userData, 'logs', 'main.log'), 'utf8');
    const start = () => startInstalled(packed, userData);
    /** @param time how often this version has started by then */
    const isReady = async (version: string, time = 1) => {
      await desktop.until(
        holds(() => {
          const [, ...after] = log().split(`start: Ringdesk ${version},`);
          return after[time - 1]?.includes('start: ready') === true;
        }),
        `version ${version}`,
        120_000,
      );
    };
    const quit = async () => {
      await desktop.until(
        holds(() => offers('Quit')),
        'the menu',
        30_000,
      );
      await desktop.clickMenu('Quit');
      await ended();
    };
    const ended = () =>
      desktop.until(
        holds(() => !isRunning()),
        'its end',
        60_000,
      );
    const offers = (label: string) =>
      desktop.readMenu().then(
        (menu) => menu.some((one) => one.label === label),
        () => false,
      );
    start();
    const update = (version: string) => `Restart and update to ${version}`;
    await desktop.until(
      holds(() => offers(update('99.0.1'))),
      'the update in the tray',
      60_000,
    );
    const { callId } = await backend.simulator.startCall({
      customer: { waId: '5511987654321', name: 'Camila Souza' },
      kind: 'tone',
      hz: 440,
    });
    await desktop.notification(/Camila Souza/);
    expect((await desktop.readMenu()).map(({ label }) => label)).not.toContain(update('99.0.1'));
    backend.simulator.hangUp(callId);
    await desktop.clickMenu(update('99.0.1'));
    await isReady('99.0.1');
    // A package of 100 MB would stay there for ever.
    expect(existsSync(join(folder, 'cache', 'ringdesk-updater'))).toBe(false);

    await quit();

    // A version that does not start. The one before comes back by itself, and does not try it again.
    await server.offer('99.0.2', await anotherVersion(first, '99.0.2', folder, true));
    start();
    await isReady('99.0.1', 2);
    await desktop.until(
      holds(() => offers(update('99.0.2'))),
      'the broken update in the tray',
      60_000,
    );
    await desktop.clickMenu(update('99.0.2'));
    const starts = () => readFileSync(trialFile(userData), 'utf8');
    await desktop.until(
      holds(() => existsSync(trialFile(userData)) && starts().includes('"starts":1')),
      'the first start of the broken version',
      60_000,
    );
    await ended();
    await exitOf(start());
    expect(starts()).toContain('"starts":2');
    start();
    await isReady('99.0.1', 3);
    expect(existsSync(trialFile(userData))).toBe(false);
    await desktop.until(
      holds(() => log().split('start: Ringdesk 99.0.1,')[3]?.includes('99.0.2') === true),
      'a look for updates',
      60_000,
    );
    expect(log().split('start: Ringdesk 99.0.1,')[3]).not.toContain('update: 99.0.2 is there');
    await quit();
    const calls = await exportOf(packed, userData);
    expect(calls.map(({ outcome }) => outcome)).toContain('answered');
  } finally {
    const log = join(folder, 'agent', 'logs', 'main.log');
    if (existsSync(log)) await test.info().attach('main.log', { path: log });
    for (const { pid, args } of processes()) {
      if (args.startsWith(INSTALLED)) process.kill(Number(pid), 'SIGKILL');
    }
    await server.close();
    rmSync(dirname(POLICY), { recursive: true });
    await run('dpkg', ['--purge', 'ringdesk']);
  }
  const known = new Set(filesBefore);
  expect((await filesOf()).filter((file) => !known.has(file) && OURS.test(file))).toEqual([]);
});

/** Of the version that is on trial. */
const trialFile = (userData: string) => join(userData, 'updates', 'trial.json');

/** What lies where packages put files. */
async function filesOf(): Promise<readonly string[]> {
  const found = await run(
    'find',
    [...PLACES, '-xdev', '(', '-type', 'f', '-o', '-type', 'l', ')'],
    {
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return found.stdout.split('\n').filter((file) => file !== '' && !DERIVED.test(file));
}

/** Every library that the program is linked with comes with a package that it depends on, or with one of theirs. */
async function dependenciesSuffice(deb: string, program: string): Promise<void> {
  const { stdout: own } = await run('dpkg-deb', ['--field', deb, 'Depends']);
  const installed = await installedPackages();
  const missing = alternatives(own).filter((names) => !names.some((name) => installed.has(name)));
  expect(missing).toEqual([]);

  const reached = new Set<string>();
  const next = alternatives(own).flat();
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (reached.has(name) || !installed.has(name)) continue;
    reached.add(name);
    next.push(...(installed.get(name) ?? []));
  }
  const linked = await librariesOf(program);
  expect(linked.length).toBeGreaterThan(20);
  const owners = await Promise.all(linked.map(async (file) => ({ file, of: await ownerOf(file) })));
  expect(owners.filter(({ of }) => of === undefined || !reached.has(of))).toEqual([]);
}

/** `a (>= 1) | b, c:any` as `[[a, b], [c]]` */
const alternatives = (field: string): string[][] =>
  field
    .split(',')
    .map((one) => one.split('|').map((name) => name.replace(/[(:].*/, '').trim()))
    .map((names) => names.filter((name) => name !== ''));

/** What each installed package depends on; a name that it provides stands for it. */
async function installedPackages(): Promise<Map<string, readonly string[]>> {
  const format = '${Package}\t${Provides}\t${Pre-Depends},${Depends}\n';
  const { stdout } = await run('dpkg-query', ['-W', `-f=${format}`], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const all = new Map<string, readonly string[]>();
  for (const row of stdout.trimEnd().split('\n')) {
    const [name = '', provides = '', depends = ''] = row.split('\t');
    all.set(name, alternatives(depends).flat());
    for (const other of alternatives(provides).flat()) if (!all.has(other)) all.set(other, [name]);
  }
  return all;
}

/** The files of the system's libraries that the loader finds for a program. */
async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await run('ldd', [program]);
  const found = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => file);
  return found.filter((file) => !file.startsWith(dirname(program)));
}

/** The package of a file. Where `/lib` is a link to `/usr/lib`, dpkg knows either name. */
async function ownerOf(file: string): Promise<string | undefined> {
  const other = file.startsWith('/usr/') ? file.slice('/usr'.length) : `/usr${file}`;
  for (const one of [file, other]) {
    const found = await run('dpkg', ['--search', one]).catch(() => undefined);
    if (found) return found.stdout.split(':')[0];
  }
  return undefined;
}

/** Nobody in particular starts it: Chromium's sandbox is on. */
async function startsInSandbox(display: PerWorker['display']): Promise<void> {
  const nobody = 65_534;
  // Of a test's own folder only root sees anything.
  const home = mkdtempSync(join(tmpdir(), 'ringdesk-nobody-'));
  chownSync(home, nobody, nobody);
  const env = { ...display.env, PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home };
  const switches = [...display.args, `--user-data-dir=${join(home, 'data')}`];
  const app = spawn(INSTALLED, switches, {
    env,
    uid: nobody,
    gid: nobody,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = exitOf(app);
  try {
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const listen = (text: Buffer) => {
        said += String(text);
        if (/ready/i.test(said)) resolve();
      };
      app.stdout.on('data', listen);
      app.stderr.on('data', listen);
      app.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    });
    const renderers = processes().filter(
      ({ args }) => args.includes('--type=renderer') && args.includes(home),
    );
    expect(renderers.length).toBeGreaterThan(0);
    // Seccomp's filter is on (2), and it sees no processes but its own.
    for (const { pid } of renderers) {
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
      expect(readlinkSync(`/proc/${pid}/ns/pid`)).not.toBe(readlinkSync('/proc/self/ns/pid'));
    }
  } finally {
    app.kill();
    await gone;
    rmSync(home, { recursive: true, force: true });
  }
}

function startInstalled({ machineArgs, env, microphone }: Packed, userData: string): ChildProcess {
  const media = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
  ];
  const switches = [...machineArgs, `--user-data-dir=${userData}`, ...media];
  return spawn(INSTALLED, switches, { env, stdio: 'ignore' });
}

interface Process {
  pid: string;
  args: string;
}

function processes(): readonly Process[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid)) return [];
      return [{ pid, args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
    } catch {
      return [];
    }
  });
}

/** For `until`, which waits for a value. */
const holds = (check: () => boolean | Promise<boolean>) => async () => (await check()) || undefined;

const isRunning = (): boolean => processes().some(({ args }) => args.startsWith(INSTALLED));

/** What belongs to development alone, and scripts that name the folder in which they were built. */
function strangersIn(archive: string): readonly string[] {
  return listPackage(archive, { isPack: false }).filter(
    (name) =>
      /\.(map|ts|tsx)$|^\/(test|src|scripts|docs)\//.test(name) ||
      (/^\/out\/.*js$/.test(name) &&
        extractFile(archive, name.slice(1)).includes(resolve(projectFolder))),
  );
}
