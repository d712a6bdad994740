import { z } from 'zod';
import { accountSchema } from '../db/accounts.ts';
import type { Account } from '../providers/account.ts';

/**
 * Which workspace the console opens on, and what is known of the real one besides its database and
 * its secrets.
 */
export const workspaceFileSchema = z.object({
  version: z.literal(1),
  open: z.enum(['demo', 'profile']),
  profile: z
    .object({
      agent: z.object({ id: z.string().min(1), name: z.string().min(1) }),
      relayUrl: z.url({ protocol: /^wss?$/ }),
      /**
       * Our numbers, without secrets: they ring even if the database is gone. Missing in files of
       * earlier versions.
       */
      accounts: z
        .array(accountSchema.nullable().catch(null))
        // One that only another version knows does not take the others with it.
        .transform((all): readonly Account[] => all.flatMap((one) => one ?? []))
        .optional(),
    })
    .optional(),
});
export type WorkspaceFile = Readonly<z.infer<typeof workspaceFileSchema>>;
