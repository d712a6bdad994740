import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

const common = {
  id: z.string(),
  label: z.string(),
  number: z.string(),
  apiBase: z.string().optional(),
};

/** A number as stored here and in the workspace's file. */
export const accountSchema = z.discriminatedUnion('provider', [
  z.object({
    ...common,
    provider: z.literal('meta'),
    phoneNumberId: z.string(),
    wabaId: z.string(),
    apiVersion: z.string().optional(),
    recording: z
      .object({
        purpose: z.string(),
        language: z.string().optional(),
        transcript: z.boolean().optional(),
      })
      .optional(),
  }),
  z.object({ ...common, provider: z.literal('d360') }),
  z.object({
    ...common,
    provider: z.enum(['pilot-meta', 'pilot-web']),
    audio: z.object({ sampleRate: z.number(), frameMs: z.number() }).optional(),
  }),
  z.object({
    ...common,
    provider: z.literal('zernio'),
    zernioAccountId: z.string(),
    softphone: z.literal('relay').optional(),
  }),
]) satisfies z.ZodType<Account>;

/** Our numbers, without their secrets. */
export class AccountStore {
  readonly #db: Db;
  readonly #log: Pick<Log, 'warn'>;
  readonly #leftOut: (what: string) => void;

  /** @param leftOut called with a number that cannot be read */
  constructor(db: Db, log: Pick<Log, 'warn'>, leftOut: (what: string) => void = () => undefined) {
    this.#db = db;
    this.#log = log;
    this.#leftOut = leftOut;
  }

  /**
   * Numbers in use, in the order of the profile. One that cannot be read, such as one of a provider
   * that only a newer version supports, is left out: the others must keep ringing.
   */
  all(): readonly Account[] {
    return this.#db
      .prepare<[], { id: string; body: string }>(
        'SELECT id, body FROM account WHERE removed = 0 ORDER BY position, id',
      )
      .all()
      .flatMap(({ id, body }) => {
        const read = accountSchema.safeParse(parseColumn(body));
        if (read.success) return [read.data];
        const fields = read.error.issues.map(({ path }) => path.join('.') || 'all of it');
        this.#log.warn(`account ${id}: left out, cannot be read: ${fields.join(', ')}`);
        this.#leftOut(`number ${id}`);
        return [];
      });
  }

  /**
   * Uses exactly these from now on. Removed ones stay stored, because their calls show their
   * labels.
   */
  replaceAll(accounts: readonly Account[]): void {
    const rows = accounts.map((one, position) => [one.id, JSON.stringify(one), position] as const);
    const stored = this.#db
      .prepare('SELECT id, body, position FROM account WHERE removed = 0 ORDER BY position, id')
      .raw()
      .all();
    // A write waits for the disk, and most starts change nothing.
    if (JSON.stringify(stored) === JSON.stringify(rows)) return;
    const put = this.#db.prepare<[string, string, number]>(
      `INSERT INTO account (id, body, position, removed) VALUES (?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET body = excluded.body, position = excluded.position, removed = 0`,
    );
    this.#db.transaction(() => {
      this.#db.prepare('UPDATE account SET removed = 1').run();
      for (const row of rows) put.run(...row);
    })();
  }
}
