import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import { t } from '../../shared/i18n/i18n.ts';
import type { LinkHandler } from '../../shared/ipc/programs.ts';
import { linkSchemes, type LinkScheme } from '../../shared/links/dial-link.ts';
import { describe, type Log } from '../log.ts';
import { notOffered } from '../refusal.ts';

/** The program's entry on Linux, as the package installs it; also `desktopName` in package.json. */
const DESKTOP_FILE = 'ringdesk.desktop';

export interface LinkHandlersPorts {
  app: Pick<
    App,
    | 'isDefaultProtocolClient'
    | 'setAsDefaultProtocolClient'
    | 'removeAsDefaultProtocolClient'
    | 'getApplicationNameForProtocol'
  >;
  platform: NodeJS.Platform;
  program: string;
  /** Runs a program of the system, and returns what it printed. */
  run: (program: string, args: readonly string[]) => Promise<string>;
  /** Whether the system knows this program, and not only its file. */
  isInstalled: () => boolean;
  log: Log;
}

/** Which links the system opens here, as the agent asks for it in the settings. */
export class LinkHandlers {
  readonly #ports: LinkHandlersPorts;

  constructor(ports: LinkHandlersPorts) {
    this.#ports = ports;
  }

  /**
   * As the system says now: other programs, and people, change it at any time.
   *
   * @throws Refusal if the system does not say
   */
  list(): Promise<readonly LinkHandler[]> {
    return Promise.all(linkSchemes.map((scheme) => this.#of(scheme)));
  }

  /** @throws Refusal if the system does not allow it */
  async set(scheme: LinkScheme, on: boolean): Promise<readonly LinkHandler[]> {
    const { app, platform, isInstalled, log } = this.#ports;
    if (!isInstalled()) throw notOffered(t('links.states.unknown-program'));
    // There, a program can only be replaced by another.
    if (!on && platform === 'linux') throw notOffered(t('links.chooseAnother'));
    if (on) await this.#register(scheme);
    else app.removeAsDefaultProtocolClient(scheme, ...this.#command());
    // Windows takes the wish, and may keep another program all the same.
    const { state } = await this.#of(scheme);
    log.info(`links: ${scheme} ${on ? 'on' : 'off'}: now ${state}`);
    if ((state === 'ours') !== on) throw notOffered(t('links.refused'));
    return this.list();
  }

  /** Takes `ringdesk:`, which is ours, where the installer cannot and nobody has it. */
  async takeOwn(wanted: boolean): Promise<void> {
    const { platform, isInstalled } = this.#ports;
    if (!wanted || platform !== 'win32' || !isInstalled()) return;
    if ((await this.#of('ringdesk')).state === 'nobody') await this.#register('ringdesk');
  }

  async #of(scheme: LinkScheme): Promise<LinkHandler> {
    const { app, platform, isInstalled } = this.#ports;
    if (!isInstalled()) return { scheme, state: 'unknown-program' };
    const name =
      platform === 'linux'
        ? await this.#desktopFileFor(scheme)
        : app.getApplicationNameForProtocol(`${scheme}:`).trim();
    if (this.#isOurs(scheme, name)) return { scheme, state: 'ours' };
    const program = name.replace(/\.desktop$/, '');
    return program === '' ? { scheme, state: 'nobody' } : { scheme, state: 'other', program };
  }

  #isOurs(scheme: LinkScheme, name: string): boolean {
    const { app, platform } = this.#ports;
    if (platform === 'linux') return name === DESKTOP_FILE;
    const isRegistered = app.isDefaultProtocolClient(scheme, ...this.#command());
    // There, what people chose in the settings comes before what programs registered.
    return isRegistered && (platform !== 'win32' || name === '' || /^ringdesk\b/i.test(name));
  }

  async #register(scheme: LinkScheme): Promise<void> {
    const { app, platform } = this.#ports;
    if (platform !== 'linux') app.setAsDefaultProtocolClient(scheme, ...this.#command());
    else
      await this.#xdgMime(
        ['default', DESKTOP_FILE, `x-scheme-handler/${scheme}`],
        t('links.refused'),
      );
  }

  /** Electron asks the same, but nothing else goes on meanwhile, not even the sound of a call. */
  #desktopFileFor(scheme: LinkScheme): Promise<string> {
    return this.#xdgMime(['query', 'default', `x-scheme-handler/${scheme}`], t('links.noAnswer'));
  }

  /** @throws Refusal with this text if the system's program fails, or does not answer in time */
  async #xdgMime(args: readonly string[], failed: string): Promise<string> {
    const { run, log } = this.#ports;
    try {
      return (await run('xdg-mime', args)).trim();
    } catch (error) {
      log.warn(`links: ${describe(error)}`);
      throw notOffered(failed);
    }
  }

  /** On Windows, nothing in a link may be read as a switch of ours. */
  #command(): [program?: string, args?: string[]] {
    const { platform, program } = this.#ports;
    return platform === 'win32' ? [program, ['--']] : [];
  }
}

/** Whether Linux has an entry for the installed program in its menus. */
export function hasDesktopFile(env: NodeJS.ProcessEnv): boolean {
  const home = env['XDG_DATA_HOME'] ?? join(env['HOME'] ?? '/', '.local/share');
  const shared = env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share';
  return [home, ...shared.split(':')].some(
    (folder) => folder !== '' && existsSync(join(folder, 'applications', DESKTOP_FILE)),
  );
}
