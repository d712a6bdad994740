/** The switches of Ringdesk itself. */
export const OWN_SWITCHES = [
  'help',
  'version',
  'profile',
  'policy',
  'hidden',
  'rotate-key',
  'import-calls',
  'export-calls',
  'format',
  'from',
  'to',
  'separator',
  'columns',
  'manifest',
  'preset',
];

const CHROMIUM = [
  'user-data-dir',
  // Network.
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'proxy-auto-detect',
  'no-proxy-server',
  // Where the system stores secrets.
  'password-store',
  // Appearance, and workarounds for graphics drivers.
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
  // Sound: another microphone does no harm, and tests need it.
  'alsa-input-device',
  'alsa-output-device',
  'mute-audio',
  'use-fake-ui-for-media-stream',
  'use-fake-device-for-media-stream',
  'use-file-for-fake-audio-capture',
  // Set by installers and systems.
  'updated',
  'force-run',
  'no-first-run',
  'original-process-start-time',
  'enable-logging',
  'v',
];

/**
 * The switches that the packaged app accepts. Any other ends it: Chromium and Electron have
 * hundreds, and some let another program attach a debugger, load code or disable the sandbox.
 */
const ALLOWED: ReadonlySet<string> = new Set([...OWN_SWITCHES, ...CHROMIUM]);

/**
 * The switches on a command line that the packaged app does not accept. Parsed as Chromium does:
 * one dash equals two, on Windows also a slash in any case; nothing after `--` is a switch.
 *
 * @param argv without the program itself
 * @param machine `asRoot`: Chromium has no sandbox for root and refuses to start without being told
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
    // The Finder adds a process number.
    if (name === undefined || (platform === 'darwin' && name.startsWith('psn_'))) continue;
    if (ALLOWED.has(name) || (asRoot && name === 'no-sandbox')) continue;
    refused.push(`--${name}`);
  }
  return refused;
}

/**
 * Variables that tell Node or the TLS library whom to trust or what to load. The packaged app
 * ignores them.
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
 * Removes such variables, and our own development ones, from an environment that child processes
 * inherit.
 */
export function forgetVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    const upper = name.toUpperCase();
    const ours = upper.startsWith('RINGDESK_') && upper !== 'RINGDESK_LOG';
    if (ours || upper.startsWith('ELECTRON_') || VARIABLES.includes(upper)) delete env[name];
  }
}
