import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { reasonOf } from './log.ts';

const id = z.string({ error: 'must be a text' }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error:
    'must be 1 to 64 letters, digits, dots, dashes or underscores; it is part of the webhook URL',
});

const filled = (help: string) =>
  z
    .string({
      error: (issue) =>
        issue.input === undefined ? `is missing. ${help}` : `must be a text. ${help}`,
    })
    .min(1, { error: `is empty. ${help}` });

const metaAccount = z.strictObject({
  id,
  provider: z.literal('meta'),
  phoneNumberId: filled("Take it from WhatsApp > API Setup in Meta's App Dashboard"),
  appSecret: filled("Take it from App settings > Basic in Meta's App Dashboard"),
  verifyToken: filled(
    'Choose any text and enter the same one where you set the webhook in the App Dashboard',
  ),
  /** What an illegal `a=setup:actpass` in Meta's answer to a call of ours is taken for. */
  actpassAnswer: z
    .enum(['active', 'passive'], { error: 'must be "active" or "passive"' })
    .optional(),
});

const account = z.discriminatedUnion('provider', [metaAccount], {
  error: ({ input }) =>
    typeof input === 'object' && input !== null
      ? 'must be one of the known providers: "meta"'
      : 'must be an object',
});

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
  accounts: z
    .array(account, { error: 'must be a list with one object per business number' })
    .superRefine((accounts, context) => {
      const seen = new Set<string>();
      accounts.forEach((one, index) => {
        if (seen.has(one.id)) {
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: `is "${one.id}" again. Every account needs an id of its own`,
          });
        }
        seen.add(one.id);
      });
    }),
  retentionDays: z
    .number({ error: 'must be a number of days' })
    .int({ error: 'must be a whole number of days' })
    .min(8, {
      error:
        'must be 8 or more: Meta repeats deliveries for up to 7 days, and they are recognised by the log',
    })
    .max(3650, { error: 'must be 3650 or less' })
    .default(14),
});

/** How a relay is run. `dataDir` is absolute. */
export type RelayConfig = z.infer<typeof file>;
export type Listen = RelayConfig['listen'];
/** One business number at its provider. */
export type Account = RelayConfig['accounts'][number];
export type MetaAccount = Extract<Account, { provider: 'meta' }>;

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
  return { ...parsed.data, dataDir: path.resolve(baseDir, parsed.data.dataDir) };
}

/**
 * Reads and checks a config file.
 *
 * @throws ConfigError also when the file cannot be read or is not JSON
 */
export function loadConfig(filePath: string): RelayConfig {
  let text: string;
  try {
    text = readFileSync(filePath, 'utf8');
  } catch (error) {
    throw new ConfigError(`${filePath}: cannot be read (${reasonOf(error)})`);
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${filePath}: is not JSON (${reasonOf(error)})`);
  }
  return parseConfig(input, path.dirname(path.resolve(filePath)));
}

/** `['accounts', 0, 'appSecret']` → `accounts[0].appSecret` */
function fieldName(keys: readonly PropertyKey[]): string {
  const whole = keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return whole === '' ? 'the file' : whole.replace(/^\./, '');
}
