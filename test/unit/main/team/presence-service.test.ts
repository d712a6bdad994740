import { expect, test } from 'vitest';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { presenceSetting } from '../../../../src/main/db/json-settings.ts';
import { PresenceService } from '../../../../src/main/team/presence-service.ts';
import type { Presence } from '../../../../src/shared/protocol/frames.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function fixture(store = presenceSetting(openDatabase({ path: ':memory:' }).db)) {
  const clock = new FakeClock();
  const received: string[] = [];
  const world = { engaged: false, relay: undefined as { presence: Presence } | undefined };
  const presence = new PresenceService({
    store,
    clock,
    isOnCall: () => world.engaged,
    reported: () => world.relay,
    report: (presence, spoken) => received.push(`${presence}${spoken ? ' spoken' : ''}`),
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
