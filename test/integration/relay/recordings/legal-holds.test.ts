import { expect, it } from 'vitest';
import { callHash } from '../../../../src/sqlite/call-hash.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });
const call = callHash('web', 'wacid.1');
const hold = (on: boolean) => ({
  type: 'legal-hold' as const,
  accountId: 'web',
  call,
  on,
  recordings: ['one'],
});

it('a supervisor’s legal hold reaches every console, also those that come later', async () => {
  await world.token('sue', { role: 'supervisor' });
  const [sue, bea] = [await world.join('sue'), await world.join('bea')];
  expect(await sue.ask(hold(true))).toEqual({ kind: 'granted' });
  const told = { accountId: 'web', call, on: true, recordings: ['one'], by: { id: 'sue' } };
  for (const console of [sue, bea]) {
    expect(await console.entry('legal-hold')).toMatchObject(told);
  }
  const late = await world.join('cora');
  const asked = () => late.ask({ type: 'legal-holds' });
  expect(await asked()).toMatchObject({ kind: 'legal-holds', items: [told] });
  expect(await sue.ask(hold(false))).toEqual({ kind: 'granted' });
  expect(await asked()).toMatchObject({ items: [{ call, on: false }] });
});

it('nobody else puts a call on legal hold, nor hears of one of other numbers', async () => {
  await world.token('tom', { role: 'supervisor', numbers: [] });
  const [bea, tom] = [await world.join('bea'), await world.join('tom')];
  expect(await bea.ask(hold(true))).toEqual({ kind: 'refused', why: 'role' });
  expect(await tom.ask(hold(true))).toEqual({ kind: 'refused', why: 'unknown' });
  expect(await tom.ask({ type: 'legal-holds' })).toEqual({ kind: 'legal-holds', items: [] });
});
