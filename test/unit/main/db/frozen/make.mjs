import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/*
 * node test/unit/main/db/frozen/make.mjs FORMAT… [--encrypted]
 *
 * Makes a call log with the code of the last commit of that format, and freezes it here. Needs the history of Git.
 */

const MIGRATIONS = 'src/main/db/migrations/';
/** The key of the encrypted files. */
const KEY = '5a'.repeat(32);
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 }).trim();

/** The last commit whose code writes `format`. */
function lastCommitOf(format) {
  const changes = git('log', '--first-parent', '--format=%H', '--', MIGRATIONS).split('\n');
  const formatAt = (commit) => git('ls-tree', '--name-only', commit, MIGRATIONS).split('\n').length;
  const later = changes.findLast((commit) => formatAt(commit) > format);
  const last = later === undefined ? git('rev-parse', 'HEAD') : git('rev-parse', `${later}^`);
  if (formatAt(last) !== format) throw new Error(`no commit has format ${format}`);
  return last;
}

/** A folder with the code of a commit. */
function checkOut(commit) {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-frozen-'));
  const tar = execFileSync('git', ['archive', commit, 'src', 'test/helpers', 'package.json'], {
    maxBuffer: 1e9,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: tar });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const at = (n) => 1_700_000_000_000 + n * 60_000;
/** Some are known by number, some by user id, some by both. */
const partyOf = (n) => ({
  ...(n % 5 !== 0 && { waId: `1631555${String(n % 10).padStart(4, '0')}` }),
  ...(n % 5 < 2 && { userId: `BR.${n % 10}` }),
  name: `Customer ${n % 10}`,
});
const ends = [
  { kind: 'customer-hung-up' },
  { kind: 'caller-gone' },
  { kind: 'answered-elsewhere', by: 'Bea' },
  { kind: 'rang-out' },
];

/** What each file holds; see README.md. */
async function fill(folder, path, format, keys) {
  const load = async (file) => import(pathToFileURL(join(folder, file)).href);
  const { openDatabase } = await load('src/main/db/open.ts');
  const { SqliteCallLog } = await load('src/main/db/call-log.ts');
  const { AccountStore } = await load('src/main/db/accounts.ts');
  const { RelayCursor } = await load('src/main/db/relay-cursor.ts');
  const { SettingsStore } = await load('src/main/db/settings.ts');
  const { endedCall, put } = await load('test/helpers/calls.ts');
  const { db } = openDatabase({ path, keys });
  const log = new SqliteCallLog(db);
  const silent = { warn: () => undefined };
  new AccountStore(db, silent).replaceAll([
    {
      id: 'support',
      provider: 'meta',
      label: 'Support',
      number: '+551150201234',
      phoneNumberId: '1',
      wabaId: '2',
    },
  ]);
  new SettingsStore(db).set({ theme: 'dark' });
  const cursor = new RelayCursor(db);
  cursor.reset('epoch', 7);
  for (let n = 1; n <= 20; n++) {
    const reason = ends[n % ends.length];
    const talked = reason.kind === 'customer-hung-up';
    const direction = n % 8 === 0 ? 'outbound' : 'inbound';
    const connectedAt = talked ? at(n) + 4_000 : undefined;
    put(log, endedCall(n, { party: partyOf(n), direction, connectedAt }, reason));
  }
  log.saveQuality('support/wacid.4', {
    packetsReceived: 1004,
    packetsLost: 3,
    packetsSent: 5,
    mos: 4.1,
  });
  put(log, endedCall(21, { phase: { name: 'connected' }, connectedAt: at(21) + 2_000 }));
  if (format >= 2) {
    const { ContactStore } = await load('src/main/db/contacts.ts');
    const contacts = new ContactStore(db);
    const message = { kind: 'message-in', text: 'where is my order', type: 'text' };
    contacts.add({
      identity: 'support/wamid.1',
      accountId: 'support',
      party: partyOf(3),
      at: at(30),
      messageId: 'wamid.1',
      body: message,
    });
    if (format >= 12) {
      contacts.write(partyOf(3), [{ field: 'company', value: 'Acme', at: at(31), by: 'Ana' }]);
    }
  }
  if (format >= 7) {
    const { CallNoteStore } = await load('src/main/db/call-notes.ts');
    new CallNoteStore(db).set({
      callId: 'support/wacid.4',
      text: 'wants a new cup',
      tags: ['Shop'],
      disposition: 'Call again',
      callbackAt: at(99),
      at: at(32),
    });
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const formats = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const isEncrypted = process.argv.includes('--encrypted');
for (const format of formats.map(Number)) {
  const commit = lastCommitOf(format);
  const folder = checkOut(commit);
  try {
    const path = join(folder, 'made', 'calls.db');
    mkdirSync(join(folder, 'made'));
    await fill(folder, path, format, isEncrypted ? [KEY] : []);
    const name = `format-${format}${isEncrypted ? '-encrypted' : ''}.db.gz`;
    const to = join(import.meta.dirname, name);
    if (existsSync(to)) throw new Error(`${name} is frozen already`);
    writeFileSync(to, gzipSync(readFileSync(path), { level: 9 }));
    process.stdout.write(`${name}: ${commit.slice(0, 8)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
