import { describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { CallRecordStore } from '../../../../src/relay/relayed-calls/call-record-store.ts';
import type { RelayedCallRecord } from '../../../../src/relay/store/relayed-call-record.ts';
import { systemClock } from '../../../../src/shared/lib/clock.ts';
import { ana } from './state-machine/arbitrary-events.ts';

const ringing: RelayedCallRecord = {
  callId: 'main/1',
  accountId: 'main',
  direction: 'inbound',
  party: {},
  callOffers: [],
  dtmf: '',
  supervisors: [],
  state: { kind: 'ringing' },
};
const talking: RelayedCallRecord = {
  ...ringing,
  state: { kind: 'talking', owner: ana, onHold: false },
};

/** A record whose saves end as `save` says; `told` has the states at the moments when others were told to look. */
function recordWith(save: () => Promise<void>) {
  const told: string[] = [];
  const store = new CallRecordStore(
    {
      store: {
        async saveRelayedCall(record) {
          await save();
          return { record, entries: [] };
        },
      },
      clock: systemClock,
      log: createLog(() => undefined),
      notifyNewEntries: () => undefined,
      notifyChanged: () => told.push(store.record.state.kind),
      notifyTakenOver: () => undefined,
    },
    ringing,
  );
  return { store, told };
}

describe('the record of a relayed call', () => {
  it('shows nobody a change that is not stored yet', async () => {
    let stored = (): void => undefined;
    const disk = new Promise<void>((resolve) => (stored = resolve));
    const { store, told } = recordWith(() => disk);
    const changed = store.change(() => talking);
    expect(store.record.state.kind).toBe('ringing');
    stored();
    await changed;
    expect(store.record.state.kind).toBe('talking');
    expect(told).toEqual(['talking']);
  });

  it('changes although the store fails, because no call waits for it', async () => {
    const { store, told } = recordWith(() => Promise.reject(new Error('the disk is full')));
    await store.change(() => talking);
    expect(told).toEqual(['talking']);
    await store.idle();
  });
});
