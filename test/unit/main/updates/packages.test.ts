import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicHalf } from '../../../../scripts/package/feed.mjs';
import { Packages } from '../../../../src/main/updates/packages.ts';
import { isSigned } from '../../../../src/main/updates/signature.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = publicHalf(privateKey);
const signatureOf = (text: string, by = privateKey) =>
  sign(null, Buffer.from(text), by).toString('base64');
const sha512 = (text: string) => createHash('sha512').update(text).digest('base64');

describe('our signature', () => {
  it('is ours for exactly this text', () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    expect(isSigned('version: 1.0.0', signatureOf('version: 1.0.0'), key)).toBe(true);
    expect(isSigned('version: 1.0.1', signatureOf('version: 1.0.0'), key)).toBe(false);
    expect(isSigned('version: 1.0.0', signatureOf('version: 1.0.0', stranger), key)).toBe(false);
  });

  it.each(['', 'no signature', '<html>not found</html>'])('is not %j', (text) => {
    expect(isSigned('version: 1.0.0', text, key)).toBe(false);
    expect(isSigned('version: 1.0.0', signatureOf('version: 1.0.0'), text)).toBe(false);
  });

  it('is none of another kind of key', () => {
    const { privateKey: rsa, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const theirs = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const signature = sign('sha256', Buffer.from('x'), rsa).toString('base64');
    expect(isSigned('x', signature, theirs)).toBe(false);
  });
});

describe('the package of the version that runs', () => {
  const described = (content: string) =>
    JSON.stringify({
      version: '1.0.0',
      files: [{ url: 'ringdesk_1.0.0_amd64.deb', sha512: sha512(content) }],
    });

  function world(files: Record<string, string>) {
    const asked: string[] = [];
    const folder = tempFolder();
    const packages = new Packages({
      url: 'https://updates.example.com/ringdesk/',
      key,
      folder,
      parse: (text) => JSON.parse(text),
      async fetch(url) {
        const name = url.slice('https://updates.example.com/ringdesk/'.length);
        asked.push(name);
        const text = files[name];
        return {
          ok: text !== undefined,
          status: text === undefined ? 404 : 200,
          body: (async function* () {
            yield Buffer.from(text ?? '');
          })(),
        };
      },
    });
    return { asked, folder, get: () => packages.ofVersion('1.0.0', '.deb', '-linux'), packages };
  }

  it.each([
    ['another version', { version: '0.9.0', files: [] }],
    ['no version', { files: [] }],
    ['a page', '<html>Sign in</html>'],
  ])('is none that was signed as %s', async (_, content) => {
    const text = JSON.stringify(content);
    const { get } = world({
      'ringdesk-1.0.0-linux.yml': text,
      'ringdesk-1.0.0-linux.yml.sig': signatureOf(text),
    });
    await expect(get()).rejects.toMatchObject({ why: 'not-ours' });
  });

  it('is no description that does not end', async () => {
    const text = ' '.repeat(100_001);
    const { get } = world({
      'ringdesk-1.0.0-linux.yml': text,
      'ringdesk-1.0.0-linux.yml.sig': signatureOf(text),
    });
    await expect(get()).rejects.toMatchObject({ why: 'not-ours' });
  });

  it('is fetched once, and kept', async () => {
    const text = described('a package');
    const { asked, get, folder } = world({
      'ringdesk-1.0.0-linux.yml': text,
      'ringdesk-1.0.0-linux.yml.sig': signatureOf(text),
      'ringdesk_1.0.0_amd64.deb': 'a package',
    });
    const { file } = await get();
    expect(file).toBe(join(folder, 'ringdesk-1.0.0.deb'));
    expect(readFileSync(file, 'utf8')).toBe('a package');
    await get();
    expect(asked.filter((one) => one.endsWith('.deb'))).toHaveLength(1);
  });

  it('is refused without our signature, or if it is not the one that was signed', async () => {
    const text = described('a package');
    const unsigned = { 'ringdesk-1.0.0-linux.yml': text, 'ringdesk-1.0.0-linux.yml.sig': 'x' };
    await expect(world(unsigned).get()).rejects.toMatchObject({ why: 'not-ours' });
    const changed = {
      'ringdesk-1.0.0-linux.yml': text,
      'ringdesk-1.0.0-linux.yml.sig': signatureOf(text),
      'ringdesk_1.0.0_amd64.deb': 'another package',
    };
    await expect(world(changed).get()).rejects.toMatchObject({ why: 'not-ours' });
    await expect(world({}).get()).rejects.toMatchObject({ why: 'unreachable' });
  });

  it('is checked again before it is installed', async () => {
    const { packages } = world({});
    const file = join(tempFolder(), 'downloaded.deb');
    writeFileSync(file, 'a package');
    const known = await packages.keep('1.1.0', { file, sha512: sha512('a package') });
    expect(await packages.kept('1.1.0', '.deb', known.sha512)).toEqual(known);
    expect(await packages.kept('1.1.0', '.rpm', known.sha512)).toBeUndefined();
    writeFileSync(known.file, 'changed by another program');
    expect(await packages.kept('1.1.0', '.deb', known.sha512)).toBeUndefined();
    await expect(packages.keep('1.1.0', known)).rejects.toMatchObject({ why: 'not-ours' });
  });
});
