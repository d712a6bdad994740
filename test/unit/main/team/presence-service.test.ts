import { expect, test } from 'vitest';
import { presenceSetting } from '../../../../src/main/db/json-settings.ts';
import { PresenceService } from '../../../../src/main/team/presence-service.ts';
import type { Presence } from '../../../../src/shared/protocol/frames.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

function fixture(store = presenceSetting(emptyDatabase())) {
  const clock = new FakeClock();
  const received: string[] = [];
  const world = {
    engaged: false,
    relay: undefined as { presence: Presence; until?: number } | undefined,
  };
  const presence = new PresenceService({
    store,
    clock,
    isOnCall: () => world.engaged,
    reported: () => world.relay,
    report: (presence, spoken, afterCall) =>
      received.push(`${presence}${spoken ? ' spoken' : ''}${afterCall ? ' after a call' : ''}`),
    changed: () => undefined,
  });
  return { presence, clock, received, world, store };
}

test('a chosen presence expires', () => {
  const { presence, clock, received } = fixture();
  presence.set('dnd', 60);
  expect(presence.view()).toEqual({ state: 'dnd', until: clock.now() + 3_600_000, dnd: true });
  clock.advance(3_600_000);
  expect(presence.view()).toMatchObject({ state: 'available', dnd: false });
  expect(received).toEqual(['dnd spoken', 'available spoken']);
});

test('a chosen presence expires while the console is not running', () => {
  const first = fixture();
  first.presence.set('away', 30);
  const again = fixture(first.store);
  expect(again.presence.view().state).toBe('away');
  again.clock.jump(1_800_000);
  expect(again.presence.view().state).toBe('available');
});

test('calls, a locked screen and wrap-up override the chosen presence, which returns after them', () => {
  const { presence, world } = fixture();
  presence.setLocked(true);
  expect(presence.view().state).toBe('away');
  world.engaged = true;
  expect(presence.view().state).toBe('on-call');
  world.engaged = false;
  presence.setLocked(false);
  world.relay = { presence: 'wrap-up' };
  expect(presence.view().state).toBe('wrap-up');
  presence.set('dnd');
  expect(presence.view()).toMatchObject({ state: 'dnd', dnd: true });
});

test('a wrap-up counts down to the relay’s time, takes more of it, and then ends', () => {
  const { presence, clock, world, received } = fixture();
  presence.extendWrapUp(30);
  expect(presence.view()).toEqual({ state: 'available', until: undefined, dnd: false });
  const until = clock.now() + 10_000;
  world.relay = { presence: 'wrap-up', until };
  expect(presence.view()).toEqual({ state: 'wrap-up', until, dnd: false });
  presence.extendWrapUp(30);
  expect(presence.view()).toMatchObject({ state: 'wrap-up', until: until + 30_000 });
  presence.extendWrapUp(30);
  expect(presence.view()).toMatchObject({ state: 'wrap-up', until: until + 60_000 });
  world.relay = { presence: 'available' };
  clock.advance(70_000);
  expect(presence.view()).toMatchObject({ state: 'available' });
  expect(received).toEqual(['wrap-up spoken', 'wrap-up spoken', 'available spoken']);
});

test('only the end of the last call in which the agent talked counts as after a call', () => {
  const { presence, world, received } = fixture();
  world.engaged = true;
  presence.handleCall(false);
  // One of two calls ends.
  presence.handleCall(true);
  world.engaged = false;
  presence.handleCall(true);
  // Its bill comes later.
  presence.handleCall(true);
  world.engaged = true;
  presence.handleCall(false);
  world.engaged = false;
  presence.handleCall(false);
  expect(received).toEqual([
    'on-call',
    'on-call',
    'available after a call',
    'available',
    'on-call',
    'available',
  ]);
});
