import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packed = z.object({
  updates: z.object({ url: z.string().url(), key: z.string().min(1) }).optional(),
});

/** Where a package looks for updates, and the public half of the key that signs them; undefined if it does not. */
export function packedUpdates(appPath: string): { url: string; key: string } | undefined {
  return packed.parse(JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'))).updates;
}
