import Database from 'better-sqlite3';

/** Another program that writes to a database, and does not finish until its input ends. Argument: the file. */
const [path = ''] = process.argv.slice(2);
const db = new Database(path);
db.exec('BEGIN IMMEDIATE');
process.stdout.write('locked\n');
process.stdin.resume().once('end', () => {
  db.exec('ROLLBACK');
  db.close();
});
