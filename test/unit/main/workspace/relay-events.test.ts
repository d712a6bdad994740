import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { RelayClient } from '../../../../src/main/relay-client/relay-client.ts';
import { followRelay, type RelayEventsPorts } from '../../../../src/main/workspace/relay-events.ts';
import type { Connection } from '../../../../src/shared/protocol/connection.ts';

const connected = (provenAt: number, since = 0): Connection => ({
  state: 'connected',
  since,
  provenAt,
});

it('wakes the windows for another state, and once a minute for another sign of life', () => {
  const relay = new EventEmitter();
  const seen: string[] = [];
  followRelay(
    relay as unknown as RelayClient, // oxlint-disable-line typescript/no-unsafe-type-assertion -- only its events are used
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are used
    {
      sync: { handleConnection: () => undefined },
      ready: {
        handleConnection: () => seen.push('changed'),
        handleProof: () => seen.push('proof'),
      },
      ringer: { handleConnected: () => undefined },
      changed: () => undefined,
    } as unknown as RelayEventsPorts,
  );
  for (const connection of [
    connected(0),
    connected(10_000),
    connected(50_000),
    connected(60_000),
    connected(70_000),
    connected(71_000, 71_000),
    { state: 'offline', since: 80_000 },
    connected(81_000, 81_000),
  ])
    relay.emit('connection', connection);
  expect(seen).toEqual([
    'changed',
    'proof',
    'proof',
    'changed',
    'proof',
    'changed',
    'changed',
    'changed',
  ]);
});
