import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { accountList } from './account.ts';
import { adminToken, filled, seconds } from './fields.ts';
import { media, policy } from './media.ts';
import { recording } from './recording.ts';
import { store } from './store.ts';
import { trustProxy } from './trust-proxy.ts';
import { webhookList, webhookProblems, type WebhookEndpoint } from './webhooks.ts';
import { DEFAULT_WORKSPACE, workspaceList } from './workspaces.ts';

const fields = z.strictObject({
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
  /** Where consoles and providers reach the relay, e.g. `https://calls.example.com`. */
  publicUrl: z
    .string({ error: 'must be a URL, e.g. "https://calls.example.com"' })
    .superRefine((text, check) => {
      const problem = addressProblem(text, 'http');
      if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
    })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  /** Agents and their first invitations, which the relay takes from this file at its start. */
  invitations: z
    .strictObject(
      { file: filled('Name the file with the invitations; relative to this file') },
      { error: 'must be { "file": "secrets/invitations.json" }' },
    )
    .optional(),
  trustProxy: trustProxy.optional(),
  /** Lets admins see the status page and the metrics. */
  adminToken: adminToken.optional(),
  dataDir: filled('Name the folder for the database; relative to this file'),
  store,
  accounts: accountList.optional(),
  workspaces: workspaceList.optional(),
  /** Without `workspaces`: other systems that are told about calls. */
  webhooks: webhookList,
  retentionDays: z
    .number({ error: 'must be a number of days' })
    .int({ error: 'must be a whole number of days' })
    .min(8, {
      error:
        'must be 8 or more: Meta repeats deliveries for up to 7 days, and they are recognised by the log',
    })
    .max(3650, { error: 'must be 3650 or less' })
    .default(14),
  /** How long a relay that is to stop waits for the calls that it has. */
  drainSeconds: seconds(0, 86_400).default(0),
  recording,
  /** For relayed accounts. */
  media: media.prefault({}),
  policy: policy.prefault({}),
});

/**
 * The relay's config file. `accounts` are those of all workspaces; without `workspaces` they are the
 * numbers of one workspace, `default`.
 */
export const configFile = fields.transform(({ workspaces, webhooks, ...config }, context) => {
  const { accounts, policy: general } = config;
  if (workspaces && accounts) {
    const message = 'must be left out beside workspaces. Move them into one of these';
    context.addIssue({ code: 'custom', path: ['accounts'], message });
    return z.NEVER;
  }
  if (!workspaces && !accounts) {
    const message = 'must be a list with one object per business number';
    context.addIssue({ code: 'custom', path: ['accounts'], message });
    return z.NEVER;
  }
  if (workspaces && webhooks.length > 0) {
    const message = 'must be left out beside workspaces. Move them into one of these';
    context.addIssue({ code: 'custom', path: ['webhooks'], message });
    return z.NEVER;
  }
  const named = workspaces ?? [
    {
      id: DEFAULT_WORKSPACE,
      name: 'Default',
      accounts: accounts ?? [],
      policy: undefined,
      webhooks,
    },
  ];
  const told = named.map((one) => ({
    id: one.id,
    numbers: one.accounts.map(({ id }) => id),
    webhooks: one.webhooks,
  }));
  const all = named.flatMap((one) => one.accounts);
  const sealed = config.recording.key !== undefined;
  if (!sealed && all.some((account) => account.recording?.by === 'relay')) {
    const message = 'is missing. The relay seals its recordings with it';
    context.addIssue({ code: 'custom', path: ['recording', 'key'], message });
  }
  const isRemote = all.some(
    ({ recording: policy }) => policy?.by === 'relay' && policy.where === 's3',
  );
  if (isRemote && !config.recording.s3) {
    const message = 'is missing. Recordings of a number are to be kept there';
    context.addIssue({ code: 'custom', path: ['recording', 's3'], message });
  }
  for (const message of webhookProblems(told)) {
    context.addIssue({ code: 'custom', path: ['webhooks'], message });
  }
  return {
    ...config,
    webhooks: told,
    accounts: named.flatMap((one) => one.accounts),
    workspaces: named.map((one) => ({
      id: one.id,
      name: one.name,
      adminToken: 'adminToken' in one ? one.adminToken : undefined,
      numbers: one.accounts.map(({ id }) => id),
      policy: one.policy ?? general,
    })),
  };
});

/** How a relay is run. Paths are absolute. */
export interface RelayConfig extends Omit<z.infer<typeof configFile>, 'webhooks'> {
  webhooks: readonly WebhookEndpoint[];
}
export type Listen = RelayConfig['listen'];
