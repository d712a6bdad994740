import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import type { Db } from './open.ts';

const common = {
  id: z.string(),
  label: z.string(),
  number: z.string(),
  apiBase: z.string().optional(),
};

const account = z.discriminatedUnion('provider', [
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
  private readonly db: Db;
  private readonly log: Pick<Log, 'warn'>;

  constructor(db: Db, log: Pick<Log, 'warn'>) {
    this.db = db;
    this.log = log;
  }

  /**
   * Those in use, in the order of the profile. One that cannot be read, e.g. of a provider that only a newer version
   * knows, is left out: the others must keep ringing.
   */
  all(): readonly Account[] {
    return this.db
      .prepare<[], { id: string; body: string }>(
        'SELECT id, body FROM account WHERE removed = 0 ORDER BY position, id',
      )
      .all()
      .flatMap(({ id, body }) => {
        const read = account.safeParse(parsed(body));
        if (read.success) return [read.data];
        const fields = read.error.issues.map(({ path }) => path.join('.') || 'all of it');
        this.log.warn(`account ${id}: left out, cannot be read: ${fields.join(', ')}`);
        return [];
      });
  }

  /** Uses exactly these from now on. Others stay behind for the labels of their calls. */
  replaceAll(accounts: readonly Account[]): void {
    const put = this.db.prepare<[string, string, number]>(
      `INSERT INTO account (id, body, position, removed) VALUES (?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET body = excluded.body, position = excluded.position, removed = 0`,
    );
    this.db.transaction(() => {
      this.db.prepare('UPDATE account SET removed = 1').run();
      accounts.forEach((one, position) => put.run(one.id, JSON.stringify(one), position));
    })();
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
