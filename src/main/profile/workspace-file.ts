import { z } from 'zod';

/** Which workspace the console opens on, and what is known of the real one besides its database and its secrets. */
export const workspaceFileSchema = z.object({
  version: z.literal(1),
  open: z.enum(['demo', 'profile']),
  profile: z
    .object({
      agent: z.object({ id: z.string().min(1), name: z.string().min(1) }),
      relayUrl: z.string().min(1),
    })
    .optional(),
});
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>;
