import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openReading } from '../../../../../src/main/calls/provider-sync/provider-sync.ts';
import { openDatabase } from '../../../../../src/main/db/open.ts';
import { SqliteReadMarks } from '../../../../../src/main/db/read-marks.ts';
import type { Call } from '../../../../../src/shared/call/model.ts';
import type { ProviderEvent, ProviderReport } from '../../../../../src/shared/providers/events.ts';
import type { ProviderId } from '../../../../../src/shared/rules/data/providers.ts';
import { FakeProvider } from '../../../../fakes/provider.ts';
import { ACCOUNT, createCallService } from '../../../../helpers/call-service.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { told } from '../../../../helpers/told.ts';
import { settled } from '../../../../helpers/until.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A console that was here before, unless `isNew`; it reads when told to. */
function reading(
  kind: ProviderId,
  { isNew = false, ...options }: Parameters<typeof createCallService>[0] & { isNew?: boolean } = {},
) {
  const path = join(tempFolder(), 'calls.db');
  const desk = createCallService({ kind, path, ...options });
  const { db } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  const marks = new SqliteReadMarks(db);
  if (!isNew) marks.set(ACCOUNT, desk.clock.now() - HOUR);
  const found: Call[] = [];
  const broken = new FakeProvider(kind);
  broken.readFailure = { code: 'http-503', message: 'down', transient: true };
  const read = openReading({
    calls: desk.service,
    callLog: desk.log,
    accounts: ['broken', ACCOUNT],
    provider: (accountId) => (accountId === ACCOUNT ? desk.provider : broken),
    marks,
    found: (calls) => found.push(...calls),
    clock: desk.clock,
    log: desk.lines,
  });
  onTestFinished(() => read.dispose());
  const pass = async (ms: number) => {
    desk.clock.advance(ms);
    await settled();
  };
  /** What was asked of the list so far, as hours and days before now. */
  const since = () =>
    desk.provider.asked
      .filter((asked) => asked.startsWith('read since'))
      .map((asked) => (desk.clock.now() - Number(asked.split(' ').at(-1))) / HOUR);
  return { ...desk, read, marks, found, broken, pass, since };
}

const about = (providerCallId: string, ...events: ProviderEvent[]): ProviderReport[] =>
  events.map((event) => ({ accountId: ACCOUNT, providerCallId, event }));

describe('at the start', () => {
  test('files unreported calls as reconciled, and nothing rings', async () => {
    const desk = reading('zernio');
    const then = desk.clock.now() - HOUR / 2;
    desk.provider.pages = [
      [
        ...about(
          'a',
          told.announced(then),
          told.talked(then + 60_000, 50, { bill: { meta: '0' } }),
        ),
        ...about('b', told.announced(then + 1), told.terminated(then + 30_000)),
      ],
      about(
        'c',
        told.announced(then, { direction: 'outbound' }),
        told.terminated(then, { direction: 'outbound' }),
      ),
    ];
    desk.read.start(false);
    await settled();
    const { rows } = desk.history.list({}, undefined, 10);
    expect(rows.map(({ outcome, createdAt }) => [outcome, createdAt])).toEqual([
      ['missed', then + 1],
      ['answered', then],
    ]);
    expect(desk.log.get(`${ACCOUNT}/a`)).toMatchObject({ reconciled: true, bill: { meta: '0' } });
    expect(desk.found.map(({ providerCallId }) => providerCallId)).toEqual(['a', 'b']);
    expect(desk.log.unseenMissed()).toBe(1);
    expect(desk.media).toEqual([]);
    expect(desk.marks.get(ACCOUNT)).toBe(desk.clock.now());
    expect(desk.lines.at('info').join()).toContain(`${ACCOUNT} told 3 calls, 2 unheard of`);
  });

  test('one number’s failure does not affect another, and is retried', async () => {
    const desk = reading('zernio');
    desk.read.start(false);
    await settled();
    expect(desk.lines.at('warn')).toEqual([
      'warn reconcile: broken could not be read: http-503: down',
    ]);
    expect(desk.marks.get('broken')).toBeUndefined();
    expect(desk.since()).toHaveLength(1);
    desk.broken.readFailure = undefined;
    await desk.pass(60_000);
    expect(desk.marks.get('broken')).toBeDefined();
  });

  test('reads from before the mark, at most a week back', async () => {
    const desk = reading('zernio');
    desk.read.start(false);
    expect(desk.since()).toEqual([3]);
    desk.marks.set(ACCOUNT, desk.clock.now() - 30 * DAY);
    const again = reading('zernio', { clock: desk.clock });
    again.marks.set(ACCOUNT, again.clock.now() - 30 * DAY);
    again.read.start(false);
    expect(again.since()).toEqual([7 * 24]);
  });

  test('a new console reads the last week, and its calls need no call back', async () => {
    const desk = reading('zernio', { isNew: true });
    const then = desk.clock.now() - DAY;
    desk.provider.pages = [about('b', told.announced(then), told.terminated(then + 30_000))];
    desk.read.start(false);
    await settled();
    expect(desk.since()).toEqual([7 * 24]);
    expect(desk.history.list({}, undefined, 10).rows).toMatchObject([
      { outcome: 'missed', unseen: false },
    ]);
    expect(desk.found).toEqual([]);
  });

  test('waits for the relay’s replay first', async () => {
    const desk = reading('zernio');
    desk.read.start(true);
    await desk.pass(9_000);
    expect(desk.since()).toEqual([]);
    desk.read.handleReplayComplete();
    expect(desk.since()).toHaveLength(1);
    await desk.pass(9_000);
    expect(desk.since()).toHaveLength(1);
  });

  test('does not wait long for the relay', async () => {
    const desk = reading('zernio');
    desk.read.start(true);
    await desk.pass(10_000);
    expect(desk.since()).toHaveLength(1);
  });
});

describe('calls read from the provider', () => {
  test('complete what is known, and repeat nothing', async () => {
    const desk = reading('zernio');
    const then = desk.clock.now() - 60_000;
    desk.say(told.announced(then), 'a');
    desk.say(told.talked(then + 30_000, 20), 'a');
    const page = about(
      'a',
      told.announced(then),
      told.status(then, 'accepted'),
      told.talked(then + 30_000, 20, { bill: { billable: '0.05' } }),
    );
    desk.provider.pages = [page, page];
    desk.read.start(false);
    await settled();
    const call = desk.log.get(`${ACCOUNT}/a`);
    expect(call?.bill).toMatchObject({ billable: '0.05' });
    expect(call?.reconciled).toBeUndefined();
    expect(desk.history.get(`${ACCOUNT}/a`)?.timeline).toHaveLength(3);
  });

  test('end a call that was live when the console stopped', async () => {
    const desk = reading('zernio');
    const then = desk.clock.now() - 60_000;
    desk.say(told.announced(then), 'a');
    desk.provider.pages = [about('a', told.announced(then), told.talked(then + 30_000, 20))];
    desk.read.start(false);
    await settled();
    expect(desk.history.get(`${ACCOUNT}/a`)).toMatchObject({ outcome: 'answered' });
  });

  test('show a call that goes on elsewhere', async () => {
    const desk = reading('zernio');
    const then = desk.clock.now() - 20 * 60_000;
    desk.provider.pages = [about('a', told.announced(then), told.status(then + 5_000, 'accepted'))];
    desk.read.start(false);
    await settled();
    expect(desk.service.live()).toMatchObject([
      { reconciled: true, connectedAt: then + 5_000, phase: { stage: 'talking' } },
    ]);
  });

  test('may ring if they ring now', async () => {
    const desk = reading('pilot-web');
    desk.provider.pages = [
      about('a', told.announced(desk.clock.now() - 6_000)),
      // Its webhook is on its way.
      about('b', told.announced(desk.clock.now() - 4_000)),
    ];
    desk.read.start(false);
    await settled();
    expect(desk.service.live()).toMatchObject([{ phase: { name: 'ringing' } }]);
    // The relay does not know it.
    desk.coordinator.claims = { kind: 'refused', why: 'unknown' };
    desk.service.accept(`${ACCOUNT}/a`);
    await settled();
    expect(desk.service.live()).toMatchObject([{ phase: { name: 'connected' } }]);
  });

  test('do not ring or count as missed when somebody else is on them', async () => {
    const desk = reading('pilot-web');
    const { clock } = desk;
    desk.provider.pages = [
      about('a', told.announced(clock.now() - 9_000), told.status(clock.now(), 'accepted')),
    ];
    desk.read.start(false);
    await settled();
    expect(desk.service.live()).toEqual([]);
    expect(desk.history.list({}, undefined, 10).rows).toEqual([]);
  });

  test('are one call under either of two ids', async () => {
    const desk = reading('pilot-web');
    const then = desk.clock.now() - 60_000;
    desk.say(told.announced(then), 'call_1');
    desk.say(told.terminated(then + 20_000), 'call_1');
    const events = [told.announced(then), told.terminated(then + 20_000, { recorded: true })];
    desk.provider.pages = [
      events.map((event) => ({
        accountId: ACCOUNT,
        providerCallId: 'ext',
        secondaryId: 'call_1',
        event,
      })),
    ];
    desk.read.start(false);
    await settled();
    expect(desk.history.list({}, undefined, 10).rows).toHaveLength(1);
    expect(desk.log.get(`${ACCOUNT}/call_1`)).toMatchObject({ secondaryId: 'ext', recorded: {} });
    // From now on it is known by either.
    expect(desk.log.byProviderId(ACCOUNT, 'ext')?.providerCallId).toBe('call_1');
  });
});

describe('after a lost connection', () => {
  async function connected() {
    const desk = reading('zernio');
    desk.read.start(true);
    desk.read.handleReplayComplete();
    await settled();
    desk.provider.asked.length = 0;
    return desk;
  }
  const lost = {
    state: 'reconnecting',
    retryAt: 0,
    attempt: 0,
    lostAt: 0,
    why: { code: 'dropped' },
  } as const;

  test('reads calls after more than a minute', async () => {
    const desk = await connected();
    desk.read.handleConnection(lost);
    await desk.pass(61_000);
    desk.read.handleReplayComplete();
    expect(desk.since()).toHaveLength(1);
  });

  test('reads nothing after less: the relay has them all', async () => {
    const desk = await connected();
    desk.read.handleConnection(lost);
    await desk.pass(59_000);
    desk.read.handleReplayComplete();
    expect(desk.since()).toEqual([]);
  });

  test('reads calls after the machine slept', async () => {
    const desk = await connected();
    desk.clock.jump(HOUR);
    // The timers of before the sleep come first, and so does the news that the connection is gone.
    desk.read.handleConnection(lost);
    await desk.pass(2_000);
    desk.read.handleReplayComplete();
    expect(desk.since()).toHaveLength(1);
  });

  test('reads once an hour while connected, in case webhooks fail', async () => {
    const desk = await connected();
    for (let minutes = 0; minutes < 59; minutes++) await desk.pass(60_000);
    expect(desk.since()).toEqual([]);
    await desk.pass(60_000);
    expect(desk.since()).toEqual([3]);
    expect(desk.marks.get(ACCOUNT)).toBe(desk.clock.now());
  });

  test('reads more often without a relay', async () => {
    const desk = reading('zernio');
    desk.read.start(false);
    await settled();
    for (let minutes = 0; minutes < 10; minutes++) await desk.pass(60_000);
    expect(desk.since()).toHaveLength(3);
  });

  test('does not advance without a connection', async () => {
    const desk = await connected();
    const mark = desk.marks.get(ACCOUNT);
    desk.read.handleConnection(lost);
    await desk.pass(HOUR);
    expect(desk.marks.get(ACCOUNT)).toBe(mark);
  });
});
