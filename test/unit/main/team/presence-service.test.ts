import { expect, test } from 'vitest';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { presenceSetting } from '../../../../src/main/db/json-settings.ts';
import { PresenceKeeper } from '../../../../src/main/team/presence-service.ts';
import type { Presence } from '../../../../src/shared/protocol/frames.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function desk(store = presenceSetting(openDatabase({ path: ':memory:' }).db)) {
  const clock = new FakeClock();
  const told: string[] = [];
  const world = { engaged: false, relay: undefined as { presence: Presence } | undefined };
  const keeper = new PresenceKeeper({
    store,
    clock,
    engaged: () => world.engaged,
    told: () => world.relay,
    tell: (presence, spoken) => told.push(`${presence}${spoken ? ' spoken' : ''}`),
    changed: () => undefined,
  });
  return { keeper, clock, told, world, store };
}

test('a choice ends by itself', () => {
  const { keeper, clock, told } = desk();
  keeper.set('dnd', 60);
  expect(keeper.view()).toEqual({ state: 'dnd', until: clock.now() + 3_600_000, dnd: true });
  clock.advance(3_600_000);
  expect(keeper.view()).toMatchObject({ state: 'available', dnd: false });
  expect(told).toEqual(['dnd spoken', 'available spoken']);
});

test('also while the console was not running', () => {
  const first = desk();
  first.keeper.set('away', 30);
  const again = desk(first.store);
  expect(again.keeper.view().state).toBe('away');
  again.clock.jump(1_800_000);
  expect(again.keeper.view().state).toBe('available');
});

test('a call, a locked screen and the relay’s wrap-up are derived; the choice comes back after them', () => {
  const { keeper, world } = desk();
  keeper.setLocked(true);
  expect(keeper.view().state).toBe('away');
  world.engaged = true;
  expect(keeper.view().state).toBe('on-call');
  world.engaged = false;
  keeper.setLocked(false);
  world.relay = { presence: 'wrap-up' };
  expect(keeper.view().state).toBe('wrap-up');
  keeper.set('dnd');
  expect(keeper.view()).toMatchObject({ state: 'dnd', dnd: true });
});
