import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const file = z.object({ source: z.string().min(1), seen: z.iso.date(), body: z.unknown() });

export type Vendor = 'meta' | 'd360' | 'pilot-status' | 'zernio' | 'meta-files';

/** The payloads of a vendor by the names of their files. */
export function vendorSamples(vendor: Vendor): readonly { name: string; body: unknown }[] {
  const folder = path.join(import.meta.dirname, '../fixtures/vendor', vendor);
  return readdirSync(folder)
    .toSorted()
    .map((entry) => ({
      name: entry.replace(/\.json$/, ''),
      body: file.parse(JSON.parse(readFileSync(path.join(folder, entry), 'utf8'))).body,
    }));
}

/** One of them. */
export function vendorSample(vendor: Vendor, name: string): unknown {
  const found = vendorSamples(vendor).find((one) => one.name === name);
  if (!found) throw new Error(`no ${vendor}/${name}`);
  return found.body;
}
