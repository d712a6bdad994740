import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { Acks } from '../../../../src/main/relay-client/replay.ts';
import { FakeClock } from '../../../fakes/clock.ts';

let clock: FakeClock;
let acks: Acks;
let sent: number;
beforeEach(() => {
  clock = new FakeClock();
  sent = 0;
  acks = new Acks(clock, () => sent++);
});

const store = async (entries: number) => {
  for (let count = 0; count < entries; count++) acks.note();
  await turn();
};

it('acknowledges a lone entry at once', async () => {
  await store(1);
  expect(sent).toBe(1);
  clock.advance(10_000);
  await store(1);
  expect(sent).toBe(2);
});

it('acknowledges entries in quick succession together', async () => {
  await store(1);
  await store(1);
  await store(1);
  expect(sent).toBe(1);
  clock.advance(250);
  await turn();
  expect(sent).toBe(2);
});

it('does not let a replay wait for its acknowledgements', async () => {
  await store(1);
  await store(100);
  await store(100);
  expect(sent).toBe(3);
});

it('acknowledges nothing after the connection is lost', async () => {
  await store(2);
  await store(1);
  acks.note();
  acks.cancel();
  clock.advance(10_000);
  await turn();
  expect(sent).toBe(1);
});
