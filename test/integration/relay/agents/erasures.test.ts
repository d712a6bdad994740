import { expect, it } from 'vitest';
import { personHash } from '../../../../src/sqlite/person-hash.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });
const GONE = '5511987654321';
const party = { waId: GONE };
const frame = { accountId: 'web', party, providerCallId: 'wacid.1' };
const keys = [GONE, 'u:BR.1'];
const erase = { type: 'admin' as const, request: { do: 'erase' as const, keys } };

it('an admin erases a person: consoles hear of it, those that come later, too', async () => {
  await world.token('adam', { role: 'admin' });
  const [adam, bea] = [await world.join('adam'), await world.join('bea')];
  await bea.noted({ ...frame, text: 'Owes us money' });
  await adam.entry('noted');
  const outcome = await adam.ask(erase);
  if (outcome.kind !== 'erased') throw new Error(JSON.stringify(outcome));
  expect(outcome.rows).toMatchObject({ entries: 1 });
  const { erasure } = outcome;
  expect(erasure.hashes).toEqual(keys.map((key) => personHash(erasure.salt, key)));
  for (const console of [adam, bea]) {
    expect(await console.entry('erased')).toMatchObject({ type: 'erased', erasure });
  }
  const late = await world.join('cora');
  expect(await late.ask({ type: 'erasures', after: 0 })).toEqual({
    kind: 'erasures',
    items: [erasure],
  });
  expect(await late.ask({ type: 'erasures', after: erasure.at })).toMatchObject({ items: [] });
  expect(JSON.stringify(await late.ask({ type: 'notes' }))).not.toContain(GONE);
});

it('nobody but an admin erases', async () => {
  await world.token('sue', { role: 'supervisor' });
  for (const name of ['sue', 'bea']) {
    const console = await world.join(name);
    expect(await console.ask(erase)).toEqual({ kind: 'refused', why: 'role' });
  }
});
