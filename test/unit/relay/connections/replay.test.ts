import { expect, it } from 'vitest';
import { startOfReplay } from '../../../../src/relay/connections/replay.ts';

const known = { epoch: 'e', cursor: 70 };

/** A node whose log ends at 50. */
const store = (catchUp: () => Promise<void>, isDurable = true) => ({
  epoch: async () => 'e',
  extent: async () => ({ head: 50, prunedTo: 0 }),
  ringing: async () => [],
  openRelayedCalls: async () => [],
  catchUp,
  durable: () => isDurable,
});
const clock = { now: () => 0 };

it('sends a console on from its own place where the node is behind it and cannot catch up', async () => {
  const behind = store(() => Promise.reject(new Error('the disk is full')));
  expect(await startOfReplay(behind, clock, known, () => true)).toEqual({
    from: 70,
    head: 70,
    complete: true,
    epoch: 'e',
  });
});

it('sends a console on from its own place where the node still shows the log from before its store was away', async () => {
  const inMemory = store(() => Promise.resolve(), false);
  expect(await startOfReplay(inMemory, clock, known, () => true)).toMatchObject({
    from: 70,
    complete: true,
  });
});

it('takes a place beyond the end for one of another log where the node is not behind', async () => {
  const whole = store(() => Promise.resolve());
  expect(await startOfReplay(whole, clock, known, () => true)).toMatchObject({
    from: 50,
    complete: false,
  });
});
