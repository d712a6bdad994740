import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeldCalls, RESERVATION_GRACE_MS } from '../../../../src/relay/ring/held-calls.ts';
import { createLog } from '../../../../src/relay/log.ts';
import type { ConnectedElsewhere } from '../../../../src/relay/cluster/nodes.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const ana = { id: 'ana', name: 'Ana' };
const there: ConnectedElsewhere = { presence: 'available', since: 1, connectedAt: 1 };

let clock: FakeClock;
let held: HeldCalls;
/** What the store was asked to give back. */
let released: string[];
let isStoreDown: boolean;
let hearsOthers: boolean;
let agents: Map<string, ConnectedElsewhere>;

beforeEach(() => {
  clock = new FakeClock();
  [released, isStoreDown, hearsOthers, agents] = [[], false, true, new Map()];
  const claim = {
    callId: 'main/1',
    offer: undefined,
    accountId: 'main',
    assigned: undefined,
    ended: false,
    claimedBy: ana,
    reservedBy: undefined,
    declinedBy: [],
  };
  held = new HeldCalls({
    clock,
    log: createLog(() => undefined),
    relayedCalls: undefined,
    streams: { unattended: () => [] },
    nodes: { agents: () => agents, hearsOthers: () => hearsOthers },
    handleGivenUp: () => undefined,
    store: {
      agentsWithReservations: async () => [],
      call: async () => undefined,
      claimed: async () => [claim],
      async dropReservations() {
        if (isStoreDown) throw new Error('the store is away');
      },
      relayedCall: async () => undefined,
      async release(callId) {
        released.push(callId);
        return { kind: 'granted' };
      },
    },
  });
});

const wait = async (ms: number) => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.advance(1_000);
    for (let turn = 0; turn < 10; turn++) await nextTurn();
  }
};

describe('a call of an agent without a console', () => {
  it('is given back after the grace, unless a console of theirs came back', async () => {
    held.handleDisconnected('ana');
    await wait(RESERVATION_GRACE_MS - 1_000);
    held.handleConnected('ana');
    await wait(RESERVATION_GRACE_MS);
    expect(released).toEqual([]);
    held.handleDisconnected('ana');
    await wait(RESERVATION_GRACE_MS);
    expect(released).toEqual(['main/1']);
  });

  it('stays theirs while their node is cut off from others, where they may be', async () => {
    hearsOthers = false;
    held.handleDisconnected('ana');
    await wait(3 * RESERVATION_GRACE_MS);
    expect(released).toEqual([]);
    agents.set('ana', there);
    hearsOthers = true;
    await wait(3 * RESERVATION_GRACE_MS);
    expect(released).toEqual([]);
  });

  it('is given back when the node hears others again and the agent is nowhere', async () => {
    hearsOthers = false;
    held.handleDisconnected('ana');
    await wait(3 * RESERVATION_GRACE_MS);
    hearsOthers = true;
    await wait(1_000);
    expect(released).toEqual(['main/1']);
  });

  it('is given back later where the store failed', async () => {
    isStoreDown = true;
    held.handleDisconnected('ana');
    await wait(RESERVATION_GRACE_MS);
    expect(released).toEqual([]);
    isStoreDown = false;
    await wait(RESERVATION_GRACE_MS);
    expect(released).toEqual(['main/1']);
  });
});
