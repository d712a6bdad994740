/*
 * Proves that a better-sqlite3 binding works in the Node or Electron that runs this file, especially
 * where it keeps references to strings: column names, parameter names and error codes.
 * Arguments: the project's folder, the binding.
 */
const assert = require('node:assert/strict');
const path = require('node:path');

const [root, nativeBinding] = process.argv.slice(2);
const Database = require(path.join(root, 'node_modules', 'better-sqlite3'));
const db = new Database(':memory:', nativeBinding ? { nativeBinding } : {});

db.exec('CREATE TABLE call (id TEXT PRIMARY KEY, seconds INTEGER NOT NULL, note BLOB) STRICT');
const insert = db.prepare('INSERT INTO call (id, seconds, note) VALUES (@id, @seconds, @note)');
for (let turn = 0; turn < 500; turn += 1) {
  const result = insert.run({ id: `call-${turn}`, seconds: turn, note: Buffer.from([turn % 256]) });
  assert.equal(result.changes, 1);
}
// Collected garbage must not take the boxed strings with it.
const ballast = Array.from({ length: 200_000 }, (_, index) => ({ index }));
assert.equal(ballast.length, 200_000);
assert.deepEqual(db.prepare('SELECT id, seconds FROM call WHERE id = ?').get('call-7'), {
  id: 'call-7',
  seconds: 7,
});
assert.equal([...db.prepare('SELECT * FROM call').iterate()].length, 500);
assert.throws(
  () => insert.run({ id: 'call-7', seconds: 1, note: null }),
  (error) => error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY',
);
assert.throws(() => insert.run({ id: 'x' }), /Missing named parameter "seconds"/);
db.exec(
  "CREATE VIRTUAL TABLE note USING fts5(body); INSERT INTO note VALUES ('the parcel is late')",
);
assert.deepEqual(db.prepare("SELECT body FROM note WHERE note MATCH 'parcel'").all(), [
  { body: 'the parcel is late' },
]);
db.function('twice', (value) => value * 2);
assert.equal(db.prepare('SELECT twice(21)').pluck().get(), 42);
assert.equal(db.transaction(() => db.prepare('DELETE FROM call').run().changes)(), 500);
assert.equal(db.prepare('SELECT 1 AS one').columns()[0].name, 'one');
assert.equal(db.pragma('user_version', { simple: true }), 0);
db.close();

// Encrypted files: only these sources have it, and the page cipher must be theirs.
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const folder = mkdtempSync(path.join(require('node:os').tmpdir(), 'ringdesk-sqlite-'));
try {
  const file = path.join(folder, 'encrypted.db');
  const open = () => {
    const encrypted = new Database(file, nativeBinding ? { nativeBinding } : {});
    encrypted.pragma("cipher = 'chacha20'");
    encrypted.pragma(`key = 'raw:${'5a'.repeat(48)}'`);
    return encrypted;
  };
  const first = open();
  first.exec("CREATE TABLE note (body); INSERT INTO note VALUES ('the parcel is late')");
  first.close();
  assert.equal(readFileSync(file).includes('parcel'), false);
  const second = open();
  assert.equal(second.prepare('SELECT body FROM note').pluck().get(), 'the parcel is late');
  second.close();
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`better-sqlite3 works on Node ${process.versions.node}\n`);
