import { SqliteCallLog } from '../../src/main/db/call-log.ts';
import { openDatabase } from '../../src/main/db/open.ts';
import { RelayCursor } from '../../src/main/db/relay-cursor.ts';
import { endedCall } from './calls.ts';

/** Commits calls with their cursors until killed, and prints each number once committed. */
const [path = '', ...keys] = process.argv.slice(2);
const { db } = openDatabase({ path, keys });
const cursor = new RelayCursor(db);
if (!cursor.get()) cursor.reset('epoch', 0);
const log = new SqliteCallLog(db);
for (let n = (cursor.get()?.cursor ?? 0) + 1; ; n++) {
  const call = endedCall(n);
  const event = { from: 'app', kind: 'restarted' } as const;
  log.commit({ call, callId: call.id, event, at: call.createdAt, cursor: n });
  process.stdout.write(`${n}\n`);
}
