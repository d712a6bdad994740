import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import { t } from '../../shared/i18n/i18n.ts';
import type { AutostartView } from '../../shared/ipc/updates.ts';
import { notOffered } from '../refusal.ts';

interface AutostartPorts {
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged'>;
  platform: NodeJS.Platform;
  program: string;
  env: NodeJS.ProcessEnv;
}

/** Starts in the tray. */
const ARGS = ['--hidden'];

/** Whether Ringdesk starts when this person signs in to the computer, as the system says now. */
export class Autostart {
  readonly #ports: AutostartPorts;

  constructor(ports: AutostartPorts) {
    this.#ports = ports;
  }

  get(): AutostartView {
    const { app, platform } = this.#ports;
    if (!app.isPackaged) return { state: 'unknown-program' };
    if (platform === 'linux') return { state: this.#isInFile() ? 'on' : 'off' };
    const item = app.getLoginItemSettings(platform === 'win32' ? { args: ARGS } : {});
    if (!item.openAtLogin) return { state: 'off' };
    // People, and organisations, can forbid it in the system's own settings.
    const isForbidden =
      platform === 'win32'
        ? !item.executableWillLaunchAtLogin
        : item.status === 'requires-approval';
    return { state: isForbidden ? 'forbidden' : 'on' };
  }

  /** @throws Refusal if the system does not take it */
  set(on: boolean): AutostartView {
    const { app, platform } = this.#ports;
    if (!app.isPackaged) throw notOffered(t('autostart.states.unknown-program'));
    if (platform === 'linux') this.#writeFile(on);
    else app.setLoginItemSettings({ openAtLogin: on, ...(platform === 'win32' && { args: ARGS }) });
    return this.get();
  }

  get #file(): string {
    const { env } = this.#ports;
    const config = env['XDG_CONFIG_HOME'] ?? join(env['HOME'] ?? '/', '.config');
    return join(config, 'autostart', 'ringdesk.desktop');
  }

  /** The program that runs; an AppImage is mounted elsewhere at each start. */
  get #program(): string {
    return this.#ports.env['APPIMAGE'] ?? this.#ports.program;
  }

  #isInFile(): boolean {
    if (!existsSync(this.#file)) return false;
    const text = readFileSync(this.#file, 'utf8');
    // Desktops turn an entry off by either of these.
    return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/im.test(text);
  }

  #writeFile(on: boolean): void {
    try {
      if (!on) return rmSync(this.#file, { force: true });
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, autostartEntry(this.#program));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw notOffered(t('autostart.refused', { why }));
    }
  }
}

/** Desktop Application Autostart Specification. `TryExec`: a program that was removed is not missed. */
function autostartEntry(program: string): string {
  // Quoted as the Desktop Entry Specification says, in its chapter on Exec.
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `[Desktop Entry]
Type=Application
Name=Ringdesk
Exec="${quoted}" --hidden
TryExec=${program}
Icon=ringdesk
X-GNOME-Autostart-enabled=true
`;
}
