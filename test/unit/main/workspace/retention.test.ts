import { expect, it, onTestFinished } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { CallNoteStore } from '../../../../src/main/db/call-notes.ts';
import { History } from '../../../../src/main/history/history.ts';
import { startRetention } from '../../../../src/main/workspace/retention.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = 1_800_000_000_000;

function open(days: number | undefined) {
  const db = emptyDatabase();
  const calls = new SqliteCallLog(db);
  const clock = new FakeClock(NOW);
  let changes = 0;
  let purges = 0;
  let stored: number | undefined;
  let isSure = false;
  const filesForgotten: number[] = [];
  const stop = startRetention({
    days,
    forget: (before, most) => calls.forget(before, most).length,
    forgetFiles: (before) => filesForgotten.push(before),
    deadline: { get: () => stored, set: (at) => (stored = at) },
    isTimeSure: () => isSure,
    changed: () => changes++,
    purge: () => purges++,
    clock,
    log: new FakeLog(),
  });
  onTestFinished(() => {
    stop();
    db.close();
  });
  const history = new History(db);
  const rows = (table: string) =>
    db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n;
  return {
    calls,
    notes: new CallNoteStore(db),
    clock,
    rows,
    listed: () => history.list({}, undefined, 500).rows.map(({ id }) => id),
    found: (text: string) => history.list({ text }, undefined, 50).rows.length,
    filesForgotten,
    changes: () => changes,
    purges: () => purges,
    makeSure: () => (isSure = true),
    stop,
  };
}

/** So many days ago. */
const ago = (n: number, days: number) => endedCall(n, { createdAt: NOW - days * DAY_MS });

it('deletes what is older than it may be kept, with all that was written about it', () => {
  const { calls, notes, clock, rows, listed, found, changes, filesForgotten } = open(90);
  put(calls, ago(1, 200), ago(2, 91), ago(3, 89));
  notes.set({ callId: 'support/wacid.1', text: 'broken cup', tags: [], at: 1 });
  expect(found('broken cup')).toBe(1);
  clock.advance(2_000);
  expect(listed()).toEqual(['support/wacid.3']);
  expect(found('broken cup')).toBe(0);
  expect([rows('call'), rows('call_note'), rows('call_event'), rows('call_text')]).toEqual([
    1, 0, 1, 1,
  ]);
  expect(changes()).toBe(1);
  expect(filesForgotten).toEqual([NOW + 2_000 - 90 * DAY_MS]);
  // The next one is old tomorrow or so.
  clock.advance(2 * DAY_MS);
  expect(listed()).toEqual([]);
});

it('keeps a call that somebody promised to return later', () => {
  const { calls, notes, clock, listed } = open(1);
  put(calls, ago(1, 5), ago(2, 5));
  const promise = { callId: 'support/wacid.1', text: '', tags: [], at: 1 };
  notes.set({ ...promise, callbackAt: NOW + DAY_MS });
  clock.advance(2_000);
  expect(listed()).toEqual(['support/wacid.1']);
  clock.advance(3 * DAY_MS);
  expect(listed()).toEqual([]);
});

it('deletes many in small parts, and cleans the search index once', () => {
  const { calls, clock, rows, purges, filesForgotten } = open(30);
  put(calls, ...Array.from({ length: 90 }, (_, n) => ago(n, 130 - n)));
  clock.advance(2_000);
  expect([rows('call'), purges()]).toEqual([70, 0]);
  clock.advance(400);
  expect(rows('call')).toBe(50);
  clock.advance(10_000);
  expect([rows('call'), purges()]).toEqual([0, 1]);
  expect(filesForgotten).toHaveLength(1);
});

it('a clock that leaps ahead does not empty the log, until the relay agrees', () => {
  const { calls, clock, listed, makeSure } = open(30);
  put(calls, ago(1, 31), ago(2, 10), ago(3, 1));
  clock.advance(2_000);
  expect(listed()).toHaveLength(2);
  clock.jump(4_000 * DAY_MS);
  clock.advance(DAY_MS);
  expect(listed()).toHaveLength(2);
  makeSure();
  clock.advance(2 * 3_600_000);
  expect(listed()).toHaveLength(0);
});

it('deletes nothing unless the organisation says so, or after it was stopped', () => {
  const free = open(undefined);
  expect(free.clock.pending).toBe(0);
  const stopped = open(1);
  put(stopped.calls, ago(1, 5));
  stopped.stop();
  stopped.clock.advance(DAY_MS);
  expect(stopped.listed()).toHaveLength(1);
});
