import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { AccountStore } from '../../src/main/db/accounts.ts';
import { CallNoteStore } from '../../src/main/db/call-notes.ts';
import { SqliteCallLog } from '../../src/main/db/call-log.ts';
import { ContactPages } from '../../src/main/db/contact-pages.ts';
import { RelayCursor } from '../../src/main/db/relay-cursor.ts';
import { SettingsStore } from '../../src/main/db/settings.ts';
import { History } from '../../src/main/history/history.ts';
import type { Db } from '../../src/sqlite/migrate.ts';
import { FakeLog } from '../fakes/log.ts';

const folder = fileURLToPath(new URL('../unit/main/db/frozen/', import.meta.url));
/** The key of frozen files that are encrypted. */
export const FROZEN_KEY = '5a'.repeat(32);

/** Names of all frozen files, such as `format-14`. */
export const frozenLogs: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.db.gz'))
  .map((name) => name.slice(0, -'.db.gz'.length));

export const formatOf = (name: string) => Number(/\d+/.exec(name)?.[0]);

/** Puts a file as an earlier version left it into a folder. @returns its path */
export function thaw(name: string, into: string): string {
  const path = join(into, 'ringdesk.db');
  writeFileSync(path, gunzipSync(readFileSync(join(folder, `${name}.db.gz`))));
  return path;
}

const NOTED = 'support/wacid.4';

/** What a log tells of the facts that `frozen/make.mjs` writes. */
export function factsOf(db: Db) {
  const history = new History(db);
  const log = new SqliteCallLog(db);
  const found = (text: string) => history.list({ text }, undefined, 50).rows.map(({ id }) => id);
  const about = new ContactPages(db).get({ waId: '16315550003' }, undefined, 99);
  return {
    calls: history
      .records({}, undefined, 99)
      .map(({ note: _n, tags: _t, disposition: _d, ...call }) => call),
    live: log.unfinished().map(({ id, phase }) => [id, phase.name]),
    listed: history.count({ outcome: 'missed' }),
    found: ['customer 3', '5550002', 'br.5', 'cu', 'no such'].map(found),
    accounts: new AccountStore(db, new FakeLog()).all(),
    cursor: new RelayCursor(db).get(),
    theme: new SettingsStore(db).get().theme,
    timeline: history.get(NOTED)?.timeline.length,
    items: about.items.filter(({ kind }) => kind === 'call').length,
    message: about.items.filter(({ kind }) => kind === 'message-in').length,
    company: about.details.company,
    note: new CallNoteStore(db).of(NOTED),
  };
}

/** What every index, table and trigger of a log is, without the comments. */
export function schemaOf(db: Db): readonly string[] {
  return db
    .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name')
    .pluck()
    .all()
    .map((sql) => sql.replaceAll(/--[^\n]*\n/g, '').replaceAll(/\s+/g, ' '));
}
