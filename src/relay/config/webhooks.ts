import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { dispatchTypes } from '../../shared/protocol/dispatch-types.ts';
import { filled } from './fields.ts';

const SECRET = 'must be "whsec_" and the base64 of 24 to 64 bytes';
const HOW = 'e.g. what echo "whsec_$(openssl rand -base64 32)" prints';

const secret = z.union(
  [
    z.string(),
    z.strictObject({ file: filled('Name the file with the secret; relative to this file') }),
    z.strictObject({ env: filled('Name the environment variable with the secret') }),
  ],
  { error: `${SECRET}, ${HOW}, or { "file": "webhook.secret" }, or { "env": "WEBHOOK_SECRET" }` },
);

const webhook = z.strictObject(
  {
    id: z.string({ error: 'must be a text' }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: 'must be 1 to 64 letters, digits, dots, dashes or underscores',
    }),
    url: z
      .string({ error: 'must be a URL, e.g. "https://crm.example.com/ringdesk"' })
      .superRefine((text, check) => {
        const problem = addressProblem(text, 'http');
        if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
      }),
    secret,
    events: z
      .array(z.enum(dispatchTypes, { error: `must be of ${dispatchTypes.join(', ')}` }))
      .min(1, { error: 'is empty. Leave it out for all events' })
      .default([...dispatchTypes]),
    /** Ids of accounts of the workspace; missing: all of them. */
    numbers: z.array(z.string()).min(1, { error: 'is empty. Leave it out for all' }).optional(),
    /** Whether the address may be in a private network, or on this machine. */
    privateNetwork: z.boolean({ error: 'must be true or false' }).default(false),
  },
  {
    error: 'must be a webhook, e.g. { "id": "crm", "url": "https://…", "secret": { "env": "…" } }',
  },
);

/** Other systems that are told about a workspace's calls. */
export const webhookList = z.array(webhook, { error: 'must be a list of webhooks' }).default([]);

type Configured = z.infer<typeof webhook>;

/** Another system that is told about calls. */
export interface WebhookEndpoint extends Omit<Configured, 'secret' | 'numbers'> {
  workspace: string;
  /** The key itself. */
  secret: Uint8Array;
  numbers: readonly string[];
}

interface Workspace {
  id: string;
  numbers: readonly string[];
  webhooks: readonly Configured[];
}

/** What is wrong with the webhooks of all workspaces: their ids, and the numbers that they name. */
export function webhookProblems(workspaces: readonly Workspace[]): readonly string[] {
  const ids = new Set<string>();
  return workspaces.flatMap(({ id: workspace, numbers: all, webhooks }) =>
    webhooks.flatMap(({ id, numbers = [] }) => {
      const isTaken = ids.has(id);
      ids.add(id);
      const unknown = numbers.filter((number) => !all.includes(number));
      return [
        ...(isTaken ? [`the id "${id}" is there twice. Every webhook needs its own`] : []),
        ...unknown.map((number) => `"${id}" names "${number}", no account of "${workspace}"`),
      ];
    }),
  );
}

/**
 * The webhooks with their secrets, which are read only here.
 *
 * @param baseDir what a relative file is relative to
 * @throws Error that says what to do
 */
export function webhookEndpoints(
  workspaces: readonly Workspace[],
  baseDir: string,
): readonly WebhookEndpoint[] {
  return workspaces.flatMap(({ id: workspace, numbers: all, webhooks }) =>
    webhooks.map(({ secret: given, numbers = all, ...rest }) => {
      const key = keyOf(secretText(given, baseDir, rest.id));
      if (!key) throw new Error(`The secret of the webhook "${rest.id}" ${SECRET}, ${HOW}.`);
      return { ...rest, workspace, numbers, secret: key };
    }),
  );
}

function secretText(given: Configured['secret'], baseDir: string, id: string): string {
  if (typeof given === 'string') return given;
  if ('env' in given) return process.env[given.env] ?? '';
  try {
    return readFileSync(path.resolve(baseDir, given.file), 'utf8').trim();
  } catch {
    throw new Error(`The file with the secret of the webhook "${id}" cannot be read.`);
  }
}

function keyOf(text: string): Uint8Array | undefined {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  const key = base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  return key && key.length >= 24 && key.length <= 64 ? key : undefined;
}
