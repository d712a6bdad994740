import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileCache } from '../../../../../src/main/contacts/files/file-cache.ts';
import { MessageFiles } from '../../../../../src/main/contacts/files/message-files.ts';
import type { Provider } from '../../../../../src/main/calls/ports.ts';
import type { ContactFact } from '../../../../../src/main/db/contacts.ts';
import type { WayFetch } from '../../../../../src/main/network/transport.ts';
import { madeFile } from '../../../../../src/simulator/customers/sample-files.ts';
import { FakeLog } from '../../../../fakes/log.ts';
import { FakeProvider } from '../../../../fakes/provider.ts';
import { beginnings } from '../../../../helpers/sample-files.ts';
import { tempFolder } from '../../../../helpers/temp.ts';

const small = Uint8Array.from(madeFile({ type: 'image' }, '').content);
const T0 = Date.UTC(2026, 10, 29, 12);
const DAY = 86_400_000;
const headers = { authorization: 'Bearer secret' };

interface Served {
  bytes?: Uint8Array;
  /** As the provider announces it. */
  size?: number;
  status?: number;
}

/** One message with a file, at a provider that has it. */
function openFiles({ bytes = small, size, status = 200 }: Served = {}, type = 'image') {
  const folder = join(tempFolder(), 'files');
  const asked: string[] = [];
  let now = T0;
  const fetch: WayFetch = async (url, init) => {
    asked.push(`fetch ${url} ${init?.headers?.['authorization'] ?? ''} ${init?.redirect ?? ''}`);
    const response = new Response(status === 200 ? Buffer.from(bytes) : 'no', {
      status,
      headers: { 'content-type': 'text/html' },
    });
    return response;
  };
  const provider: Provider = Object.assign(new FakeProvider(), {
    file: async (id: string) => {
      asked.push(`file ${id}`);
      return { ok: true as const, value: { url: 'https://example.com/f', headers, bytes: size } };
    },
  });
  const fact: ContactFact = {
    identity: 'support/message/wamid.1',
    accountId: 'support',
    party: { waId: '551' },
    at: T0,
    body: { kind: 'message-in', type, file: { id: '../9388', mime: 'image/svg+xml' } },
  };
  const log = new FakeLog();
  const open = () =>
    new MessageFiles({
      message: (identity) => (identity === fact.identity ? fact : undefined),
      provider: () => provider,
      fetch,
      cache: new FileCache({ folder, now: () => now, log }),
      handleSaved: (saved) => void asked.push(`saved in ${saved}`),
      now: () => now,
      log,
    });
  return {
    files: open(),
    reopen: open,
    asked,
    folder,
    get: () => open().get(fact.identity),
    at: (time: number) => {
      now = time;
    },
  };
}

describe('a document', () => {
  const program = Buffer.from('MZ program');
  const save = (files: MessageFiles, path: string | undefined) => {
    const asked: string[] = [];
    const saved = files.save('support/message/wamid.1', async (name) => {
      asked.push(name);
      return path;
    });
    return { asked, saved };
  };

  test('is saved where the agent wants it, for this person alone, and never kept or marked to run', async () => {
    const { files, folder } = openFiles({ bytes: program }, 'document');
    const path = join(tempFolder(), 'mine.exe');
    const { asked, saved } = save(files, path);
    expect(await saved).toEqual({ name: 'mine.exe', bytes: program.length });
    expect(asked).toEqual(['document']);
    expect(readFileSync(path)).toEqual(program);
    const kept = process.platform === 'win32' ? 0o666 : 0o600;
    expect(statSync(path).mode & 0o777).toBe(kept);
    expect(existsSync(folder)).toBe(false);
    await expect(files.get('support/message/wamid.1')).rejects.toThrow(
      'Not shown here: this is no picture, soun',
    );
  });

  test('is not fetched if the agent wants it nowhere', async () => {
    const { files, asked } = openFiles({}, 'document');
    expect(await save(files, undefined).saved).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('says why it cannot be written', async () => {
    const { files } = openFiles({}, 'document');
    const { saved } = save(files, join(tempFolder(), 'no', 'folder.pdf'));
    await expect(saved).rejects.toMatchObject({ error: { code: 'export-failed' } });
  });

  test('is saved if it is a voice message that cannot be played', async () => {
    const amr = Buffer.from('#!AMR\n....');
    const { files } = openFiles({ bytes: amr }, 'audio');
    await expect(files.get('support/message/wamid.1')).rejects.toMatchObject({
      error: { message: expect.stringContaining('AMR') },
    });
    const { saved } = save(files, join(tempFolder(), 'voice.amr'));
    expect(await saved).toMatchObject({ bytes: amr.length });
  });

  test('has its folder noted once it is saved, for a certificate of erasure', async () => {
    const { files, asked } = openFiles({}, 'document');
    const folder = tempFolder();
    await expect(save(files, join(folder, 'no', 'folder.pdf')).saved).rejects.toMatchObject({
      error: { code: 'export-failed' },
    });
    const noted = () => asked.filter((line) => line.startsWith('saved'));
    expect(noted()).toEqual([]);
    await save(files, join(folder, 'mine.pdf')).saved;
    expect(noted()).toEqual([`saved in ${folder}`]);
  });
});

describe('a customer’s file', () => {
  test('is fetched once, with the number’s secret and without redirects, and kept', async () => {
    const { files, reopen, asked, folder, at } = openFiles();
    const identity = 'support/message/wamid.1';
    const both = await Promise.all([files.get(identity), files.get(identity)]);
    for (const one of both) {
      expect(one.mime).toBe('image/png');
      expect(Buffer.from(one.bytes)).toEqual(Buffer.from(small));
    }
    expect(asked).toEqual(['file ../9388', 'fetch https://example.com/f Bearer secret error']);
    // It is still here when WhatsApp has forgotten it.
    at(T0 + 30 * DAY);
    await expect(reopen().get(identity)).resolves.toMatchObject({ mime: 'image/png' });
    expect(asked).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
  });

  test('that WhatsApp no longer has is not asked for', async () => {
    const { get, asked, at } = openFiles();
    at(T0 + 8 * DAY);
    await expect(get()).rejects.toThrow('Ask the customer to send it again');
    expect(asked).toEqual([]);
  });

  test('that is too large is not fetched, and not read to its end if its size was not told', async () => {
    const told = openFiles({ size: 10_000_001 });
    await expect(told.get()).rejects.toThrow('Larger than');
    expect(told.asked).toEqual(['file ../9388']);
    const large = new Uint8Array(1_000_001);
    large.set(beginnings.webp);
    const untold = openFiles({ bytes: large }, 'sticker');
    await expect(untold.get()).rejects.toThrow('Larger than');
  });

  test.each(['svg', 'html', 'pdf', 'exe', 'opus'] as const)(
    'that is %s behind a picture is neither shown nor kept',
    async (name) => {
      const { get, folder } = openFiles({ bytes: beginnings[name] });
      await expect(get()).rejects.toThrow('Not shown here');
      expect(existsSync(folder)).toBe(false);
    },
  );

  test('that claims more pixels than a window can draw is neither shown nor kept', async () => {
    const bomb = Uint8Array.from(small);
    new DataView(bomb.buffer).setUint32(16, 30_000);
    new DataView(bomb.buffer).setUint32(20, 30_000);
    const { get, folder } = openFiles({ bytes: bomb });
    await expect(get()).rejects.toThrow('too many pixels');
    expect(existsSync(folder)).toBe(false);
  });

  test('of a document is not fetched', async () => {
    const { get, asked } = openFiles({ bytes: beginnings.pdf }, 'document');
    await expect(get()).rejects.toThrow('Not shown here');
    expect(asked).toEqual([]);
  });

  test('that was changed on the disk is checked again', async () => {
    const { get, folder, asked } = openFiles();
    await get();
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, name), beginnings.html);
    await expect(get()).resolves.toMatchObject({ mime: 'image/png' });
    expect(asked).toHaveLength(4);
  });

  test('that the provider does not send says so', async () => {
    const { get } = openFiles({ status: 404 });
    await expect(get()).rejects.toMatchObject({
      error: { code: 'provider', provider: { code: 'http-404', transient: true } },
    });
  });
});

test('the files that were not opened for longest make room', async () => {
  let now = T0;
  const folder = join(tempFolder(), 'files');
  const cache = new FileCache({
    folder,
    // Each has a header, too.
    mostBytes: 2 * (10 + 48),
    now: () => (now += 1000),
    log: new FakeLog(),
  });
  const ten = new Uint8Array(10);
  await cache.put('a', ten);
  await cache.put('b', ten);
  await cache.get('a');
  await cache.put('c', ten);
  expect(await cache.get('a')).toBeDefined();
  expect(await cache.get('b')).toBeUndefined();
  expect(await cache.get('c')).toBeDefined();
});

test('what is kept here is copied for the customer, and nothing is fetched for that', async () => {
  const { files, get, asked } = openFiles();
  const into = tempFolder();
  const identities = ['support/message/wamid.1', 'support/message/wamid.2'];
  expect(await files.copy(identities, into)).toBe(0);
  await get();
  asked.length = 0;
  expect(await files.copy(identities, into)).toBe(1);
  expect(asked).toEqual([]);
  const [name = ''] = readdirSync(into);
  expect(name).toMatch(/^file-1\.(?:png|jpg)$/);
  expect(readFileSync(join(into, name))).toEqual(Buffer.from(small));
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('files on this computer', () => {
  const [oldKey, newKey] = ['1a'.repeat(32), '2b'.repeat(32)];
  const plain = Buffer.from('a picture of a passport');
  let now = T0;
  const open = (folder: string, ...keys: string[]) =>
    new FileCache({ folder, keys, now: () => now, log: new FakeLog() });
  const stored = (folder: string) =>
    readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));

  test('are sealed, and opened with the key alone', async () => {
    const folder = join(tempFolder(), 'files');
    await open(folder, oldKey).put('a', plain);
    expect(stored(folder).some(({ bytes }) => bytes.includes(plain))).toBe(false);
    expect(Buffer.from((await open(folder, newKey, oldKey).get('a')) ?? [])).toEqual(plain);
    expect(await open(folder, newKey).get('a')).toBeUndefined();
    expect(stored(folder)).toHaveLength(1);
  });

  test('of an earlier version or key are sealed anew, and are as old as before', async () => {
    const folder = join(tempFolder(), 'files');
    const writing = open(folder, oldKey);
    await writing.put('by an older key', plain);
    await writing.put('open', plain);
    await writing.put('of a lost key', plain);
    // As they were before files were sealed, and what a killed console leaves.
    const path = join(folder, sha256('open'));
    writeFileSync(path, plain);
    utimesSync(path, 5, 5);
    writeFileSync(`${path}.x.part`, plain);
    await open(folder, '3c'.repeat(32)).put('of a lost key', plain);

    const cache = open(folder, newKey, oldKey);
    expect(Buffer.from((await open(folder, newKey).get('open')) ?? [])).toEqual(plain);
    utimesSync(path, 5, 5);
    await cache.sealAnew(() => false);
    const after = stored(folder);
    expect(after.map(({ name }) => name).toSorted()).toEqual(
      [sha256('by an older key'), sha256('open')].toSorted(),
    );
    expect(after.some(({ bytes }) => bytes.includes(plain))).toBe(false);
    expect(statSync(path).mtimeMs).toBe(5_000);
    for (const key of ['by an older key', 'open']) {
      expect(Buffer.from((await open(folder, newKey).get(key)) ?? [])).toEqual(plain);
    }
  });

  test('go by how long they have been kept, however lately they were opened', async () => {
    const folder = join(tempFolder(), 'files');
    const cache = open(folder, newKey);
    await cache.put('old', plain);
    now = T0 + 10 * DAY;
    await cache.put('new', plain);
    expect(await cache.get('old')).toBeDefined();
    await open(folder, '3c'.repeat(32), newKey).sealAnew(() => false);
    expect(await cache.forget(T0 + DAY)).toBe(1);
    const later = open(folder, '3c'.repeat(32));
    expect(await later.get('old')).toBeUndefined();
    expect(await later.get('new')).toBeDefined();
    now = T0;
  });

  test('of an earlier version stay as they are where they cannot be written', async () => {
    const folder = join(tempFolder(), 'files');
    const cache = open(folder, newKey);
    await cache.put('a', plain);
    // With a longer name, as it has while it is written, no file system takes it.
    const name = 'f'.repeat(250);
    writeFileSync(join(folder, name), plain);
    await cache.sealAnew(() => false);
    expect(readFileSync(join(folder, name))).toEqual(plain);
  });
});
