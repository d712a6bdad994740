import { z } from 'zod';
import { filled } from './fields.ts';

const credentials = z.union(
  [
    z.strictObject({ user: filled('It is in the NATS server’s config'), password: z.string() }),
    z.strictObject({ token: filled('It is in the NATS server’s config') }),
    z.strictObject({ file: filled('Name the .creds file; relative to this file') }),
  ],
  {
    error:
      'must be { "user": …, "password": … }, { "token": … } or { "file": "relay.creds" }, as the NATS server demands',
  },
);

const nats = z.strictObject({
  kind: z.literal('nats'),
  servers: z
    .array(
      z.string({ error: 'must be a text' }).regex(/^(nats|tls):\/\/[^/\s]+$/, {
        error: 'must be an address such as "nats://10.0.0.1:4222"',
      }),
      { error: 'must be a list of the servers’ addresses' },
    )
    .min(1, { error: 'is empty. Name at least one server' }),
  credentials: credentials.optional(),
  /** On how many servers everything is stored: 1, or 3 in a cluster of at least three. */
  replicas: z
    .union([z.literal(1), z.literal(3), z.literal(5)], { error: 'must be 1, 3 or 5' })
    .default(1),
  /** Prefix of the names of streams and buckets, so that several relays can share a cluster. */
  prefix: z
    .string({ error: 'must be a text' })
    .regex(/^[A-Za-z0-9_-]{1,32}$/, { error: 'must be 1 to 32 letters, digits, - or _' })
    .default('ringdesk'),
});

/** Where the relay stores its data. */
export const store = z
  .discriminatedUnion(
    'kind',
    [
      /** A database in `dataDir`. */
      z.strictObject({ kind: z.literal('sqlite') }),
      nats,
    ],
    { error: 'must have the kind "sqlite" or "nats"' },
  )
  .default({ kind: 'sqlite' });

export type StoreConfig = z.infer<typeof store>;
