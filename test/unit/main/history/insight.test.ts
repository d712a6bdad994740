import { afterEach, expect, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { packDays } from '../../../../src/main/db/insight/pack-days.ts';
import { Insight } from '../../../../src/main/history/insight/insight.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 2, 27, 12);
const range = { from: FIRST - DAY_MS, to: FIRST + 9 * DAY_MS, zone: 'UTC' };
const roster = {
  Bea: { name: 'Beatriz', team: 'Care' },
  Beatriz: { name: 'Beatriz', team: 'Care' },
};

const opened: { close(): unknown }[] = [];
afterEach(() => opened.splice(0).forEach((db) => db.close()));

test.each(['as calls', 'as packed days'])(
  'a teammate who was renamed is one, under the newest name, %s',
  async (how) => {
    const db = emptyDatabase();
    opened.push(db);
    const log = new SqliteCallLog(db);
    for (const [n, by] of ['Bea', 'Beatriz', 'Zoe'].entries()) {
      const call = endedCall(n, { createdAt: FIRST + n * DAY_MS });
      put(log, { ...call, phase: { name: 'ended', at: call.createdAt, reason: taken(by) } });
    }
    put(log, endedCall(9, { createdAt: FIRST + 8 * DAY_MS }));
    if (how === 'as packed days') await packDays(db, new AbortController().signal);
    const insight = new Insight(db);
    const groups = (dimension: 'agent' | 'team') => {
      const figures = insight.figures({ view: 'breakdown', dimension }, range, roster);
      if (figures.view !== 'breakdown') throw new Error('another view');
      return figures.groups.map(({ key, received }) => [key, received]);
    };
    expect(groups('agent')).toEqual([
      ['Beatriz', 2],
      ['Zoe', 1],
    ]);
    expect(groups('team')).toEqual([['Care', 2]]);
    const slice = { ...range, by: { dimension: 'agent' as const, key: 'Beatriz' } };
    expect(insight.seqsOf(slice, roster)).toHaveLength(2);
  },
);

const taken = (by: string) => ({ kind: 'answered-elsewhere' as const, by });
