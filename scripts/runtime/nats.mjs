import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { preparedFolder } from './cache.mjs';
import { ensureInstalled } from './debian.mjs';
import { childEnv } from './project.mjs';
import { run } from './run.mjs';

/** Debian 12 has 2.9.10, which may lose acknowledged messages when it is killed. */
const OLDEST = [2, 10];
/** Debian 13 has 2.10.27, which needs nothing that Debian 12 lacks. */
const RELEASE = 'trixie';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Makes sure that `nats-server`, as this process and those that it starts find it, is new enough:
 * the system's, or that of a newer Debian, kept in the cache.
 * @param {import('./progress.mjs').Say} say
 */
export async function ensureNats(say) {
  if (process.platform !== 'linux' || (await isNewEnough())) return;
  if (!existsSync(KEYRING)) {
    await ensureInstalled([{ packages: ['nats-server'], command: 'nats-server' }], say);
    if (await isNewEnough()) return;
    throw new Error(`Please install nats-server ${OLDEST.join('.')} or newer, then start again.`);
  }
  const folder = await preparedFolder(`nats-server-${RELEASE}`, (made) => fetch(made, say), say);
  process.env.PATH = [join(folder, 'usr', 'sbin'), process.env.PATH].join(delimiter);
}

/**
 * Apt checks Debian's signature; its lists and the system's own packages stay as they are.
 * @param {string} folder
 * @param {import('./progress.mjs').Say} say
 */
async function fetch(folder, say) {
  say(`Fetching nats-server from Debian ${RELEASE}`);
  const apt = join(folder, 'apt');
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true });
  await mkdir(join(apt, 'cache', 'archives', 'partial'), { recursive: true });
  const list = join(apt, 'sources.list');
  await writeFile(
    list,
    `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${RELEASE} main\n`,
  );
  const options = [
    `Dir::Etc::SourceList=${list}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(apt, 'lists')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    'Acquire::Languages=none',
    'Acquire::Retries=3',
    // As root, apt would read and write as a user that may not enter the cache.
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
  await run('apt-get', [...options, 'update'], { cwd: apt });
  await run('apt-get', [...options, 'download', 'nats-server'], { cwd: apt });
  const [deb] = (await readdir(apt)).filter((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error(`Debian ${RELEASE} gave no nats-server.`);
  await run('dpkg-deb', ['-x', join(apt, deb), folder]);
  await rm(apt, { recursive: true });
}

async function isNewEnough() {
  const printed = await run('nats-server', ['--version'], { env: childEnv() }).catch(() => '');
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(printed) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
}
