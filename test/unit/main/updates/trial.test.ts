import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TrialFolder } from '../../../../src/main/updates/trial.ts';
import { tempFolder } from '../../../helpers/temp.ts';

function world() {
  const dir = tempFolder();
  const path = join(dir, 'ringdesk.db');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.exec("CREATE TABLE calls (id TEXT); INSERT INTO calls VALUES ('before')");
  writeFileSync(join(dir, 'workspace.json'), '{"version":1}');
  onTestFinished(() => void db.close());
  const folder = new TrialFolder(dir);
  const keep = () => folder.keepData((from, to) => new Database(from).backup(to));
  const begin = () => folder.begin({ from: '1.0.0', to: '1.1.0' });
  return { dir, path, db, folder, keep, begin };
}

describe('a version that was just installed', () => {
  it('has failed when it begins to start a third time', () => {
    const { folder, begin } = world();
    begin();
    expect(folder.noteStart('1.1.0')).toBeUndefined();
    expect(folder.noteStart('1.1.0')).toBeUndefined();
    expect(folder.noteStart('1.1.0')).toMatchObject({ from: '1.0.0', to: '1.1.0' });
  });

  it('is trusted after one good start', async () => {
    const { dir, folder, keep, begin } = world();
    await keep();
    begin();
    for (const version of ['1.0.0', '1.1.0']) {
      writeFileSync(join(folder.folder, `ringdesk-${version}.deb`), '');
    }
    folder.noteStart('1.1.0');
    expect(folder.confirm('1.1.0')).toBe('1.0.0');
    expect(folder.confirm('1.1.0')).toBeUndefined();
    expect(folder.noteStart('1.1.0')).toBeUndefined();
    const kept = ['data-before', 'ringdesk-1.0.0.deb', 'ringdesk-1.1.0.deb'].map((name) =>
      existsSync(join(dir, 'updates', name)),
    );
    expect(kept).toEqual([false, false, true]);
  });

  it('is on trial no more when another version runs', () => {
    const { folder, begin } = world();
    begin();
    expect(folder.noteStart('1.2.0')).toBeUndefined();
    expect(folder.read()).toBeUndefined();
  });

  it('leaves the data as they were, whatever it made of them', async () => {
    const { dir, path, db, folder, keep, begin } = world();
    await keep();
    begin();
    // As a migration of the new version would.
    db.exec("ALTER TABLE calls ADD COLUMN more TEXT; INSERT INTO calls VALUES ('after', '')");
    db.pragma('user_version = 99');
    db.close();
    writeFileSync(`${path}-wal`, 'of the new version');
    writeFileSync(join(dir, 'workspace.json'), '{"version":2}');
    folder.restoreData();
    expect(readFileSync(join(dir, 'workspace.json'), 'utf8')).toBe('{"version":1}');
    const restored = new Database(path);
    onTestFinished(() => void restored.close());
    expect(restored.prepare('SELECT * FROM calls').all()).toEqual([{ id: 'before' }]);
    expect(restored.pragma('user_version', { simple: true })).toBe(0);
  });

  it('is remembered as failed, beside what the agent chose', () => {
    const { folder } = world();
    mkdirSync(folder.folder);
    writeFileSync(folder.choicesFile, '{"version":1,"channel":"beta"}');
    folder.noteFailed('1.1.0');
    expect(JSON.parse(readFileSync(folder.choicesFile, 'utf8'))).toEqual({
      version: 1,
      channel: 'beta',
      failed: '1.1.0',
      failureSeen: false,
    });
  });

  it('does not stop a start with a file that cannot be read', () => {
    const { folder, begin } = world();
    begin();
    writeFileSync(join(folder.folder, 'trial.json'), '{"from":');
    expect(folder.noteStart('1.1.0')).toBeUndefined();
  });
});
