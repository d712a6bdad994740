import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { Cipher } from '../../../src/main/credentials/cipher.ts';
import { Vault, vaultSchema } from '../../../src/main/credentials/vault.ts';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import { createHandlers } from '../../../src/main/ipc/handlers.ts';
import { IpcDispatcher } from '../../../src/main/ipc/ipc-dispatcher.ts';
import { JsonFile } from '../../../src/main/lib/json-file.ts';
import { secretNames } from '../../../src/main/provisioning/provision.ts';
import { workspaceFileSchema } from '../../../src/main/provisioning/workspace-file.ts';
import { Organisation } from '../../../src/main/policy/organisation.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { SoftphoneLink } from '../../../src/main/windows/softphone.ts';
import { SnapshotPublisher } from '../../../src/main/workspace/snapshot-publisher.ts';
import { WorkspaceSwitcher } from '../../../src/main/workspace/workspace-switcher.ts';
import type { AppEvent } from '../../../src/shared/ipc/events.ts';
import type { Snapshot } from '../../../src/shared/ipc/snapshot.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { root } from '../../helpers/walks.ts';
import { ACCOUNT, NUMBER_ID, offer, post, relayConfig, startRelay } from '../relay/harness.ts';

/**
 * A program in which a webhook rings at a console and the call is accepted: relay and main process
 * in one, without Electron. It prints which files of `src` ran meanwhile, counted by V8.
 */
const [, , folder = ''] = process.argv;

const api = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ messaging_product: 'whatsapp', success: true }));
  });
}).listen(0, '127.0.0.1');
await once(api, 'listening');
const address = api.address();
const apiBase = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
const relay = await startRelay(relayConfig(folder));
const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });

const log = new FakeLog();
const publisher = new SnapshotPublisher();
const changed = publisher.handleChange;
const notices = new Notices(() => Date.now(), changed);
const plain = {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => Buffer.from(text),
  decryptString: (cipher: Buffer) => cipher.toString(),
};
const vault = new Vault(
  new JsonFile(join(folder, 'secrets.json'), vaultSchema),
  new Cipher(plain, 'darwin'),
  log,
);
await vault.open();
await vault.put({ [secretNames.relay]: token, [secretNames.account(ACCOUNT)]: 'token' });
writeFileSync(
  join(folder, 'workspace.json'),
  JSON.stringify({
    version: 1,
    open: 'profile',
    profile: {
      agent: { id: 'ana', name: 'Ana' },
      relayUrl: `${relay.url.replace('http', 'ws')}/v1/agents`,
      accounts: [
        {
          id: ACCOUNT,
          label: 'Support',
          number: '+551150201234',
          provider: 'meta',
          phoneNumberId: NUMBER_ID,
          wabaId: '1',
          apiBase,
        },
      ],
    },
  }),
);

let snapshot: Snapshot | undefined;
const waiting = new Set<() => void>();
/**
 * Replaces the windows: a softphone that answers at once, and a screen that shows every snapshot.
 */
const window = {
  send(event: AppEvent) {
    if (event.type === 'snapshot') {
      snapshot = event.snapshot;
      for (const check of waiting) check();
    }
    if (event.type === 'media' && event.command.do === 'answer') {
      const report = { kind: 'answer-ready', sdp: 'v=0\r\n' };
      setImmediate(() => void send('media.report', { callId: event.command.callId, report }));
    }
  },
};
const until = (holds: (now: Snapshot) => boolean) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (snapshot && holds(snapshot)) {
        waiting.delete(check);
        resolve();
      }
    };
    waiting.add(check);
    check();
  });
const softphone = new SoftphoneLink(window, log);
const transport = { fetch: globalThis.fetch, WebSocket, forgive: () => undefined };
const never = () => Promise.resolve(undefined);
const organisation = new Organisation();
const workspaces = new WorkspaceSwitcher({
  organisation,
  file: new JsonFile(join(folder, 'workspace.json'), workspaceFileSchema),
  vault,
  demo: () => {
    throw new Error('no demo here');
  },
  database: () => join(folder, 'console.db'),
  workspace: {
    sqliteBinding: undefined,
    transport,
    readerScript: join(root, 'src/main/history/reader-worker.ts'),
    repairScript: join(root, 'src/main/db/repair-worker.ts'),
    defaults: defaultSettings,
    clock: systemClock,
    log,
    notices,
    media: softphone.send,
    play: () => undefined,
    changed,
    historyChanged: () => undefined,
    contactsChanged: () => undefined,
    todoChanged: () => undefined,
    announce: () => undefined,
    askRinger: () => undefined,
    devices: () => undefined,
    readyChanged: () => undefined,
    numberChanged: () => undefined,
  },
});
publisher.start({
  versions: { version: '1', electron: '1' },
  language: () => 'en',
  clock: systemClock,
  notices,
  vault,
  network: { asks: () => undefined, portal: { isThere: false } },
  workspaces,
  invitations: { opened: undefined },
  keys: () => ({ accept: 'none', decline: 'none', mute: 'none', selection: 'none' }),
  updates: () => ({ channel: 'stable', isChannelLocked: false, now: { state: 'current' } }),
  localApi: () => undefined,
  windows: [window],
});
const handlers = createHandlers({
  openPortal: () => Promise.resolve(),
  showFile: () => undefined,
  organisation,
  programs: {
    newCall: { handleReady: () => undefined },
    links: { list: async () => [], set: async () => [] },
    screenPops: { open: async () => undefined },
  },
  updates: {
    look: async () => undefined,
    plan: () => undefined,
    setChannel: () => undefined,
    dismiss: () => undefined,
  },
  autostart: { get: () => ({ state: 'off' }), set: () => ({ state: 'off' }) },
  localApi: { token: async () => '', renew: async () => '' },
  publisher,
  workspaces,
  invitations: { redeem: () => Promise.reject(new Error('none here')), dismiss: () => undefined },
  vault,
  network: { transport, signIn: () => Promise.resolve() },
  notices,
  changed,
  softphone,
  windows: {
    show: () => undefined,
    main: {
      contentsId: 1,
      send: () => undefined,
      handleUsable: () => undefined,
      setCalls: () => undefined,
    },
    ring: { drag: () => undefined },
  },
  diagnostics: { make: async () => ({ name: '', text: '' }), save: async () => undefined },
  copy: () => undefined,
  askProfileFile: never,
  askExportFile: never,
  askExportFolder: never,
  askRateCard: never,
  askSetUpFolder: never,
  askPeopleFile: never,
  askPeopleExport: never,
  askFileToSave: never,
  askAgentsFile: never,
  askTokensFile: never,
});
const dispatcher = new IpcDispatcher(
  handlers,
  () => 'everything',
  () => false,
  log,
);
const send = (route: string, input: unknown) =>
  dispatcher.handle(route, input, { id: 1, url: 'app://ringdesk', topFrame: true });

softphone.handleReady();
await workspaces.start();
await until(({ connection }) => connection.state === 'connected');

const profiler = new Session();
profiler.connect();
await profiler.post('Profiler.enable');
await profiler.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
await takeFiles();

await post(relay.url, offer('wacid.1'));
await until(({ calls: [call] }) => call?.phase.name === 'ringing' && call.phase.ready);
const webhook = await takeFiles();
const callId = snapshot?.calls[0]?.id;
await send('calls.accept', { callId });
await until(({ calls: [call] }) => call?.phase.name === 'connected');
const accept = await takeFiles();
process.stdout.write(JSON.stringify({ webhook, accept }), () => process.exit());

/** The files of `src` in which a function has run since the last call. */
async function takeFiles(): Promise<string[]> {
  const base = pathToFileURL(`${root}/`).href;
  const { result } = await profiler.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ functions }) =>
      functions.some(({ ranges: [range] }) => range && range.startOffset > 0 && range.count > 0),
    )
    .map(({ url }) => url.replace(base, ''))
    .filter((file) => file.startsWith('src/'))
    .toSorted();
}
