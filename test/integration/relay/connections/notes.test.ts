import { expect, it } from 'vitest';
import { LONGEST_NOTE } from '../../../../src/shared/protocol/limits.ts';
import { LONGEST_LABEL } from '../../../../src/shared/protocol/wrap-up.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });
const party = { waId: '5511999990000' };
const frame = { accountId: 'web', party, providerCallId: 'wacid.1' };

it('a note reaches everyone who sees the number, by the connected agent', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  expect(await ana.noted({ ...frame, text: 'Wants a refund' })).toEqual({ kind: 'granted' });
  for (const console of [ana, bea]) {
    expect(await console.entry('noted')).toEqual({
      type: 'noted',
      ...frame,
      text: 'Wants a refund',
      by: { id: 'ana', name: 'Agent ana' },
      at: world.clock.now(),
    });
  }
});

it('an outcome and tags go along with a note, fit to show', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const labels = { disposition: ' Sol\u202eved ', tags: ['VIP', '', 'VIP'] };
  expect(await ana.noted({ ...frame, text: '', ...labels })).toEqual({ kind: 'granted' });
  expect(await bea.entry('noted')).toMatchObject({
    text: '',
    disposition: 'Solved',
    tags: ['VIP'],
  });
  const tooLong = { disposition: 'x'.repeat(LONGEST_LABEL + 1) };
  expect(await ana.noted({ ...frame, text: '', ...tooLong })).toEqual({
    kind: 'refused',
    why: 'too-large',
  });
});

it('a note is refused for a number the agent does not have, and beyond its length', async () => {
  await world.token('eva', { numbers: [] });
  const [ana, eva] = [await world.join('ana'), await world.join('eva')];
  expect(await eva.noted({ ...frame, text: 'x' })).toEqual({
    kind: 'refused',
    why: 'unknown-account',
  });
  expect(await ana.noted({ ...frame, text: 'x'.repeat(LONGEST_NOTE + 1) })).toEqual({
    kind: 'refused',
    why: 'too-large',
  });
  const longest = 'x'.repeat(LONGEST_NOTE);
  expect(await ana.noted({ ...frame, text: longest })).toEqual({ kind: 'granted' });
  expect(await ana.entry('noted')).toMatchObject({ text: longest });
  expect(eva.all('entry')).toEqual([]);
});

it('a console that comes later gets what was written down on its numbers, newest first', async () => {
  await world.token('eva', { numbers: [] });
  const ana = await world.join('ana');
  const texts = Array.from({ length: 60 }, (_, n) => `note ${n}`);
  for (const text of texts) await ana.noted({ ...frame, text });
  const [bea, eva] = [await world.join('bea'), await world.join('eva')];
  const first = await bea.ask({ type: 'notes' });
  if (first.kind !== 'notes') throw new Error(JSON.stringify(first));
  expect(first.notes).toHaveLength(50);
  expect(first.notes[0]).toMatchObject({ type: 'noted', text: 'note 59', by: { id: 'ana' } });
  const rest = await bea.ask({ type: 'notes', before: first.before });
  if (rest.kind !== 'notes') throw new Error(JSON.stringify(rest));
  expect(rest.before).toBeUndefined();
  const read = [...first.notes, ...rest.notes];
  expect(read.map(({ text }) => text)).toEqual(texts.toReversed());
  expect(await eva.ask({ type: 'notes' })).toMatchObject({ notes: [] });
});
