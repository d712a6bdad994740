/**
 * The switches that the packaged app takes. All others end it, because Chromium and Electron have
 * hundreds, and with some of them another program opens a debugger on the console, loads code into
 * it or takes away its sandbox.
 */
const OURS = ['profile', 'hidden', 'export-calls', 'format', 'from', 'to', 'separator'];

const CHROMIUM = [
  'user-data-dir',
  // The way out of this machine.
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'proxy-auto-detect',
  'no-proxy-server',
  // Where the system keeps secrets.
  'password-store',
  // How it looks, and what helps where a graphics driver does not work.
  'lang',
  'force-device-scale-factor',
  'high-dpi-support',
  'force-dark-mode',
  'force-light-mode',
  'force-high-contrast',
  'force-prefers-reduced-motion',
  'force-renderer-accessibility',
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-software-rasterizer',
  'in-process-gpu',
  'disable-dev-shm-usage',
  'ozone-platform',
  'ozone-platform-hint',
  'class',
  'name',
  'gtk-version',
  'enable-wayland-ime',
  'wayland-text-input-version',
  // Sound: another microphone harms nobody, and tests have no other.
  'alsa-input-device',
  'alsa-output-device',
  'mute-audio',
  'use-fake-ui-for-media-stream',
  'use-fake-device-for-media-stream',
  'use-file-for-fake-audio-capture',
  // Given by installers and systems.
  'updated',
  'force-run',
  'no-first-run',
  'original-process-start-time',
  'enable-logging',
  'v',
];

const ALLOWED: ReadonlySet<string> = new Set([...OURS, ...CHROMIUM]);

/**
 * The switches on a command line that the packaged app does not take. Read as Chromium reads them:
 * one dash is as good as two, on Windows a slash as well and in any case; after `--` there are
 * none.
 *
 * @param argv without the program itself
 * @param machine `asRoot`: Chromium has no sandbox for root, and does not start unless it is told
 * so
 */
export function refusedSwitches(
  argv: readonly string[],
  { platform, asRoot }: { platform: NodeJS.Platform; asRoot: boolean },
): readonly string[] {
  const windows = platform === 'win32';
  const refused: string[] = [];
  for (const argument of argv) {
    const text = windows ? argument.trim().toLowerCase() : argument.trim();
    if (text === '--') break;
    const name = (windows ? /^(?:--|-|\/)([^=]+)/ : /^(?:--|-)([^=]+)/).exec(text)?.[1];
    // The Finder numbers processes.
    if (name === undefined || (platform === 'darwin' && name.startsWith('psn_'))) continue;
    if (ALLOWED.has(name) || (asRoot && name === 'no-sandbox')) continue;
    refused.push(`--${name}`);
  }
  return refused;
}

/**
 * Variables that tell Node or the TLS library whom to trust, or what to load. The packaged app has
 * its own word on both.
 */
const VARIABLES = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_PATH',
  'NODE_V8_COVERAGE',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_PENDING_DEPRECATION',
  'NODE_USE_ENV_PROXY',
  'NODE_USE_SYSTEM_CA',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'SSLKEYLOGFILE',
];

/**
 * Takes such variables, and our own of development, out of an environment. Child processes inherit
 * what is left.
 */
export function forgetVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    const upper = name.toUpperCase();
    const ours = upper.startsWith('RINGDESK_') && upper !== 'RINGDESK_LOG';
    if (ours || upper.startsWith('ELECTRON_') || VARIABLES.includes(upper)) delete env[name];
  }
}
