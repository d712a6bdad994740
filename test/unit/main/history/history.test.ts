// What is expected of every generated log is inside conditions.
/* oxlint-disable vitest/no-conditional-expect */
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '../../../../src/main/db/accounts.ts';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { History } from '../../../../src/main/history/history.ts';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import { defaultSettings, SettingsStore } from '../../../../src/main/db/settings.ts';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import type { HistoryFilter, HistoryRow } from '../../../../src/shared/ipc/history.ts';
import { endedCall, endedRelayedCall, put } from '../../../helpers/calls.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const history = new History(db);
  const ids = (filter: HistoryFilter = {}) =>
    history.list(filter, undefined, 200).rows.map((row) => row.id.replace('support/wacid.', ''));
  return {
    log,
    history,
    ids,
    cursor: new RelayCursor(db),
    accounts: new AccountStore(db, new FakeLog()),
    settings: new SettingsStore(db),
    all: (sql: string): unknown[] => db.prepare(sql).all(),
    exec: (sql: string): void => {
      db.exec(sql);
    },
  };
}

describe('pages of the history', () => {
  test('have every call once, newest first, for any page size and equal times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (moments, size) => {
          const db = emptyDatabase();
          const log = new SqliteCallLog(db);
          const history = new History(db);
          moments.forEach((at, n) => put(log, endedCall(n, { createdAt: 1_000 + at })));
          const seen: string[] = [];
          const times: number[] = [];
          let after: string | undefined;
          do {
            const page = history.list({}, after, size);
            expect(page.rows.length).toBeLessThanOrEqual(size);
            seen.push(...page.rows.map((row) => row.id));
            times.push(...page.rows.map((row) => row.createdAt));
            after = page.next;
          } while (after !== undefined);
          db.close();
          expect(new Set(seen).size).toBe(moments.length);
          expect(seen).toHaveLength(moments.length);
          expect(times).toEqual([...times].sort((a, b) => b - a));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('have one row per call with all its talk, however often it came to this agent', () => {
    const ends: readonly EndReason[] = [
      { kind: 'answered-elsewhere', by: 'Bob' },
      { kind: 'declined-by-agent' },
      { kind: 'agent-hung-up' },
      { kind: 'lost-to-team' },
      { kind: 'caller-gone' },
    ];
    const part = fc.record({ of: fc.nat(3), end: fc.constantFrom(...ends), ms: fc.nat(9_000) });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (parts, size) => {
          const db = emptyDatabase();
          const log = new SqliteCallLog(db);
          const history = new History(db);
          const records = parts.map(({ of, end, ms }, n) => {
            const talked = end.kind === 'agent-hung-up' || end.kind === 'lost-to-team';
            const more = {
              id: `part/${n}`,
              providerCallId: `wacid.${of}`,
            } as const;
            const { createdAt } = endedCall(n);
            const talkIntervals = talked ? [{ from: createdAt, to: createdAt + ms }] : [];
            return endedRelayedCall(
              n,
              { ...more, talkIntervals, ...(talked && { connectedAt: createdAt }) },
              end,
            );
          });
          put(log, ...records);
          const rows: HistoryRow[] = [];
          let after: string | undefined;
          do {
            const page = history.list({}, after, size);
            rows.push(...page.rows);
            after = page.next;
          } while (after !== undefined);
          const details = rows.flatMap(({ id }) => history.get(id) ?? []);
          const count = history.count({});
          const named = records.map(({ id }) => history.get(id)?.id);
          db.close();
          const ids = new Set(parts.map(({ of }) => `wacid.${of}`));
          expect(details.map(({ providerCallId = '' }) => providerCallId).sort()).toEqual(
            [...ids].sort(),
          );
          expect(count).toBe(ids.size);
          expect(details.flatMap((one) => one.parts.map(({ id }) => id)).sort()).toEqual(
            records.map(({ id }) => id).sort(),
          );
          // Any record leads to the row of its call.
          for (const id of named) expect(rows.map((row) => row.id)).toContain(id);
          for (const { parts: all, talkSeconds = 0, outcome } of details) {
            expect(talkSeconds).toBe(all.reduce((sum, one) => sum + (one.talkSeconds ?? 0), 0));
            const lost = all.some(({ endReason }) => endReason.kind === 'caller-gone');
            const talked = all.some(({ talkSeconds: seconds }) => seconds !== undefined);
            // A caller who waited in vain was missed, even if somebody had talked with them.
            if (lost || talked) expect(outcome).toBe(lost ? 'missed' : 'answered');
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('name whom an agent called by number as they called themselves before', () => {
    const { log, history } = open();
    const waId = '5511987654321';
    put(log, endedCall(1, { party: { waId, name: 'Camila' } }));
    put(log, endedCall(2, { direction: 'outbound', party: { waId } }));
    const { rows } = history.list({}, undefined, 9);
    expect(rows.map(({ party }) => party.name)).toEqual(['Camila', 'Camila']);
    expect(history.get(rows[0]?.id ?? '')?.party.name).toBe('Camila');
  });

  test('leave out live calls', () => {
    const { log, ids } = open();
    put(log, endedCall(1, { phase: { name: 'connected' } }), endedCall(2));
    expect(ids()).toEqual(['2']);
  });

  test('move a call that turns out to be older to its place', () => {
    const { log, ids, history } = open();
    put(log, endedCall(1), endedCall(2), endedCall(3));
    put(log, endedCall(3, { createdAt: endedCall(1).createdAt - 5 }));
    expect(ids()).toEqual(['2', '1', '3']);
    expect(ids({ text: 'customer' })).toEqual(['2', '1', '3']);
    expect(history.get('support/wacid.3')?.timeline).toHaveLength(2);
  });
});

describe('filters of the history', () => {
  function filled() {
    const fixture = open();
    const { createdAt } = endedCall(2);
    put(
      fixture.log,
      endedCall(1, { party: { waId: '5511987654321', name: 'João Silva' } }),
      endedCall(2, { party: { waId: '4915112345678', name: '50% "off" OR x' } }),
      endedCall(3, { direction: 'outbound', id: 'out/3' }, { kind: 'cancelled' }),
      endedCall(
        4,
        { accountId: 'sales', party: { userId: 'BR.1', name: 'Li' } },
        { kind: 'rang-out' },
      ),
    );
    return { ...fixture, createdAt };
  }

  test.each<[HistoryFilter, string[]]>([
    [{}, ['4', 'out/3', '2', '1']],
    [{ direction: 'outbound' }, ['out/3']],
    [{ outcome: 'missed' }, ['4', '2', '1']],
    [{ outcome: 'missed', accountId: 'support' }, ['2', '1']],
    [{ accountId: 'sales' }, ['4']],
    [{ text: 'joao' }, ['1']],
    [{ text: 'SILVA' }, ['1']],
    [{ text: '+55 (11) 98' }, ['1']],
    [{ text: '7654' }, ['1']],
    [{ text: '15112' }, ['2']],
    [{ text: '0% "of' }, ['2']],
    [{ text: '" OR name : "x' }, []],
    [{ text: 'li' }, ['4']],
    [{ text: '%' }, ['2']],
    [{ text: '_' }, []],
    [{ text: '  ' }, ['4', 'out/3', '2', '1']],
    [{ text: '\0' }, ['4', 'out/3', '2', '1']],
    [{ text: 'joao\0' }, ['1']],
    [{ text: 'jo\0ao' }, []],
    [{ text: 'a😀' }, []],
    [{ text: '\ud83d' }, []],
    [{ text: '\u0301' }, []],
    [{ text: 'joao* OR NEAR(silva) AND name:' }, []],
    [{ text: 'joao', outcome: 'missed' }, ['1']],
    [{ text: 'joao', outcome: 'failed' }, []],
  ])('%j', (filter, expected) => {
    const { ids, history } = filled();
    expect(ids(filter)).toEqual(expected);
    expect(history.count(filter)).toBe(expected.length);
  });

  test('include both ends of a period, with text too', () => {
    const { ids, createdAt } = filled();
    expect(ids({ from: createdAt, to: createdAt })).toEqual(['2']);
    expect(ids({ from: createdAt + 1, to: createdAt + 59_999 })).toEqual([]);
    expect(ids({ from: createdAt, text: 'off' })).toEqual(['2']);
    expect(ids({ to: createdAt - 1, text: 'silva' })).toEqual(['1']);
  });
});

test('a search within filters looks at so many calls a page, and misses none', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const history = new History(db);
  const ANAS = 1_600;
  const OTHERS = 2_000;
  const first = { accountId: 'sales', direction: 'outbound' } as const;
  db.transaction(() => {
    put(log, endedCall(0, { ...first, party: { waId: '551100', name: 'Ana' } }));
    for (let n = 1; n <= ANAS + OTHERS; n++) {
      const isAna = n <= ANAS;
      const party = { waId: `5511${n % 100}`, name: isAna ? 'Ana' : 'Bia' };
      put(log, endedCall(n, { party, direction: isAna ? 'inbound' : 'outbound' }));
    }
  })();
  // Many calls are left by the one, and few by the other.
  for (const facet of [{ direction: first.direction }, { accountId: first.accountId }]) {
    const filter = { text: 'ana', ...facet };
    const page = history.list(filter, undefined, 50);
    expect(page.rows).toEqual([]);
    expect(page.next).toBeDefined();
    const second = history.list(filter, page.next, 50);
    expect(second.rows.map(({ id }) => id)).toEqual([endedCall(0).id]);
    expect(second.next).toBeUndefined();
    expect(history.countShown(filter)).toBeUndefined();
    expect(history.count(filter)).toBe(1);
  }
});

describe('one call of the history', () => {
  test('lists ignored events with the reason, and no credentials', () => {
    const { log, history, all } = open();
    const call = endedCall(1);
    const sdp = 'a=ice-pwd:very-secret-password';
    const offer: CallEvent = {
      from: 'provider',
      accountId: 'main',
      providerCallId: 'wacid.1',
      event: { kind: 'offer', at: 1, party: {}, sdp },
    };
    const ringing = {
      ...call,
      phase: {
        name: 'ringing',
        deadlineAt: 2,
        offer: sdp,
        answer: { state: 'preparing' },
        reservation: { state: 'none' },
        soleCandidate: false,
      },
    } as const;
    log.commit({ call: ringing, callId: call.id, event: offer, at: 1 });
    log.commit({
      call: ringing,
      callId: call.id,
      event: offer,
      at: 2,
      ignored: 'a repeated offer',
    });
    const [unfinished] = log.unfinished();
    expect(unfinished).toMatchObject({ id: ringing.id, phase: { name: 'ringing' } });
    expect(unfinished?.phase).not.toHaveProperty('offer');
    put(log, call);
    expect(history.get(call.id)?.timeline).toMatchObject([
      { at: 1, from: 'provider', kind: 'offer' },
      { at: 2, ignored: 'a repeated offer' },
      { from: 'app', kind: 'restarted' },
    ]);
    expect(
      JSON.stringify([all('SELECT * FROM call'), all('SELECT * FROM call_event')]),
    ).not.toContain('very-secret');
  });

  test('ignores an event that created no call, but moves the cursor', () => {
    const { log, cursor, all } = open();
    cursor.reset('e', 4);
    const event: CallEvent = { from: 'app', kind: 'restarted' };
    log.commit({ call: undefined, callId: 'x', event, at: 1, ignored: 'no such call', cursor: 9 });
    expect(cursor.get()).toEqual({ epoch: 'e', cursor: 9 });
    log.advance(7);
    expect(cursor.get()?.cursor).toBe(9);
    expect(all('SELECT * FROM call_event')).toEqual([]);
  });

  test('keeps the last quality statistics', () => {
    const { log, history } = open();
    put(log, endedCall(1));
    const figures = { packetsReceived: 1, packetsLost: 0, packetsSent: 2 };
    log.saveQuality('support/wacid.1', figures);
    log.saveQuality('support/wacid.1', { ...figures, mos: 4.2 });
    log.saveQuality('nothing', figures);
    expect(history.get('support/wacid.1')?.quality).toEqual({ ...figures, mos: 4.2 });
    expect(history.get('nothing')).toBeUndefined();
  });

  test('knows earlier calls with the person', () => {
    const { log, history } = open();
    const party = { waId: '4915112345678' };
    expect(history.contact(party, 0)).toBeUndefined();
    put(
      log,
      endedCall(
        1,
        { party, billed: { startedAt: 1, durationSeconds: 61 } },
        { kind: 'customer-hung-up' },
      ),
      endedCall(2, { party }),
      endedCall(3, { party: { userId: 'DE.1' } }),
    );
    const now = endedCall(2).createdAt;
    expect(history.contact(party, now, 'support/wacid.9')).toMatchObject({
      lastOutcome: 'missed',
      missedToday: 1,
    });
    expect(history.contact(party, now + 1, 'support/wacid.2')).toMatchObject({
      lastOutcome: 'answered',
      lastSeconds: 61,
      missedToday: 0,
    });
    expect(history.contact({ userId: 'DE.1' }, 0)?.missedToday).toBe(1);
  });
});

describe('numbers beside lists', () => {
  test('say how many calls there are, as they come, change and go', () => {
    const { log, history } = open();
    expect(log.listed()).toBe(0);
    put(log, endedCall(1), endedCall(2), endedCall(3));
    expect(log.listed()).toBe(3);
    expect(log.listed()).toBe(history.count({}));
    log.forget(endedCall(3).createdAt, 10);
    expect(log.listed()).toBe(history.count({}));
    expect(log.listed()).toBeLessThan(3);
  });

  test('are exact where they are kept, and end at a thousand elsewhere', () => {
    const { log, history } = open();
    const all = Array.from({ length: 1001 }, (_, n) =>
      endedCall(n, { party: { waId: '4915112345678', name: 'Bia' } }),
    );
    put(log, ...all);
    expect(history.countShown({ outcome: 'missed' })).toEqual({ calls: 1001, isMore: false });
    expect(history.countShown({ text: 'bia' })).toEqual({ calls: 1000, isMore: true });
    expect(history.countShown({ from: all[1]?.createdAt })).toEqual({ calls: 1000, isMore: false });
    expect(history.countShown({ text: 'nobody' })).toEqual({ calls: 0, isMore: false });
  });
});

describe('missed calls', () => {
  const party = { waId: '4915112345678' };
  test('are marked as seen one by one or all', () => {
    const { log } = open();
    put(log, endedCall(1), endedCall(2), endedCall(3));
    expect(log.unseenMissed()).toBe(3);
    expect(log.markSeen('support/wacid.1')).toBe(1);
    expect(log.markSeen()).toBe(2);
    expect(log.unseenMissed()).toBe(0);
  });

  test('stay seen when the provider reports them again', () => {
    const { log } = open();
    put(log, endedCall(1));
    log.markSeen();
    put(log, endedCall(1, { payload: 'x' }));
    expect(log.unseenMissed()).toBe(0);
  });

  test('reported after the person was spoken to are not unseen', () => {
    const { log } = open();
    put(
      log,
      endedCall(5, { party, direction: 'outbound', id: 'out/5' }, { kind: 'customer-hung-up' }),
    );
    put(log, endedCall(1, { party }));
    expect(log.unseenMissed()).toBe(0);
    put(log, endedCall(9, { party }));
    expect(log.unseenMissed()).toBe(1);
  });
});

test('keeps a removed number’s label for its calls', () => {
  const { log, history, accounts } = open();
  const account = {
    id: 'support',
    provider: 'meta',
    label: 'Support',
    number: '+1631',
    phoneNumberId: '1',
    wabaId: '2',
  } as const;
  put(log, endedCall(1));
  expect(history.list({}, undefined, 1).rows[0]?.accountLabel).toBe('support');
  accounts.replaceAll([account, { ...account, id: 'a', label: 'A' }]);
  expect(accounts.all().map((one) => one.id)).toEqual(['support', 'a']);
  accounts.replaceAll([]);
  expect(accounts.all()).toEqual([]);
  expect(history.list({}, undefined, 1).rows[0]?.accountLabel).toBe('Support');
});

test('settings: defaults, changes, and an invalid stored value', () => {
  const { settings, exec } = open();
  expect(settings.get()).toEqual(defaultSettings);
  expect(settings.set({ theme: 'dark', ringerVolume: 0.1 })).toEqual({
    ...defaultSettings,
    theme: 'dark',
    ringerVolume: 0.1,
  });
  exec(
    `UPDATE setting SET value = '"pink"' WHERE key = 'theme'; INSERT INTO setting VALUES ('old', '1')`,
  );
  expect(settings.get()).toEqual({ ...defaultSettings, ringerVolume: 0.1 });
});
