import { expect, it } from 'vitest';
import { plainConfig, post, terminate } from '../harness.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const { accounts: main } = plainConfig('');
const world = new RelayWorld({ accounts: [main, accounts].flat() });
const DAY_MS = 86_400_000;
const party = { waId: '5511999990000' };

it('supervisors see who waits and talks, and the figures of their numbers, also after a restart', async () => {
  await world.token('sam', { role: 'supervisor' });
  await world.token('eva', { role: 'supervisor', numbers: ['web'] });
  const [ana, sam, eva] = [
    await world.join('ana'),
    await world.join('sam'),
    await world.join('eva'),
  ];
  const waiting = await world.ring('wacid.1');
  world.clock.advance(5_000);
  expect(await sam.ask({ type: 'board', dayMs: DAY_MS })).toMatchObject({
    kind: 'board',
    waiting: [{ callId: waiting, accountId: 'main', forMs: 5_000 }],
    live: [],
    numbers: [{ id: 'main', calls: 1, missed: 0, answered: 0 }],
  });
  expect(await ana.claim(waiting)).toEqual({ kind: 'granted' });
  world.clock.advance(60_000);
  const [answered, talking] = [
    { id: 'ana', name: 'Agent ana', answered: 1, placed: 0, talkSeconds: 60, answerSeconds: 5 },
    { callId: waiting, agent: { id: 'ana' }, forMs: 60_000 },
  ];
  const during = { waiting: [], live: [talking], agents: [answered] };
  expect(await sam.ask({ type: 'board', dayMs: DAY_MS })).toMatchObject(during);
  await world.restart();
  const back = await world.join('sam');
  expect(await back.ask({ type: 'board', dayMs: DAY_MS })).toMatchObject(during);
  await world.end('wacid.1', 60_000);
  expect(await back.ask({ type: 'board', dayMs: DAY_MS })).toMatchObject({
    live: [],
    agents: [answered],
  });
  // A day that began after it.
  expect(await back.ask({ type: 'board', dayMs: 1_000 })).toMatchObject({
    agents: [],
    numbers: [],
  });
  expect(await eva.closed).toBeDefined();
  const other = await world.join('eva');
  expect(await other.ask({ type: 'board', dayMs: DAY_MS })).toMatchObject({
    waiting: [],
    agents: [],
    numbers: [],
  });
  expect(await other.ask({ type: 'team-calls' })).toEqual({ kind: 'team-calls', calls: [] });
});

it('the team’s calls are told page by page, of one agent if asked, and to supervisors only', async () => {
  await world.token('sam', { role: 'supervisor' });
  const [ana, bea, sam] = [
    await world.join('ana'),
    await world.join('bea'),
    await world.join('sam'),
  ];
  for (const type of ['board', 'team-calls'] as const) {
    const question = type === 'board' ? { type, dayMs: DAY_MS } : { type };
    expect(await ana.ask(question)).toEqual({ kind: 'refused', why: 'role' });
  }
  for (let call = 0; call < 51; call++) {
    const placed = { accountId: 'main', providerCallId: `placed.${call}`, party };
    const by = call % 2 === 0 ? ana : bea;
    expect(await by.ask({ type: 'placed', ...placed })).toEqual({ kind: 'granted' });
  }
  const first = await sam.ask({ type: 'team-calls' });
  if (first.kind !== 'team-calls') throw new Error(JSON.stringify(first));
  expect(first.calls).toHaveLength(50);
  expect(first.calls[0]).toMatchObject({ callId: 'main/placed.50', placedBy: { id: 'ana' } });
  expect(await sam.ask({ type: 'team-calls', before: first.before })).toMatchObject({
    calls: [{ callId: 'main/placed.0' }],
  });
  const ofBea = await sam.ask({ type: 'team-calls', agentId: 'bea' });
  expect(ofBea).toMatchObject({ calls: { length: 25 } });
  // Whoever places no calls has placed none.
  await world.token('eva', { calls: 'none' });
  const eva = await world.join('eva');
  expect(
    await eva.ask({ type: 'placed', accountId: 'main', providerCallId: 'forged', party }),
  ).toEqual({ kind: 'refused', why: 'restricted' });
});

it('supervisors are told what the team’s calls add up to, of their numbers only', async () => {
  await world.token('sam', { role: 'supervisor' });
  await world.token('eva', { role: 'supervisor', numbers: ['web'] });
  const [ana, sam, eva] = [
    await world.join('ana'),
    await world.join('sam'),
    await world.join('eva'),
  ];
  const from = world.clock.now();
  const answered = await world.ring('wacid.insight.1');
  world.clock.advance(5_000);
  await ana.claim(answered);
  world.clock.advance(60_000);
  await world.end('wacid.insight.1', 60_000);
  const range = { from, to: world.clock.now(), zone: 'America/Sao_Paulo' };
  const ask = (by: typeof ana, more: { accountId?: string } = {}) =>
    by.ask({
      type: 'insight',
      part: { view: 'breakdown', dimension: 'agent' },
      range: { ...range, ...more },
    });
  expect(await ask(sam)).toMatchObject({
    kind: 'insight',
    figures: {
      all: { received: 1, pickedUp: 1, missed: 0 },
      groups: [
        { key: 'ana', pickedUp: 1, lengths: { answer: { median: 5 }, talk: { total: 60 } } },
      ],
    },
  });
  expect(await ask(ana)).toEqual({ kind: 'refused', why: 'role' });
  for (const more of [{}, { accountId: 'main' }]) {
    expect(await ask(eva, more)).toMatchObject({ figures: { all: { received: 0 }, groups: [] } });
  }
});

it('what consoles measured is in the team’s figures, with costs by the supervisor’s prices, and told to nobody', async () => {
  await world.token('sam', { role: 'supervisor' });
  await world.token('eva', { numbers: ['web'] });
  const [ana, sam, eva] = [
    await world.join('ana'),
    await world.join('sam'),
    await world.join('eva'),
  ];
  const from = world.clock.now();
  await ana.claim(await world.ring('wacid.measured'));
  const placed = { accountId: 'main', providerCallId: 'wacid.placed', party } as const;
  expect(await ana.ask({ type: 'placed', ...placed })).toEqual({ kind: 'granted' });
  world.clock.advance(70_000);
  await world.end('wacid.measured', 60_000);
  const seconds = (ms: number) => String(Math.floor(ms / 1000));
  const now = world.clock.now();
  const talk = { start_time: seconds(now - 61_000), end_time: seconds(now), duration: 61 };
  const direction = 'BUSINESS_INITIATED';
  await post(world.url, terminate('wacid.placed', now, { direction, ...talk }));
  const about = { type: 'measured', accountId: 'main', providerCallId: 'wacid.measured' } as const;
  const lengths = { talkSeconds: 48, holdSeconds: 12 };
  expect(await ana.ask({ ...about, ...lengths })).toEqual({ kind: 'granted' });
  const sound = { mos: 2.5, blame: 'customer' } as const;
  expect(await ana.ask({ ...about, ...lengths, wrapUpSeconds: 20, ...sound })).toEqual({
    kind: 'granted',
  });
  const refused = { kind: 'refused', why: 'unknown-account' };
  expect(await eva.ask({ ...about, ...lengths })).toEqual(refused);

  await world.restart();
  const back = await world.join('sam');
  const range = { from, to: world.clock.now(), zone: 'Asia/Kathmandu' };
  const csv = `effective_from,currency,region,areas,above_minutes,rate_per_minute
2020-01-01,USD,Brazil,BR,0,0.10`;
  expect(await back.ask({ type: 'insight', part: { view: 'quality' }, range })).toMatchObject({
    figures: { all: { customer: 1, good: 0, mos: 2.5 } },
  });
  const part = { view: 'breakdown', dimension: 'agent' } as const;
  expect(await back.ask({ type: 'insight', part, range })).toMatchObject({
    figures: {
      groups: [
        {
          key: 'ana',
          lengths: { talk: { total: 109 }, hold: { total: 12 }, wrapUp: { total: 20 } },
        },
      ],
    },
  });
  const cost = { type: 'insight', part: { view: 'cost' }, range } as const;
  const row = { accountId: 'main', country: 'BR', calls: 1, seconds: 61 };
  expect(await back.ask(cost)).toMatchObject({ figures: { rows: [{ ...row, unpriced: 1 }] } });
  // Eleven steps of six seconds.
  expect(await back.ask({ ...cost, prices: { csv, currency: 'USD' } })).toMatchObject({
    figures: { rows: [{ ...row, unpriced: 0, amount: '0.11', currency: 'USD' }] },
  });
  // It is passed over, so nobody waits for it.
  const heard = [ana, sam, eva].flatMap((console) => console.all('entry'));
  expect(heard.map(({ body }) => body.type)).not.toContain('measured');
});

it('calls are counted as long as the log has them, and the answer says how long that is', async () => {
  await world.token('sam', { role: 'supervisor' });
  const ana = await world.join('ana');
  const from = world.clock.now();
  await ana.claim(await world.ring('wacid.old'));
  world.clock.advance(10_000);
  await world.end('wacid.old', 10_000);
  const range = { from, to: from + DAY_MS, zone: 'UTC', accountId: 'main' };
  const ask = async () => {
    const sam = await world.join('sam');
    return sam.ask({ type: 'insight', part: { view: 'breakdown', dimension: 'number' }, range });
  };
  world.clock.advance(10 * DAY_MS);
  await world.restart();
  expect(await ask()).toMatchObject({ figures: { all: { received: 1 } }, knownForMs: 14 * DAY_MS });
  world.clock.advance(5 * DAY_MS);
  expect(await ask()).toMatchObject({ figures: { all: { received: 0 } } });
});
