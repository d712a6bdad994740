import { readFileSync } from 'node:fs';
import path from 'node:path';
import { t } from '../../shared/i18n/i18n.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { repeatedKey } from '../../shared/lib/repeated-key.ts';
import { configFile, type RelayConfig } from './schema.ts';
import { withSecretFiles } from './secret-files.ts';
import type { StoreConfig } from './store.ts';
import { webhookEndpoints } from './webhooks.ts';
import { reasonOf } from '../log.ts';

/** A config that cannot be used. The message names every wrong field and how to fix it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Checks a config.
 *
 * @param baseDir what a relative `dataDir` is relative to
 * @throws ConfigError
 */
export function parseConfig(input: unknown, baseDir: string): RelayConfig {
  const parsed = configFile.safeParse(orConfigError(() => withSecretFiles(input, baseDir)));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path: keys, message }) => `${fieldName(keys)}: ${message}`,
    );
    throw new ConfigError(lines.join('\n'));
  }
  const { dataDir, media, recording, store, webhooks, invitations, ...rest } = parsed.data;
  const { holdFile } = media;
  return {
    ...rest,
    webhooks: orConfigError(() => webhookEndpoints(webhooks, baseDir)),
    ...(invitations && { invitations: { file: path.resolve(baseDir, invitations.file) } }),
    dataDir: path.resolve(baseDir, dataDir),
    recording: {
      ...recording,
      folder: path.resolve(baseDir, dataDir, recording.folder),
      ...(recording.announcements && {
        announcements: Object.fromEntries(
          Object.entries(recording.announcements).map(([account, file]) => [
            account,
            path.resolve(baseDir, file),
          ]),
        ),
      }),
    },
    store: withPaths(store, baseDir),
    media: {
      ...media,
      ...(holdFile !== undefined && { holdFile: path.resolve(baseDir, holdFile) }),
    },
  };
}

/** @throws ConfigError */
function orConfigError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigError(reasonOf(error));
  }
}

function withPaths(store: StoreConfig, baseDir: string): StoreConfig {
  if (store.kind === 'sqlite' || !store.credentials || !('file' in store.credentials)) return store;
  return { ...store, credentials: { file: path.resolve(baseDir, store.credentials.file) } };
}

/**
 * Reads and checks a config file.
 *
 * @throws ConfigError also when the file cannot be read or is not JSON
 */
export function loadConfig(filePath: string): RelayConfig {
  let bytes: Buffer;
  try {
    bytes = readFileSync(filePath);
  } catch (error) {
    throw new ConfigError(`${filePath}: cannot be read (${reasonOf(error)})`);
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new ConfigError(t(`files.notText.${decoded.error}`, { name: filePath }));
  const parsed = parseJson(decoded.value);
  if (!parsed.ok) throw new ConfigError(`${filePath}: is not JSON (${parsed.error})`);
  const twice = repeatedKey(decoded.value);
  if (twice) {
    throw new ConfigError(
      `${filePath}: "${twice.key}" is there twice; look at line ${twice.line} and remove one`,
    );
  }
  return parseConfig(parsed.value, path.dirname(path.resolve(filePath)));
}

/** `['accounts', 0, 'appSecret']` → `accounts[0].appSecret` */
function fieldName(keys: readonly PropertyKey[]): string {
  const whole = keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return whole === '' ? 'the file' : whole.replace(/^\./, '');
}
