import { expect, it } from 'vitest';
import { plainConfig } from './harness.ts';
import { accounts } from './numbers.ts';
import { RelayWorld } from './relay-world.ts';

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
