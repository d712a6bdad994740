import { join } from 'node:path';
import type { Desk, DeskOptions } from './harness/desk.ts';
import { microphoneOf, type Player, sendTonesAsTheyAre } from './harness/team.ts';
import { createWorld, type WorldOptions } from './harness/world.ts';
import { connected, logged, test as base } from './fixture.ts';

export interface TeamTest {
  /** Of the relay, e.g. shorter deadlines; set with `test.use`. */
  policy: NonNullable<WorldOptions['policy']>;
  /** The relay is a process of its own, which can be killed. */
  apart: boolean;
  /** How consoles get through to the relay, where it is not over the loopback. */
  reach: Pick<WorldOptions, 'host' | 'carry' | 'turn'>;
  /** A player's console, provisioned and connected. */
  join: (player: Player, options?: JoinOptions) => Promise<Desk>;
}

interface JoinOptions extends Pick<DeskOptions, 'network' | 'profile'> {
  /** One that was closed or killed is started anew. */
  again?: boolean;
}

/** Several consoles before one relay that carries the calls, in a process of its own. */
export const test = base.extend<TeamTest>({
  policy: [{}, { option: true }],
  apart: [true, { option: true }],
  reach: [{}, { option: true }],
  world: async ({ folder, simulated, policy, apart, reach }, use, info) => {
    const world = await createWorld(join(folder, 'world'), simulated, {
      route: 'anchored',
      apart,
      policy,
      ...reach,
    });
    await use(world);
    if (info.status !== info.expectedStatus) {
      await info.attach('relay.log', { body: world.relay.output(), contentType: 'text/plain' });
    }
    await world.close();
  },
  join: async ({ open, world, folder }, use) => {
    await use(async (player, { again = false, profile, network } = {}) => {
      const start: Partial<DeskOptions> = {
        userData: join(folder, `console-of-${player.id}`),
        microphone: microphoneOf(player, folder),
        network,
        ...(!again && { profile: profile ?? (await world.profileFor(player)) }),
      };
      const desk = await open(start);
      await sendTonesAsTheyAre(desk);
      await connected(desk);
      return desk;
    });
  },
});

/** Each time that a call was at this agent, oldest first: once when it rang, again when it was handed to them. */
export async function partsLogged(desk: Desk) {
  return (await logged(desk)).flatMap(({ parts }) => parts);
}

export { expect } from '@playwright/test';
