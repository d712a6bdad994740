import { z } from 'zod';
import type { Db } from '../../../sqlite/migrate.ts';
import { JsonSetting } from '../json-settings.ts';

const exportedFile = z.object({
  /** Of a file; of one person's data or file the folder that was chosen: what is in it may have their name. */
  path: z.string(),
  /** When it was written, Unix ms. */
  at: z.number(),
  has: z.enum(['calls', 'people']).default('calls'),
  /** The time that its calls are from, Unix ms. */
  from: z.number().optional(),
  to: z.number().optional(),
});
/** A file that was exported here. */
export type ExportedFile = z.infer<typeof exportedFile>;

/** So many are remembered. */
const MOST = 200;

/** The last exported files, newest first: a certificate names those that may have an erased person. */
export class ExportedFiles {
  readonly #db: Db;
  readonly #setting: JsonSetting<readonly ExportedFile[]>;

  constructor(db: Db) {
    this.#db = db;
    this.#setting = new JsonSetting(db, 'exported', z.array(exportedFile).readonly(), []);
  }

  all(): readonly ExportedFile[] {
    return this.#setting.get();
  }

  /** Notes a file that was written. Another process may do so at the same time. */
  note(file: ExportedFile): void {
    this.#db
      .transaction(() => {
        const others = this.all().filter(({ path }) => path !== file.path);
        this.#setting.set([file, ...others].slice(0, MOST));
      })
      .immediate();
  }
}
