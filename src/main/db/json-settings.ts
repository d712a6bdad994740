import { z } from 'zod';
import { enteredBill, type EnteredBill } from '../../shared/ipc/entered-bill.ts';
import { keptMessage, type KeptMessage } from '../../shared/ipc/team-message.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { parseColumn } from './json.ts';

/** One value stored as JSON in the settings table. */
export class JsonSetting<T> {
  readonly #db: Db;
  readonly #key: string;
  readonly #schema: z.ZodType<T>;
  readonly #fallback: T;

  /** @param fallback for a value that is missing or cannot be read */
  constructor(db: Db, key: string, schema: z.ZodType<T>, fallback: T) {
    this.#db = db;
    this.#key = key;
    this.#schema = schema;
    this.#fallback = fallback;
  }

  get(): T {
    const row = this.#db
      .prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
      .get(this.#key);
    const read = row && this.#schema.safeParse(parseColumn(row.value));
    return read?.success === true ? read.data : this.#fallback;
  }

  set(value: T): void {
    this.#db
      .prepare<[string, string]>(
        `INSERT INTO setting (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(this.#key, JSON.stringify(value));
  }
}

const presence = z.object({
  presence: z.enum(['available', 'wrap-up', 'dnd', 'away']),
  until: z.number().optional(),
});

/** The presence that the agent chose, and until when (Unix ms). */
export type ChosenPresence = z.infer<typeof presence>;

/** Keeps the agent's choice across restarts. */
export function presenceSetting(db: Db): JsonSetting<ChosenPresence> {
  return new JsonSetting(db, 'presence', presence, { presence: 'available' });
}

/** Messages among teammates, newest first. */
export function teamMessagesSetting(db: Db): JsonSetting<readonly KeptMessage[]> {
  return new JsonSetting<readonly KeptMessage[]>(
    db,
    'team-messages',
    z.array(keptMessage).readonly(),
    [],
  );
}

const knownAgent = z.object({
  id: z.string(),
  /** The newest one. */
  name: z.string(),
  team: z.string().optional(),
  formerNames: z.array(z.string()).readonly(),
});

/** A teammate of now or earlier. */
export type KnownAgent = z.infer<typeof knownAgent>;

/** Whom the log's names mean, also without the relay. */
export function knownAgentsSetting(db: Db): JsonSetting<readonly KnownAgent[]> {
  return new JsonSetting<readonly KnownAgent[]>(
    db,
    'known-agents',
    z.array(knownAgent).readonly(),
    [],
  );
}

/** What providers charged, as admins entered it. */
export function enteredBillsSetting(db: Db): JsonSetting<readonly EnteredBill[]> {
  return new JsonSetting<readonly EnteredBill[]>(
    db,
    'entered-bills',
    z.array(enteredBill).readonly(),
    [],
  );
}

const setAside = z.object({
  path: z.string(),
  /** Unix ms. */
  at: z.number(),
  /** Calls that came back; missing while the rescue runs or after it was interrupted. */
  calls: z.number().optional(),
});

/** The last damaged file that was moved away, and how many calls were rescued from it. */
type SetAside = z.infer<typeof setAside>;

/** Stored so that the history can say why it is shorter than it was. */
export function setAsideSetting(db: Db): JsonSetting<SetAside | undefined> {
  return new JsonSetting(db, 'set-aside', setAside.optional(), undefined);
}
