import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openProviderSync } from '../../../../../src/main/calls/provider-sync/provider-sync.ts';
import { openDatabase } from '../../../../../src/main/db/open.ts';
import { SqliteReadMarks } from '../../../../../src/main/db/read-marks.ts';
import type { Call } from '../../../../../src/shared/call/model.ts';
import type { ProviderEvent, ProviderReport } from '../../../../../src/shared/providers/events.ts';
import type { ProviderId } from '../../../../../src/shared/rules/data/providers.ts';
import { FakeProvider } from '../../../../fakes/provider.ts';
import { ACCOUNT, createCallService } from '../../../../helpers/call-service.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { report } from '../../../../helpers/reports.ts';
import { settled } from '../../../../helpers/until.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A console that was here before, unless `isNew`; reads when told to. */
function reading(
  kind: ProviderId,
  { isNew = false, ...options }: Parameters<typeof createCallService>[0] & { isNew?: boolean } = {},
) {
  const path = join(tempFolder(), 'calls.db');
  const fixture = createCallService({ kind, path, ...options });
  const { db } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  const marks = new SqliteReadMarks(db);
  if (!isNew) marks.set(ACCOUNT, fixture.clock.now() - HOUR);
  const found: Call[] = [];
  const broken = new FakeProvider(kind);
  broken.readFailure = { code: 'http-503', message: 'down', transient: true };
  const read = openProviderSync({
    calls: fixture.service,
    callLog: fixture.log,
    accounts: ['broken', ACCOUNT],
    provider: (accountId) => (accountId === ACCOUNT ? fixture.provider : broken),
    marks,
    found: (calls) => found.push(...calls),
    clock: fixture.clock,
    log: fixture.lines,
  });
  onTestFinished(() => read.close());
  const pass = async (ms: number) => {
    fixture.clock.advance(ms);
    await settled();
  };
  /** The times since which calls were read so far, as hours and days before now. */
  const since = () =>
    fixture.provider.asked
      .filter((asked) => asked.startsWith('read since'))
      .map((asked) => (fixture.clock.now() - Number(asked.split(' ').at(-1))) / HOUR);
  return { ...fixture, read, marks, found, broken, pass, since };
}

const about = (providerCallId: string, ...events: ProviderEvent[]): ProviderReport[] =>
  events.map((event) => ({ accountId: ACCOUNT, providerCallId, event }));

describe('at the start', () => {
  test('files unreported calls as reconciled, and nothing rings', async () => {
    const fixture = reading('zernio');
    const then = fixture.clock.now() - HOUR / 2;
    fixture.provider.pages = [
      [
        ...about(
          'a',
          report.announced(then),
          report.talked(then + 60_000, 50, { bill: { meta: '0' } }),
        ),
        ...about('b', report.announced(then + 1), report.terminated(then + 30_000)),
      ],
      about(
        'c',
        report.announced(then, { direction: 'outbound' }),
        report.terminated(then, { direction: 'outbound' }),
      ),
    ];
    fixture.read.start(false);
    await settled();
    const { rows } = fixture.history.list({}, undefined, 10);
    expect(rows.map(({ outcome, createdAt }) => [outcome, createdAt])).toEqual([
      ['missed', then + 1],
      ['answered', then],
    ]);
    expect(fixture.log.get(`${ACCOUNT}/a`)).toMatchObject({
      reconciled: true,
      bill: { meta: '0' },
    });
    expect(fixture.found.map(({ providerCallId }) => providerCallId)).toEqual(['a', 'b']);
    expect(fixture.log.unseenMissed()).toBe(1);
    expect(fixture.media).toEqual([]);
    expect(fixture.marks.get(ACCOUNT)).toBe(fixture.clock.now());
    expect(fixture.lines.at('info').join()).toContain(`${ACCOUNT} had 3 calls, 2 of them new`);
  });

  test('one number’s failure does not affect another, and is retried', async () => {
    const fixture = reading('zernio');
    fixture.read.start(false);
    await settled();
    expect(fixture.lines.at('warn')).toEqual([
      'warn backfill: broken could not be read: http-503: down',
    ]);
    expect(fixture.marks.get('broken')).toBeUndefined();
    expect(fixture.since()).toHaveLength(1);
    fixture.broken.readFailure = undefined;
    await fixture.pass(60_000);
    expect(fixture.marks.get('broken')).toBeDefined();
  });

  test('reads from before the mark, at most a week back', async () => {
    const fixture = reading('zernio');
    fixture.read.start(false);
    expect(fixture.since()).toEqual([3]);
    fixture.marks.set(ACCOUNT, fixture.clock.now() - 30 * DAY);
    const again = reading('zernio', { clock: fixture.clock });
    again.marks.set(ACCOUNT, again.clock.now() - 30 * DAY);
    again.read.start(false);
    expect(again.since()).toEqual([7 * 24]);
  });

  test('a new console reads the last week, and its calls need no call back', async () => {
    const fixture = reading('zernio', { isNew: true });
    const then = fixture.clock.now() - DAY;
    fixture.provider.pages = [about('b', report.announced(then), report.terminated(then + 30_000))];
    fixture.read.start(false);
    await settled();
    expect(fixture.since()).toEqual([7 * 24]);
    expect(fixture.history.list({}, undefined, 10).rows).toMatchObject([
      { outcome: 'missed', unseen: false },
    ]);
    expect(fixture.found).toEqual([]);
  });

  test('waits for the relay’s replay first', async () => {
    const fixture = reading('zernio');
    fixture.read.start(true);
    await fixture.pass(9_000);
    expect(fixture.since()).toEqual([]);
    fixture.read.handleReplayComplete();
    expect(fixture.since()).toHaveLength(1);
    await fixture.pass(9_000);
    expect(fixture.since()).toHaveLength(1);
  });

  test('does not wait long for the relay', async () => {
    const fixture = reading('zernio');
    fixture.read.start(true);
    await fixture.pass(10_000);
    expect(fixture.since()).toHaveLength(1);
  });
});

describe('calls read from the provider', () => {
  test('complete what is known, and repeat nothing', async () => {
    const fixture = reading('zernio');
    const then = fixture.clock.now() - 60_000;
    fixture.receive(report.announced(then), 'a');
    fixture.receive(report.talked(then + 30_000, 20), 'a');
    const page = about(
      'a',
      report.announced(then),
      report.status(then, 'accepted'),
      report.talked(then + 30_000, 20, { bill: { billable: '0.05' } }),
    );
    fixture.provider.pages = [page, page];
    fixture.read.start(false);
    await settled();
    const call = fixture.log.get(`${ACCOUNT}/a`);
    expect(call?.bill).toMatchObject({ billable: '0.05' });
    expect(call?.reconciled).toBeUndefined();
    expect(fixture.history.get(`${ACCOUNT}/a`)?.timeline).toHaveLength(3);
  });

  test('end a call that was live when the console stopped', async () => {
    const fixture = reading('zernio');
    const then = fixture.clock.now() - 60_000;
    fixture.receive(report.announced(then), 'a');
    fixture.provider.pages = [about('a', report.announced(then), report.talked(then + 30_000, 20))];
    fixture.read.start(false);
    await settled();
    expect(fixture.history.get(`${ACCOUNT}/a`)).toMatchObject({ outcome: 'answered' });
  });

  test('show a call that goes on elsewhere', async () => {
    const fixture = reading('zernio');
    const then = fixture.clock.now() - 20 * 60_000;
    fixture.provider.pages = [
      about('a', report.announced(then), report.status(then + 5_000, 'accepted')),
    ];
    fixture.read.start(false);
    await settled();
    expect(fixture.service.live()).toMatchObject([
      { reconciled: true, connectedAt: then + 5_000, phase: { stage: 'talking' } },
    ]);
  });

  test('may ring if they ring now', async () => {
    const fixture = reading('pilot-web');
    fixture.provider.pages = [
      about('a', report.announced(fixture.clock.now() - 6_000)),
      // Its webhook is on its way.
      about('b', report.announced(fixture.clock.now() - 4_000)),
    ];
    fixture.read.start(false);
    await settled();
    expect(fixture.service.live()).toMatchObject([{ phase: { name: 'ringing' } }]);
    // The relay does not know it.
    fixture.coordinator.claims = { kind: 'refused', why: 'unknown' };
    fixture.service.accept(`${ACCOUNT}/a`);
    await settled();
    expect(fixture.service.live()).toMatchObject([{ phase: { name: 'connected' } }]);
  });

  test('do not ring or count as missed when somebody else is on them', async () => {
    const fixture = reading('pilot-web');
    const { clock } = fixture;
    fixture.provider.pages = [
      about('a', report.announced(clock.now() - 9_000), report.status(clock.now(), 'accepted')),
    ];
    fixture.read.start(false);
    await settled();
    expect(fixture.service.live()).toEqual([]);
    expect(fixture.history.list({}, undefined, 10).rows).toEqual([]);
  });

  test('are one call under either of two ids', async () => {
    const fixture = reading('pilot-web');
    const then = fixture.clock.now() - 60_000;
    fixture.receive(report.announced(then), 'call_1');
    fixture.receive(report.terminated(then + 20_000), 'call_1');
    const events = [report.announced(then), report.terminated(then + 20_000, { recorded: true })];
    fixture.provider.pages = [
      events.map((event) => ({
        accountId: ACCOUNT,
        providerCallId: 'ext',
        secondaryId: 'call_1',
        event,
      })),
    ];
    fixture.read.start(false);
    await settled();
    expect(fixture.history.list({}, undefined, 10).rows).toHaveLength(1);
    expect(fixture.log.get(`${ACCOUNT}/call_1`)).toMatchObject({
      secondaryId: 'ext',
      recorded: {},
    });
    // From now on it is known by either id.
    expect(fixture.log.byProviderId(ACCOUNT, 'ext')?.providerCallId).toBe('call_1');
  });
});

describe('after a lost connection', () => {
  async function connected() {
    const fixture = reading('zernio');
    fixture.read.start(true);
    fixture.read.handleReplayComplete();
    await settled();
    fixture.provider.asked.length = 0;
    return fixture;
  }
  const lost = {
    state: 'reconnecting',
    retryAt: 0,
    attempt: 0,
    lostAt: 0,
    why: { code: 'dropped' },
  } as const;

  test('reads calls after more than a minute', async () => {
    const fixture = await connected();
    fixture.read.handleConnection(lost);
    await fixture.pass(61_000);
    fixture.read.handleReplayComplete();
    expect(fixture.since()).toHaveLength(1);
  });

  test('reads nothing after less: the relay has them all', async () => {
    const fixture = await connected();
    fixture.read.handleConnection(lost);
    await fixture.pass(59_000);
    fixture.read.handleReplayComplete();
    expect(fixture.since()).toEqual([]);
  });

  test('reads calls after the machine slept', async () => {
    const fixture = await connected();
    fixture.clock.jump(HOUR);
    // Timers from before the sleep fire first, and so does the report of the lost connection.
    fixture.read.handleConnection(lost);
    await fixture.pass(2_000);
    fixture.read.handleReplayComplete();
    expect(fixture.since()).toHaveLength(1);
  });

  test('reads once an hour while connected, in case webhooks fail', async () => {
    const fixture = await connected();
    for (let minutes = 0; minutes < 59; minutes++) await fixture.pass(60_000);
    expect(fixture.since()).toEqual([]);
    await fixture.pass(60_000);
    expect(fixture.since()).toEqual([3]);
    expect(fixture.marks.get(ACCOUNT)).toBe(fixture.clock.now());
  });

  test('reads more often without a relay', async () => {
    const fixture = reading('zernio');
    fixture.read.start(false);
    await settled();
    for (let minutes = 0; minutes < 10; minutes++) await fixture.pass(60_000);
    expect(fixture.since()).toHaveLength(3);
  });

  test('does not advance without a connection', async () => {
    const fixture = await connected();
    const mark = fixture.marks.get(ACCOUNT);
    fixture.read.handleConnection(lost);
    await fixture.pass(HOUR);
    expect(fixture.marks.get(ACCOUNT)).toBe(mark);
  });
});
