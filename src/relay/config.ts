import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { decodeText } from '../shared/lib/decode-text.ts';
import { parseJson } from '../shared/lib/parse-json.ts';
import { accountList } from './config/account.ts';
import { media, policy } from './config/media.ts';
import { filled } from './config/fields.ts';
export { unreachableMedia } from './config/media-reachability.ts';
import { reasonOf } from './log.ts';

const file = z.strictObject({
  version: z.literal(1, { error: 'must be 1, the only version of this file there is' }),
  listen: z.strictObject(
    {
      host: filled('Use "127.0.0.1" behind a reverse proxy on the same machine'),
      port: z
        .number({ error: 'must be a port number, e.g. 8787' })
        .int({ error: 'must be a whole number' })
        .min(0, { error: 'must be 0 (any free port) to 65535' })
        .max(65_535, { error: 'must be 0 (any free port) to 65535' }),
    },
    {
      error:
        'is missing. It is where the relay listens, e.g. { "host": "127.0.0.1", "port": 8787 }',
    },
  ),
  dataDir: filled('Name the folder for the database; relative to this file'),
  accounts: accountList,
  retentionDays: z
    .number({ error: 'must be a number of days' })
    .int({ error: 'must be a whole number of days' })
    .min(8, {
      error:
        'must be 8 or more: Meta repeats deliveries for up to 7 days, and they are recognised by the log',
    })
    .max(3650, { error: 'must be 3650 or less' })
    .default(14),
  /** For anchored accounts. */
  media: media.prefault({}),
  policy: policy.prefault({}),
});

/** How a relay is run. `dataDir` and `media.holdFile` are absolute. */
export type RelayConfig = z.infer<typeof file>;
export type Listen = RelayConfig['listen'];
export type { Account } from './config/account.ts';
export type { RingOrder } from './config/ring.ts';
export type { MediaConfig, Policy } from './config/media.ts';

/** A config that cannot be used. The message names every field at fault and says what to do. */
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
  const parsed = file.safeParse(input);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path: keys, message }) => `${fieldName(keys)}: ${message}`,
    );
    throw new ConfigError(lines.join('\n'));
  }
  const { dataDir, media, ...rest } = parsed.data;
  const { holdFile } = media;
  return {
    ...rest,
    dataDir: path.resolve(baseDir, dataDir),
    media: {
      ...media,
      ...(holdFile !== undefined && { holdFile: path.resolve(baseDir, holdFile) }),
    },
  };
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
  if (!decoded.ok) throw new ConfigError(`${filePath}: ${decoded.why}`);
  const parsed = parseJson(decoded.text);
  if ('why' in parsed) throw new ConfigError(`${filePath}: is not JSON (${parsed.why})`);
  return parseConfig(parsed.value, path.dirname(path.resolve(filePath)));
}

/** `['accounts', 0, 'appSecret']` → `accounts[0].appSecret` */
function fieldName(keys: readonly PropertyKey[]): string {
  const whole = keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return whole === '' ? 'the file' : whole.replace(/^\./, '');
}
