import { rmdirSync, rmSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { app } from 'electron';
import { autoUpdater, type UpdateInfo } from 'electron-updater';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import type { UpdateChannel } from '../../shared/ipc/updates.ts';
import type { Log } from '../log.ts';
import type { InstallKind } from './install-kind.ts';
import { installPackage, replaceAppImage } from './installers.ts';
import { type Fetched, type KnownPackage, Packages } from './packages.ts';
import { UpdateProblem } from './problem.ts';
import { signedProvider } from './signed-provider.ts';
import { relaunchOptions } from './relaunch.ts';
import type { TrialFolder } from './trial.ts';
import type { Offer, UpdateSource } from './updates.ts';

interface SourcePorts {
  kind: InstallKind;
  url: string;
  key: string;
  fetch: (url: string) => Promise<Fetched>;
  trial: TrialFolder;
  copyDatabase: (from: string, to: string) => Promise<unknown>;
  log: Log;
}

/** The end of the names of this system's files at the server. */
const system = systemSuffix(process.platform, process.arch);

const EXTENSIONS: Record<InstallKind, string> = {
  nsis: '.exe',
  mac: '.zip',
  appimage: '.AppImage',
  deb: '.deb',
  rpm: '.rpm',
};

/** electron-updater, which reads only what our key has signed, and the installers of Linux. */
export function electronSource(ports: SourcePorts): UpdateSource {
  const { kind, key, trial, copyDatabase, log } = ports;
  const url = ports.url.endsWith('/') ? ports.url : `${ports.url}/`;
  const parse = (text: string, name: string) => parseUpdateInfo(text, name, new URL(name, url));
  const packages = new Packages({
    url,
    key,
    fetch: ports.fetch,
    parse: (text) => parse(text, 'release'),
    folder: trial.folder,
  });
  /** Others are installed from where they were fetched to. */
  const isInstalledByUs = kind === 'deb' || kind === 'rpm' || kind === 'appimage';
  let channel: UpdateChannel = 'stable';
  let found: UpdateInfo | undefined;
  let fetched: KnownPackage | undefined;

  const file = () => `${channel === 'beta' ? 'beta' : 'latest'}${system}.yml`;
  autoUpdater.logger = {
    info: (text: unknown) => log.info(`updater: ${String(text)}`),
    warn: (text: unknown) => log.warn(`updater: ${String(text)}`),
    error: (text: unknown) => log.warn(`updater: ${String(text)}`),
  };
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.disableDifferentialDownload = true;
  // Whoever leaves the beta waits until the stable channel has caught up.
  autoUpdater.allowDowngrade = false;
  autoUpdater.setFeedURL({
    provider: 'custom',
    updateProvider: signedProvider({ url, key, file, parse }),
  });
  // Failures are thrown as well.
  autoUpdater.on('error', () => undefined);

  /** Keeps what this version needs to come back, so that the next one may fail. */
  const prepareTrial = async (next: UpdateInfo): Promise<void> => {
    const from = app.getVersion();
    let before: KnownPackage | undefined;
    try {
      before = await packages.ofVersion(from, EXTENSIONS[kind], system);
    } catch (error) {
      log.warn(`update: without a way back, because the package of ${from}: ${String(error)}`);
    }
    await trial.keepData(copyDatabase);
    trial.begin({ from, to: next.version, ...(before && { package: before }) });
  };

  return {
    async check(wanted): Promise<Offer | undefined> {
      channel = wanted;
      const result = await autoUpdater.checkForUpdates();
      if (!result?.isUpdateAvailable) return undefined;
      found = result.updateInfo;
      const { version, releaseNotes } = found;
      return { version, notes: typeof releaseNotes === 'string' ? releaseNotes : '' };
    },
    async download(onProgress) {
      if (!found) throw new UpdateProblem('unreachable', 'nothing was found');
      const { version, files } = found;
      const extension = EXTENSIONS[kind];
      const sha512 = files.find(({ url: one }) => extname(one) === extension)?.sha512;
      if (sha512 === undefined) {
        throw new UpdateProblem('unreachable', `${version} has no ${extension} package`);
      }
      fetched = isInstalledByUs ? await packages.kept(version, extension, sha512) : undefined;
      if (fetched) return;
      const listener = ({ percent }: { percent: number }) => onProgress(Math.round(percent));
      autoUpdater.on('download-progress', listener);
      try {
        const [downloaded] = (await autoUpdater.downloadUpdate()).filter(
          (one) => extname(one) === extension,
        );
        if (downloaded === undefined) throw new UpdateProblem('unreachable', 'nothing was fetched');
        fetched = await packages.keep(version, { file: downloaded, sha512 });
        if (isInstalledByUs) removeWithFolders(downloaded);
      } finally {
        autoUpdater.off('download-progress', listener);
      }
    },
    async install() {
      if (!found || !fetched) throw new UpdateProblem('unreachable', 'nothing was fetched');
      // The file lay where every program of this person can write.
      fetched = await packages.keep(found.version, fetched);
      await prepareTrial(found);
      try {
        if (kind === 'deb' || kind === 'rpm') await installPackage(kind, fetched.file);
        if (kind === 'appimage') replaceAppImage(fetched.file, process.env['APPIMAGE'] ?? '');
      } catch (error) {
        trial.end();
        throw error;
      }
    },
    leave(restart) {
      // These put it in place when this process has ended.
      if (kind === 'nsis' || kind === 'mac') return autoUpdater.quitAndInstall(true, restart);
      if (restart) app.relaunch(relaunchOptions());
      app.quit();
    },
  };
}

/**
 * Removes electron-updater's copy of a package, and its two folders in the person's cache: nothing else would when
 * Ringdesk is removed.
 */
function removeWithFolders(file: string): void {
  const pending = dirname(file);
  rmSync(pending, { recursive: true, force: true });
  try {
    rmdirSync(dirname(pending));
  } catch {
    // Something else is in it.
  }
}

function systemSuffix(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return '-mac';
  if (platform !== 'linux') return '';
  return arch === 'x64' ? '-linux' : `-linux-${arch}`;
}
