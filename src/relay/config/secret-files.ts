import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Texts of an account, or of the whole config, that may be in a file or an environment variable instead. */
const SECRETS = new Set([
  'accessToken',
  'adminToken',
  'apiKey',
  'appSecret',
  'key',
  'platformSecret',
  'relayAddress',
  'secret',
  'signingSecret',
  'verifyToken',
  'webhookSecret',
]);
/** Objects and lists that have secrets in them. */
const HOLDERS = new Set([
  'accounts',
  'console',
  'oldKeys',
  'recording',
  's3',
  'stream',
  'workspaces',
]);

/**
 * Puts secrets that a config keeps elsewhere, as `{ "file": "secrets/app" }` or `{ "env": "APP_SECRET" }`, into their
 * places. Everything else stays as it is, for the schema to judge.
 *
 * @param baseDir what a relative file is relative to
 * @throws Error that names the field
 */
export function withSecretFiles(input: unknown, baseDir: string, where = ''): unknown {
  if (Array.isArray(input))
    return input.map((one: unknown, at) => withSecretFiles(one, baseDir, `${where}[${at}]`));
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]: [string, unknown]) => {
      const field = where === '' ? key : `${where}.${key}`;
      if (SECRETS.has(key)) return [key, secretOf(value, baseDir, field)];
      return [key, HOLDERS.has(key) ? withSecretFiles(value, baseDir, field) : value];
    }),
  );
}

function secretOf(value: unknown, baseDir: string, field: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('file' in value && typeof value.file === 'string') {
    const file = path.resolve(baseDir, value.file);
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      throw new Error(`${field}: the file ${file} cannot be read`);
    }
  }
  if ('env' in value && typeof value.env === 'string') {
    const text = process.env[value.env];
    if (text === undefined) {
      throw new Error(`${field}: the environment variable ${value.env} is not set`);
    }
    return text;
  }
  return value;
}
