import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CallsElsewhere } from '../../../../src/relay/relayed-calls/elsewhere.ts';
import type { RelayedCallRecord } from '../../../../src/relay/store/relayed-call-record.ts';

const call: RelayedCallRecord = {
  callId: 'main/1',
  accountId: 'main',
  node: 'other',
  direction: 'inbound',
  party: {},
  callOffers: [],
  dtmf: '',
  supervisors: [],
  state: { kind: 'ringing' },
};

/** What a node sees of a store that has one call of another node; its first reads fail. */
function elsewhere(failures = 0): CallsElsewhere {
  let left = failures;
  const store = {
    async openRelayedCalls() {
      await nextTurn();
      if (left-- > 0) throw new Error('the store is away');
      return [call];
    },
    relayedCall: async () => undefined,
  };
  return new CallsElsewhere(store, 'own');
}

describe('calls at other nodes', () => {
  it('are found by a request that comes while they are being read', async () => {
    const calls = elsewhere();
    const [first, second] = [calls.update(), calls.update()];
    await second;
    expect(calls.find('main/1')).toEqual(call);
    await first;
  });

  it('are read again after the store failed', async () => {
    const calls = elsewhere(1);
    await expect(calls.update()).rejects.toThrow('the store is away');
    await calls.update();
    expect(calls.find('main/1')).toEqual(call);
  });
});
