import { z } from 'zod';
import { screenPopProblem } from '../../shared/links/screen-pop.ts';
import { accountSchema } from '../db/accounts.ts';
import type { Account } from '../providers/account.ts';

/** Which workspace the console opens on, and the profile apart from its database and secrets. */
export const workspaceFileSchema = z.object({
  version: z.literal(1),
  open: z.enum(['demo', 'profile']),
  profile: z
    .object({
      agent: z.object({ id: z.string().min(1), name: z.string().min(1) }),
      relayUrl: z.url({ protocol: /^wss?$/ }),
      /**
       * Our numbers, without secrets, so that they ring even without the database. Missing in files
       * of earlier versions.
       */
      accounts: z
        .array(accountSchema.nullable().catch(null))
        // A number of another version's provider does not affect the others.
        .transform((all): readonly Account[] => all.flatMap((one) => one ?? []))
        .optional(),
      screenPop: z
        .object({
          address: z.string().refine((address) => screenPopProblem(address) === undefined),
          name: z.string().max(40).catch(''),
          onAccept: z.boolean().catch(true),
        })
        .optional()
        .catch(undefined),
    })
    .optional(),
});
export type WorkspaceFile = Readonly<z.infer<typeof workspaceFileSchema>>;
