import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { t } from '../../shared/i18n/i18n.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { parseJsonText } from '../provisioning/json-text.ts';
import type { Result } from '../../shared/lib/result.ts';
import { readRegistry } from './registry.ts';

/** One place where a policy may be. */
export interface PolicySource {
  /** For people: a path, or a registry key. */
  name: string;
  /** Undefined if there is nothing; an error as the rest of a sentence about the place. */
  read: () => Promise<Result<unknown, string> | undefined>;
}

const LINUX_FILE = '/etc/ringdesk/policy.json';
const PREFERENCES = 'io.github.ringdesk.plist';
const REGISTRY_KEYS = [
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Ringdesk`,
  String.raw`HKEY_CURRENT_USER\Software\Policies\Ringdesk`,
];

export interface SourcesOptions {
  platform: NodeJS.Platform;
  /** A file from `--policy`, which only sets what the organisation's own policy leaves open. */
  file?: string | undefined;
  env?: NodeJS.ProcessEnv;
  /** Runs a program of the system's, and returns what it prints. */
  run?: (program: string, args: readonly string[]) => Promise<string>;
}

/** Where this system has policies, the strongest first. */
export function policySources(options: SourcesOptions): readonly PolicySource[] {
  const { platform, file, env = process.env, run = runProgram } = options;
  const named = file === undefined ? [] : [jsonFile(file, true)];
  switch (platform) {
    case 'win32':
      return [...REGISTRY_KEYS.map((key) => registryKey(key, regProgram(env), run)), ...named];
    case 'darwin': {
      const folder = '/Library/Managed Preferences';
      return [
        plistFile(join(folder, PREFERENCES), run),
        plistFile(join(folder, userInfo().username, PREFERENCES), run),
        ...named,
      ];
    }
    default:
      return [jsonFile(LINUX_FILE, false), ...named];
  }
}

/** By its whole path: a program of that name in the current folder must not be run. */
function regProgram(env: NodeJS.ProcessEnv): string {
  return `${env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
}

/** @param expected the agent named it, so that a missing one is a problem */
export function jsonFile(path: string, expected: boolean): PolicySource {
  return {
    name: path,
    read: () =>
      Promise.resolve(
        readBytes(path, expected, (bytes) => {
          const text = decodeText(bytes);
          return text.ok
            ? parseJsonText(text.value)
            : { ok: false, error: t(`files.notText.${text.error}`, { name: basename(path) }) };
        }),
      ),
  };
}

/** A managed preferences file, in XML or as the system's own `plutil` converts it. */
export function plistFile(path: string, run: NonNullable<SourcesOptions['run']>): PolicySource {
  return {
    name: path,
    async read() {
      const found = readBytes<Buffer>(path, false, (bytes) => ({ ok: true, value: bytes }));
      if (!found?.ok) return found;
      const isBinary = found.value.subarray(0, 6).toString('latin1') === 'bplist';
      try {
        const text = isBinary
          ? await run('/usr/bin/plutil', ['-convert', 'xml1', '-o', '-', path])
          : found.value.toString('utf8');
        // Only macOS needs the parser.
        const { readPlist } = await import('./plist.ts');
        return readPlist(text);
      } catch (error) {
        return { ok: false, error: cannotRead(error) };
      }
    },
  };
}

function registryKey(
  key: string,
  program: string,
  run: NonNullable<SourcesOptions['run']>,
): PolicySource {
  return {
    name: key,
    async read() {
      try {
        return readRegistry(key, await run(program, ['query', key, '/s']));
      } catch {
        // `reg` fails where there is no such key, which is how most machines are.
        return undefined;
      }
    },
  };
}

function readBytes<T>(
  path: string,
  expected: boolean,
  parse: (bytes: Buffer) => Result<T, string>,
): Result<T, string> | undefined {
  try {
    // Else whoever sits at this computer is the organisation.
    const open = [path, dirname(path)].find((one) => !expected && isWritableByAll(one));
    if (open !== undefined) return { ok: false, error: t('policy.writable', { path: open }) };
    return parse(readFileSync(path));
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (absent && !expected) return undefined;
    return { ok: false, error: cannotRead(error) };
  }
}

/** A sticky folder lets nobody replace another's file. Windows has other rights, and no policy in a file. */
function isWritableByAll(path: string): boolean {
  if (process.platform === 'win32') return false;
  const { mode } = statSync(path);
  return (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
}

function cannotRead(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return t('policy.cannotRead', { why });
}

async function runProgram(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], {
    windowsHide: true,
    timeout: 5_000,
  });
  return stdout;
}
