import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { RecordingStore } from '../../../../src/main/db/recordings/recording-store.ts';
import { History } from '../../../../src/main/history/history.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const call = fc.record({
  kind: fc.constant('call' as const),
  n: fc.nat(4),
  provider: fc.constantFrom('a', 'b', undefined),
  account: fc.constantFrom('support', 'sales'),
  forget: fc.boolean(),
});
const recording = fc.record({
  kind: fc.constant('recording' as const),
  id: fc.constantFrom('r1', 'r2', 'r3'),
  n: fc.nat(4),
  what: fc.constantFrom('audio' as const, 'transcript' as const),
  state: fc.constantFrom('expected' as const, 'kept' as const, 'erased' as const),
  remove: fc.boolean(),
});

test('which calls have a recording is known whatever happens to calls and recordings', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const recordings = new RecordingStore(db);
  const history = new History(db);
  const marked = db.prepare('SELECT id FROM call WHERE recorded = 1 ORDER BY id');
  const looked = db.prepare(
    `SELECT id FROM call WHERE EXISTS (
       SELECT 1 FROM recording WHERE what = 'audio' AND state = 'kept' AND (call_id = call.id OR call_id IN (
         SELECT part.id FROM call AS part WHERE part.account_id = call.account_id
           AND part.provider_call_id = call.provider_call_id))) ORDER BY id`,
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(call, recording), { maxLength: 14 }), (changes) => {
      for (const change of changes) {
        if (change.kind === 'call') {
          const { n, account, provider } = change;
          const ended = endedCall(n, { id: `c${n}`, accountId: account, providerCallId: provider });
          put(log, ended);
          if (change.forget) log.forget(ended.createdAt + 60_000, 1);
        } else {
          const { id, n, what, state } = change;
          recordings.put({
            id,
            callId: `c${n}`,
            what,
            source: 'console',
            state,
            tries: 0,
            legalHold: false,
            tracks: [],
            marks: [],
          });
          const stored = recordings.get(id);
          if (change.remove && stored) recordings.remove(stored);
        }
        expect(marked.all()).toEqual(looked.all());
      }
      const filter = { recording: true } as const;
      expect(history.count(filter)).toBe(history.list(filter, undefined, 99).rows.length);
    }),
    { numRuns: 100 },
  );
});
