import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { signFeed } from '../../../scripts/package/feed.mjs';

const run = promisify(execFile);

/** A web server with static files, as an update server is. */
export class UpdateServer {
  readonly url: string;
  readonly folder: string;
  readonly key: KeyObject = newKey();
  /** Resolves when it is closed. */
  readonly close: () => Promise<void>;

  private constructor(url: string, folder: string, close: () => Promise<void>) {
    this.url = url;
    this.folder = folder;
    this.close = close;
  }

  static async start(folder: string): Promise<UpdateServer> {
    await mkdir(folder, { recursive: true });
    const server = createServer((request, response) => {
      const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
      const file = join(folder, name);
      if (name === '' || !existsSync(file)) return response.writeHead(404).end();
      return createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const close = async () => {
      server.closeAllConnections();
      server.close();
    };
    return new UpdateServer(`http://127.0.0.1:${address.port}/`, folder, close);
  }

  /** The private key in a file, as packing wants it. */
  async keyFile(file: string): Promise<string> {
    await writeFile(file, this.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return file;
  }

  /** Offers a package of a version. @param key signs it; the right one by default */
  async offer(version: string, deb: string, key: KeyObject = this.key): Promise<void> {
    const sha512 = createHash('sha512')
      .update(await readFile(deb))
      .digest('base64');
    const { size } = await stat(deb);
    const url = basename(deb);
    await run('cp', [deb, join(this.folder, url)]);
    const info = { version, files: [{ url, sha512, size }], path: url, sha512 };
    const text = JSON.stringify({ ...info, releaseNotes: `What is new in ${version}` });
    await writeFile(join(this.folder, 'latest-linux.yml'), text);
    await signFeed(this.folder, version, key);
  }
}

/** A key of somebody. */
export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

/**
 * The package of another version, made from one.
 *
 * @param broken it ends as soon as it has begun to start
 * @returns its file
 */
export async function anotherVersion(
  deb: string,
  version: string,
  folder: string,
  broken = false,
): Promise<string> {
  const root = join(folder, `root-${version}`);
  const app = join(folder, `app-${version}`);
  await run('dpkg-deb', ['--raw-extract', deb, root]);
  const control = join(root, 'DEBIAN', 'control');
  const described = await readFile(control, 'utf8');
  await writeFile(control, described.replace(/^Version: .*$/m, `Version: ${version}`));
  const archive = join(root, 'opt', 'Ringdesk', 'resources', 'app.asar');
  extractAll(archive, app);
  const own = join(app, 'package.json');
  const packed: object = JSON.parse(await readFile(own, 'utf8'));
  await writeFile(own, JSON.stringify({ ...packed, version }));
  if (broken) await writeFile(join(app, 'out', 'main', 'index.cjs'), 'process.exit(1);\n');
  await createPackageWithOptions(app, archive, { unpackDir: 'node_modules/better-sqlite3' });
  const file = join(folder, `ringdesk_${version}_amd64.deb`);
  await run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, file]);
  await Promise.all([root, app].map((one) => rm(one, { recursive: true, force: true })));
  return file;
}
