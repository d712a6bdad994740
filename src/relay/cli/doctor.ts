import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { openSync, closeSync, fsyncSync, mkdirSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { isRelayed } from '../config/account.ts';
import { exposedFiles } from '../config/exposed.ts';
import { unreachableMedia } from '../config/media-reachability.ts';
import type { RelayConfig } from '../config/schema.ts';
import { reasonOf } from '../log.ts';
import { aheadOf, apiBaseOf } from '../operations/provider-clock.ts';
import type { Finding } from './doctor-finding.ts';
import { numberFindings } from './doctor-numbers.ts';
import { webhookFindings } from './doctor-webhooks.ts';
import type { Store } from '../store/store.ts';
import { withStore } from './store.ts';
import { ownUrl } from './own-url.ts';

/** How long anything on the network may take to answer, in ms. */
const PATIENCE_MS = 3_000;
/** A clock is wrong if it is off by more than this, in ms; the header has whole seconds. */
const CLOCK_MS = 5_000;
/** A number that has been silent for longer may be misconfigured at its provider. */
const SILENT_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Checks everything that a relay needs, and prints the results. The exit code is 1 if anything is
 * bad.
 */
export async function doctor(
  config: RelayConfig,
  configFile: string,
  asJson: boolean,
): Promise<void> {
  const findings = await examine(config, configFile);
  const isBad = findings.some(({ how }) => how === 'bad');
  if (asJson) console.log(JSON.stringify({ ok: !isBad, findings }, null, 2));
  else {
    const width = Math.max(...findings.map(({ about }) => about.length));
    for (const finding of findings) printFinding(finding, width);
  }
  if (isBad) process.exitCode = 1;
}

/** @param width of the longest name of what was looked at */
function printFinding({ about, account, how, says, repair }: Finding, width: number): void {
  const marks = { good: 'ok  ', doubtful: 'look', bad: 'BAD ' };
  const what = account === undefined ? says : `${account}: ${says}`;
  console.log(`${marks[how]}  ${about.padEnd(width)}  ${what}`);
  const beneath = ' '.repeat(width + 8);
  if (how !== 'good' && repair !== undefined) console.log(`${beneath}${repair}`);
}

/** All results, in the order in which one would check. */
async function examine(config: RelayConfig, configFile: string): Promise<readonly Finding[]> {
  const before = [
    ...configFindings(config, configFile),
    await portFinding(config),
    ...(await mediaFindings(config)),
    await clockFinding(config),
    ...(await storeFindings(config)),
  ];
  const webhooks = await webhookFindings(config);
  const numbers = await numberFindings(config, await epochOf(config));
  // What has come says more than where the provider says that it sends.
  const isSaid = ({ about, account }: Finding) =>
    webhooks.some((one) => one.about === about && one.account === account);
  return [...before, ...webhooks, ...numbers.filter((one) => !isSaid(one))];
}

/** Of the relay's log, if it can be read. */
const epochOf = (config: RelayConfig): Promise<string | undefined> =>
  withStore(config, (store) => store.epoch()).catch(() => undefined);

function configFindings(config: RelayConfig, configFile: string): Finding[] {
  const exposed = exposedFiles(configFile, config.dataDir).map(({ file, why }): Finding => ({
    about: 'config',
    how: 'bad',
    says: `${file} ${why}`,
  }));
  const count = config.accounts.length;
  if (count === 0) exposed.push({ about: 'config', how: 'doubtful', says: 'It has no account.' });
  return exposed.length > 0
    ? exposed
    : [{ about: 'config', how: 'good', says: `It is understood and has ${count} account(s).` }];
}

async function portFinding({ listen }: RelayConfig): Promise<Finding> {
  const { host, port } = listen;
  const where = `${host}:${port}`;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${ownUrl(listen)}/readyz`, { signal });
    const says = await response.text();
    return response.ok
      ? { about: 'port', how: 'good', says: `A relay listens at ${where} and is ready.` }
      : { about: 'port', how: 'bad', says: `What listens at ${where} is not ready: ${says}` };
  } catch {
    const fault = await new Promise<Error | undefined>((resolve) => {
      const server = createServer();
      server.once('error', resolve);
      server.listen(port, host, () => server.close(() => resolve(undefined)));
    });
    return fault
      ? { about: 'port', how: 'bad', says: `${where} cannot be listened at: ${fault.message}` }
      : { about: 'port', how: 'good', says: `No relay runs; ${where} is free for one.` };
  }
}

async function mediaFindings(config: RelayConfig): Promise<Finding[]> {
  const { accounts, media } = config;
  if (!accounts.some(isRelayed)) {
    return [{ about: 'media', how: 'good', says: 'No account is relayed; none is needed.' }];
  }
  const { bind, announce, portRange } = media;
  const warning = unreachableMedia(config);
  if (warning) return [{ about: 'media', how: 'bad', says: `${warning.field} ${warning.why}.` }];
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  if (bind !== '0.0.0.0' && !own.some(({ address }) => address === bind)) {
    return [{ about: 'media', how: 'bad', says: `${bind} is no address of this machine.` }];
  }
  const addresses = announce.length > 0 ? announce : [bind];
  const ports = portRange ? `the UDP ports ${portRange[0]} to ${portRange[1]}` : 'all UDP ports';
  return Promise.all(
    addresses.map(async (address): Promise<Finding> =>
      (await isHeardAt(bind, address))
        ? {
            about: 'media',
            how: 'good',
            says: `${address} leads here; ${ports} must be open to it.`,
          }
        : {
            about: 'media',
            how: 'doubtful',
            says: `${address} does not lead here from this machine. Behind NAT that may be so; try ${ports} from outside.`,
          },
    ),
  );
}

/** Whether a datagram to an address arrives at a socket here. */
async function isHeardAt(bind: string, address: string): Promise<boolean> {
  const socket = createSocket('udp4');
  const token = randomBytes(16);
  try {
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      const finish = (isHeard: boolean) => {
        clearTimeout(timer);
        resolve(isHeard);
      };
      socket.on('error', () => finish(false));
      socket.on('message', (message) => message.equals(token) && finish(true));
      socket.bind(0, bind, () => {
        socket.send(token, socket.address().port, address, (error) => error && finish(false));
      });
    });
  } finally {
    socket.close();
  }
}

async function clockFinding({ accounts }: RelayConfig): Promise<Finding> {
  const [account] = accounts;
  if (!account) return { about: 'clock', how: 'doubtful', says: 'No provider to compare it with.' };
  const base = apiBaseOf(account);
  try {
    const off = await aheadOf(base, () => Date.now());
    return Math.abs(off) <= CLOCK_MS
      ? { about: 'clock', how: 'good', says: `It agrees with ${base}.` }
      : {
          about: 'clock',
          how: 'bad',
          says: `It is ${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'ahead of' : 'behind'} ${base}. Set it, then restart the relay.`,
        };
  } catch (error) {
    const says = `It could not be compared with ${base}: ${reasonOf(error)}.`;
    return { about: 'clock', how: 'doubtful', says };
  }
}

async function storeFindings(config: RelayConfig): Promise<Finding[]> {
  const { dataDir } = config;
  try {
    tryToWrite(dataDir);
  } catch (error) {
    return [{ about: 'store', how: 'bad', says: `${dataDir} takes nothing: ${reasonOf(error)}.` }];
  }
  try {
    return await withStore(config, async (store): Promise<Finding[]> => {
      const { head } = await store.extent();
      const agents = await store.agents.list();
      const says = `It is readable: up to cursor ${head}, ${agents.length} agent(s).`;
      return [
        { about: 'store', how: agents.length > 0 ? 'good' : 'doubtful', says },
        ...lastWebhookFindings(config, await store.lastWebhooks()),
        ...endpointFindings(config, await store.dispatches.endpoints()),
      ];
    });
  } catch (error) {
    return [{ about: 'store', how: 'bad', says: `It cannot be opened: ${reasonOf(error)}.` }];
  }
}

/** The other systems that are told about calls. Their secrets were read with the config. */
function endpointFindings(
  { webhooks }: RelayConfig,
  known: Awaited<ReturnType<Store['dispatches']['endpoints']>>,
): Finding[] {
  return webhooks.map(({ id, url }): Finding => {
    const { host } = new URL(url);
    const offSince = known.find((one) => one.id === id)?.offSince;
    return offSince === undefined
      ? { about: 'webhook', how: 'good', says: `${id} tells ${host} about calls.` }
      : {
          about: 'webhook',
          how: 'bad',
          says: `${id} is off, because ${host} answered 410. Then: relay webhooks on --id ${id}.`,
        };
  });
}

/** A megabyte, actually written to the disk. */
function tryToWrite(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, `doctor-${randomBytes(6).toString('hex')}`);
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, Buffer.alloc(1_048_576));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

function lastWebhookFindings(
  { accounts }: RelayConfig,
  last: Awaited<ReturnType<Store['lastWebhooks']>>,
): Finding[] {
  return accounts.map(({ id }): Finding => {
    const { takenAt: at, unreadableAt } = last.get(id) ?? {};
    if (unreadableAt !== undefined && unreadableAt > (at ?? 0)) {
      const says = `the last one, at ${new Date(unreadableAt).toISOString()}, could not be read.`;
      return { about: 'webhook', account: id, how: 'bad', says };
    }
    if (at === undefined) {
      const says = 'none has come yet. Is its address set at the provider?';
      return { about: 'webhook', account: id, how: 'doubtful', says };
    }
    const days = (Date.now() - at) / DAY_MS;
    const says = `the last one came at ${new Date(at).toISOString()}.`;
    return { about: 'webhook', account: id, how: days > SILENT_DAYS ? 'doubtful' : 'good', says };
  });
}
