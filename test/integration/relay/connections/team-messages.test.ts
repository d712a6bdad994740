import { expect, it } from 'vitest';
import { LONGEST_TEAM_MESSAGE } from '../../../../src/shared/protocol/limits.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });
const granted = { kind: 'granted' };
const toBea = { kind: 'agent', name: 'bea' } as const;

it('a message reaches the teammate alone, also one who comes back later, who marks it as read', async () => {
  const [ana, cid] = [await world.join('ana'), await world.join('cid')];
  const bea = await world.join('bea');
  const { epoch, head: cursor } = bea.welcome;
  bea.terminate();
  await world.left('bea');
  expect(await ana.ask({ type: 'tell', to: toBea, text: 'Call Zoe\u202e first' })).toEqual(granted);
  const mine = await ana.entry('told');
  expect(mine).toMatchObject({ from: { id: 'ana' }, to: ['bea'], toName: 'Agent bea' });
  expect(mine.text).toBe('Call Zoe first');
  const back = await world.join('bea', { epoch, cursor });
  expect(await back.entry('told')).toEqual(mine);
  const read = [{ id: mine.messageId, from: 'ana' }];
  expect(await back.ask({ type: 'told-read', messages: read })).toEqual(granted);
  expect(await ana.entry('told-read')).toMatchObject({
    by: { id: 'bea' },
    messageIds: [mine.messageId],
  });
  // With the same rights, and up to date.
  expect(await ana.ask({ type: 'tell', to: { kind: 'agent', name: 'cid' }, text: 'Hi' })).toEqual(
    granted,
  );
  await cid.entry('told');
  expect(cid.all('entry').map(({ body }) => body.type)).toEqual(['told']);
});

it('a team is written to by its supervisors, and nobody too often or at length', async () => {
  await world.token('sam', { role: 'supervisor', team: 'Care' });
  await world.token('bea', { team: 'Care' });
  const [sam, bea, ana] = [
    await world.join('sam'),
    await world.join('bea'),
    await world.join('ana'),
  ];
  const toCare = { kind: 'team', name: 'Care' } as const;
  expect(await ana.ask({ type: 'tell', to: toCare, text: 'Hi' })).toMatchObject({ why: 'role' });
  expect(await sam.ask({ type: 'tell', to: toCare, text: 'Break at 3' })).toEqual(granted);
  expect(await bea.entry('told')).toMatchObject({ to: ['bea'], toName: 'Care', team: true });
  for (const [to, why] of [
    [{ kind: 'team', name: 'Sales' }, 'unknown-team'],
    [{ kind: 'agent', name: 'zoe' }, 'unknown-teammate'],
    [{ kind: 'agent', name: 'sam' }, 'unknown-teammate'],
  ] as const) {
    expect(await sam.ask({ type: 'tell', to, text: 'Hi' })).toEqual({ kind: 'refused', why });
  }
  const long = 'x'.repeat(LONGEST_TEAM_MESSAGE + 1);
  expect(await sam.ask({ type: 'tell', to: toCare, text: long })).toMatchObject({
    why: 'too-large',
  });
  const tries = Array.from({ length: 12 }, (_, index) => `Message ${index}`);
  const answers = await Promise.all(
    tries.map((text) => sam.ask({ type: 'tell', to: toCare, text })),
  );
  expect(answers.at(-1)).toEqual({ kind: 'refused', why: 'too-many-messages' });
  expect(ana.all('entry')).toEqual([]);
});
