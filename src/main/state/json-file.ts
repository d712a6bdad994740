import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * A small file of settings. What cannot be read counts as absent: such files hold nothing that is worth
 * refusing to start for.
 */
export class JsonFile<T> {
  private readonly path: string;
  private readonly schema: z.ZodType<T>;

  constructor(path: string, schema: z.ZodType<T>) {
    this.path = path;
    this.schema = schema;
  }

  read(): T | undefined {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return this.schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  /** Written beside and renamed, so that a crash leaves the old or the new one. Readable by this user only. */
  write(value: T): void {
    const beside = `${this.path}.new`;
    writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(beside, this.path);
  }
}
