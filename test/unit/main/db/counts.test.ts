import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { History } from '../../../../src/main/history/history.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const ends: readonly EndReason[] = [
  { kind: 'caller-gone' },
  { kind: 'agent-hung-up' },
  { kind: 'declined-by-agent' },
];
const change = fc.record({
  n: fc.nat(5),
  provider: fc.constantFrom('a', 'b', undefined),
  account: fc.constantFrom('support', 'sales'),
  end: fc.constantFrom(...ends),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const),
  isVoicemail: fc.boolean(),
  isLive: fc.boolean(),
  forget: fc.boolean(),
});

test('kept counts are what counting would give, whatever happens to calls', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const history = new History(db);
  const counted = db.prepare<[], { account: string; direction: string; outcome: string }>(
    `SELECT account_id AS account, direction, outcome, instr(snapshot, '"voicemail":{') > 0 AS voicemail,
       count(*) AS n FROM call WHERE covered IS NULL AND outcome IS NOT NULL GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4`,
  );
  const kept = db.prepare(
    `SELECT account_id AS account, direction, outcome, voicemail, n FROM call_count WHERE n <> 0
     ORDER BY 1, 2, 3, 4`,
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      for (const { n, provider, account, end, isVoicemail, isLive, forget, direction } of changes) {
        const call = endedCall(
          n,
          {
            accountId: account,
            providerCallId: provider,
            direction,
            ...(isVoicemail && { voicemail: {} }),
          },
          end,
        );
        put(log, isLive ? { ...call, phase: { name: 'connected' } } : call);
        if (forget) log.forget(call.createdAt + 60_000, 1);
        expect(kept.all()).toEqual(counted.all());
      }
      expect(history.count({})).toBe(history.list({}, undefined, 99).rows.length);
      const filter = { accountId: 'sales', direction: 'inbound' } as const;
      expect(history.count(filter)).toBe(history.list(filter, undefined, 99).rows.length);
    }),
    { numRuns: 100 },
  );
});
