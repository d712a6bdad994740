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

const ended: RelayedCallRecord = { ...call, state: { kind: 'ended' } };

/** What a node sees of a store that has one call of another node; its first reads fail. */
function elsewhere(failures = 0) {
  let left = failures;
  const store = {
    last: call,
    async openRelayedCalls() {
      await nextTurn();
      if (left-- > 0) throw new Error('the store is away');
      return store.last.state.kind === 'ended' ? [] : [store.last];
    },
    relayedCall: async () => store.last,
  };
  return { calls: new CallsElsewhere(store, 'own'), store };
}

describe('calls at other nodes', () => {
  it('are found by a request that comes while they are being read', async () => {
    const { calls } = elsewhere();
    const [first, second] = [calls.update(), calls.update()];
    await second;
    expect(calls.find('main/1')).toEqual(call);
    await first;
  });

  it('are read again after the store failed', async () => {
    const { calls } = elsewhere(1);
    await expect(calls.update()).rejects.toThrow('the store is away');
    await calls.update();
    expect(calls.find('main/1')).toEqual(call);
  });

  it('are shown as over until consoles were told, however often they are read meanwhile', async () => {
    const { calls, store } = elsewhere();
    await calls.update();
    store.last = ended;
    for (let read = 0; read < 3; read++) {
      calls.invalidate();
      await calls.update();
    }
    expect(calls.records).toEqual([ended]);
    calls.forgetEnded();
    calls.invalidate();
    await calls.update();
    expect(calls.records).toEqual([]);
  });

  it('include one that was here until another node took it over and ended it', async () => {
    const { calls, store } = elsewhere();
    store.last = ended;
    await calls.update();
    calls.follow({ ...call, node: 'own' });
    await calls.update();
    expect(calls.records).toEqual([ended]);
  });

  it('include the end of one that this node took over while it was being read', async () => {
    const { calls, store } = elsewhere();
    const stale = calls.update();
    store.last = { ...ended, node: 'own' };
    calls.invalidate();
    await stale;
    await calls.update();
    expect(calls.records.every(({ state }) => state.kind === 'ended')).toBe(true);
  });

  it('are read once more before they are shown if one was taken over meanwhile', async () => {
    const { calls, store } = elsewhere();
    await calls.update();
    calls.invalidate();
    const reading = calls.update();
    // This node takes it over while others ask for it, too, and ends it later.
    store.last = { ...call, node: 'own' };
    calls.invalidate();
    await Promise.all([reading, calls.update()]);
    expect(calls.records).toEqual([]);
  });
});
