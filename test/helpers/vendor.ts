import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const file = z.strictObject({
  source: z.string().min(1),
  seen: z.iso.date(),
  mark: z.enum(['documented', 'third-party', 'guess']),
  /** Paths in the body that may be missing, in the notation of `structure.ts`. */
  optional: z.array(z.string()).default([]),
  body: z.unknown(),
});

const VENDORS = ['meta', 'd360', 'pilot-status', 'zernio'] as const;
type Vendor = (typeof VENDORS)[number];

/** Webhook deliveries, API answers and downloaded files. */
export type VendorFolder = Vendor | `${Vendor}-answers` | 'meta-files';

export type VendorSample = z.infer<typeof file> & { name: string };

const root = path.join(import.meta.dirname, '../fixtures/vendor');

/** A vendor's payloads by file name. */
export function vendorSamples(folder: VendorFolder): readonly VendorSample[] {
  return readdirSync(path.join(root, folder))
    .toSorted()
    .map((entry) => ({
      name: entry.replace(/\.json$/, ''),
      ...file.parse(JSON.parse(readFileSync(path.join(root, folder, entry), 'utf8'))),
    }));
}

/** One payload, with its source. */
export function vendorFile(folder: VendorFolder, name: string): VendorSample {
  const found = vendorSamples(folder).find((one) => one.name === name);
  if (!found) throw new Error(`no ${folder}/${name}`);
  return found;
}

/** The body of one payload. */
export function vendorSample(folder: VendorFolder, name: string): unknown {
  return vendorFile(folder, name).body;
}
