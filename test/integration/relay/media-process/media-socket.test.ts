import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { remoteHost } from '../../../../src/relay/media-process/client.ts';
import type { MediaHost } from '../../../../src/relay/media-process/host.ts';
import { hostPlace } from '../../../../src/relay/media-process/place.ts';
import { findHost, openHostProcesses } from '../../../../src/relay/media-process/process.ts';
import { HostServer } from '../../../../src/relay/media-process/server.ts';
import { openLocalHost } from '../../../../src/relay/media-process/local.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { relayConfig } from '../harness.ts';
import { CustomerPeer } from '../../relay-media/customer-peer.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Deeper than a socket's path may be. */
const deep = (folder: string) =>
  path.join(folder, ...Array.from({ length: 12 }, () => 'a-data-folder'));
const mode = (file: string) => lstatSync(file).mode & 0o777;

/** A media process's server in this process. */
async function serve(dataDir: string): Promise<HostServer> {
  const { path, secret } = hostPlace(dataDir);
  const server = new HostServer(secret, () => undefined);
  await server.start(path, (listener) =>
    openLocalHost(
      { network: { bind: '127.0.0.1' }, holdFile: 'resources/speech/hold.opus20' },
      listener,
    ),
  );
  onTestFinished(() => server.close());
  return server;
}

describe('a media process that ends at once', () => {
  it('says so, and how to see why', async () => {
    const command = [process.execPath, '-e', 'process.exit(3)'] as const;
    const dataDir = tempFolder();
    const config = { ...relayConfig(dataDir), dataDir };
    await expect(
      openHostProcesses(config, { listener: () => undefined, log, command: () => command }),
    ).rejects.toThrow(`with 3. Run this to see why: ${command.join(' ')}`);
  });
});

/** The relay's side of that process. */
async function openHost(dataDir: string): Promise<MediaHost> {
  const { host, opened } = remoteHost({
    async connect() {
      const socket = await findHost(hostPlace(dataDir));
      if (!socket) throw new Error('nobody is there');
      return socket;
    },
    listener: () => undefined,
    log,
  });
  await opened;
  return host;
}

async function offer(): Promise<string> {
  const customer = await CustomerPeer.open();
  onTestFinished(() => customer.close());
  return customer.offer();
}

/** Everything that a peer sent us. */
function listen(socket: Socket): { heard: () => string; closed: Promise<void> } {
  let heard = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (heard += chunk));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { heard: () => heard, closed };
}

describe('the socket of the media process', () => {
  it.each([
    ['a short path', (folder: string) => folder],
    ['a path that is too long for a socket', deep],
  ])('C16 with %s is in a private folder, and is found again', async (_, at) => {
    const dataDir = at(tempFolder());
    const { path: where, secret } = hostPlace(dataDir);
    onTestFinished(() => {
      if (!where.startsWith(dataDir)) rmSync(path.dirname(where), { recursive: true });
    });
    expect(Buffer.byteLength(where)).toBeLessThanOrEqual(100);
    expect(hostPlace(dataDir)).toEqual({ path: where, secret });
    expect(mode(path.dirname(where))).toBe(0o700);
    expect(mode(path.join(dataDir, 'media'))).toBe(0o700);
    expect(mode(path.join(dataDir, 'media', 'secret'))).toBe(0o600);
    await serve(dataDir);
    const host = await openHost(dataDir);
    await expect(host.answerCustomer('call', await offer())).resolves.toMatchObject({ ok: true });
    expect(await host.calls()).toEqual(['call']);
    await host.end('call');
    await host.close();
  });

  it('C16 has a folder with a different name for each data folder and start', () => {
    const folders = Array.from({ length: 5 }, () => {
      const dataDir = deep(tempFolder());
      const folder = path.dirname(hostPlace(dataDir).path);
      rmSync(folder, { recursive: true });
      const again = path.dirname(hostPlace(dataDir).path);
      rmSync(again, { recursive: true });
      return [folder, again];
    }).flat();
    expect(new Set(folders).size).toBe(10);
    expect(folders.every((folder) => path.dirname(folder) === tmpdir())).toBe(true);
  });

  it('C16 reveals nothing to a listener without the secret', async () => {
    const dataDir = tempFolder();
    const place = hostPlace(dataDir);
    const said: string[] = [];
    const squatter = createServer((socket) => {
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => {
        said.push(chunk);
        // The most it can know: the form of the answer.
        const hello = { type: 'hello', nonce: '0'.repeat(32), proof: '0'.repeat(64) };
        socket.write(`${JSON.stringify(hello)}\n{"type":"alive"}\n`);
      });
    });
    await new Promise<void>((resolve) => squatter.listen(place.path, resolve));
    onTestFinished(() => {
      squatter.close();
    });
    await expect(findHost(place)).rejects.toThrow(/does not prove/);
    expect(said.join('')).toMatch(/^\{"type":"hello","nonce":"[\da-f]{32}"\}\n$/);
  });

  it.each([
    ['asks at once', '{"type":"request","id":1,"request":{"method":"calls"}}\n'],
    ['claims to be proven', `{"type":"proof","proof":"${'0'.repeat(64)}"}\n`],
    [
      'proves nothing',
      `{"type":"hello","nonce":"${'0'.repeat(32)}"}\n{"type":"proof","proof":"${'0'.repeat(64)}"}\n`,
    ],
    ['says hello again and again', `{"type":"hello","nonce":"${'0'.repeat(32)}"}\n`.repeat(2)],
    ['speaks in tongues', 'GET / HTTP/1.1\r\n\r\n'],
  ])('C16 a stranger who %s is disconnected, and the relay goes on', async (_, words) => {
    const dataDir = tempFolder();
    await serve(dataDir);
    const place = hostPlace(dataDir);
    const host = await openHost(dataDir);
    const stranger = connect(place.path);
    const { heard, closed } = listen(stranger);
    stranger.write(words);
    await closed;
    expect(heard()).not.toMatch(/reply|event|failed|alive/);
    expect(await host.calls()).toEqual([]);
    await host.close();
  });

  it('C16 a link in the place of the folder is refused', () => {
    const dataDir = tempFolder();
    const theirs = mkdtempSync(path.join(tmpdir(), 'ringdesk-test-'));
    onTestFinished(() => rmSync(theirs, { recursive: true }));
    symlinkSync(theirs, path.join(dataDir, 'media'));
    expect(() => hostPlace(dataDir)).toThrow(/belongs to somebody else/);
    expect(readdirSync(theirs)).toEqual([]);
  });

  // Only root can give a folder to another user.
  it.runIf(process.getuid?.() === 0)('C16 another user’s folder is refused', () => {
    const dataDir = tempFolder();
    const folder = path.join(dataDir, 'media');
    mkdirSync(folder);
    chownSync(folder, 65_534, 65_534);
    expect(() => hostPlace(dataDir)).toThrow(/belongs to somebody else/);
    expect(existsSync(path.join(folder, 'secret'))).toBe(false);
  });
});
