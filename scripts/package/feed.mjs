import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * What the updater reads: a YAML file per channel and system, which names each package with its SHA-512. Each is signed
 * with the project's Ed25519 key; a console takes none without its signature.
 */

/**
 * The key that signs updates: a file named by RINGDESK_UPDATE_KEY, with a private Ed25519 key in PEM.
 */
export async function updateKey() {
  const file = process.env.RINGDESK_UPDATE_KEY;
  if (!file) return undefined;
  const key = createPrivateKey(await readFile(file, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} is not an Ed25519 key.`);
  return key;
}

/**
 * The public half, as a console keeps it: base64 of its DER form.
 * @param {import('node:crypto').KeyObject} key
 */
export const publicHalf = (key) =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

/**
 * Signs the channels' files in a folder, and keeps a copy of each under the version's name, from which a console can
 * fetch the package of the version that it runs.
 * @param {string} folder
 * @param {string} version
 * @param {import('node:crypto').KeyObject} key
 * @returns {Promise<readonly string[]>} what was signed
 */
export async function signFeed(folder, version, key) {
  const signed = [];
  for (const name of await readdir(folder)) {
    const match = /^(latest|beta|alpha)(.*)\.yml$/.exec(name);
    if (!match) continue;
    const [, channel, system] = match;
    if (channel === 'alpha') {
      await rm(join(folder, name));
      continue;
    }
    const copy = `ringdesk-${version}${system}.yml`;
    await copyFile(join(folder, name), join(folder, copy));
    for (const file of [name, copy]) {
      const signature = sign(null, await readFile(join(folder, file)), key);
      await writeFile(join(folder, `${file}.sig`), `${signature.toString('base64')}\n`);
    }
    signed.push(name);
  }
  return signed;
}
