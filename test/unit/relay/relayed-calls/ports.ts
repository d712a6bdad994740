import { Access } from '../../../../src/relay/access/access.ts';
import { createLog } from '../../../../src/relay/log.ts';
import type { MediaHost } from '../../../../src/relay/media-process/host.ts';
import type { RelayedCallPorts } from '../../../../src/relay/relayed-calls/ports.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { steadyClock } from '../../../../src/shared/lib/clock.ts';
import { NOT_RECORDED } from '../../../../src/shared/recording/policy.ts';

const PATIENCE_SECONDS = 0.4;

/** Media that obeys and reports nothing. */
const media: MediaHost = {
  outlivesRelay: true,
  processes: () => [{ isAlive: true, calls: 0 }],
  listen: async () => undefined,
  calls: async () => [],
  answerCustomer: async () => ({ ok: true, value: 'sdp' }),
  offerCustomer: async () => ({ ok: true, value: 'sdp' }),
  startCustomer: async () => undefined,
  applyCustomerAnswer: async () => ({ ok: true, value: true }),
  openGate: async () => undefined,
  addLeg: async () => ({ ok: true, value: 'sdp' }),
  removeLeg: async () => undefined,
  route: async () => ({ ok: true, value: true }),
  record: async () => undefined,
  report: async () => undefined,
  echo: async () => ({ ok: true, value: 'sdp' }),
  end: async () => undefined,
  close: async () => undefined,
};

interface Told {
  /** Saves that fail before one succeeds. */
  failures?: number;
}

/** What a relayed call needs, on a real store. */
export function portsOf(store: Store, { failures = 0 }: Told = {}): RelayedCallPorts {
  let left = failures;
  const saveRelayedCall: RelayedCallPorts['store']['saveRelayedCall'] = async (record) => {
    if (left-- > 0) throw new Error('database or disk is full');
    return { record, entries: [] };
  };
  return {
    store: { ...store, saveRelayedCall },
    clock: steadyClock(),
    log: createLog(() => undefined),
    media,
    access: new Access([]),
    policyOf: () => ({
      rejoinGraceSeconds: PATIENCE_SECONDS,
      waitingSeconds: PATIENCE_SECONDS,
      transferSeconds: PATIENCE_SECONDS,
      hideSupervision: false,
      wrapUpSeconds: 0,
    }),
    recordingOf: () => NOT_RECORDED,
    recordingsFolder: '',
    recordingSecret: undefined,
    noteDeleted: async () => undefined,
    announcements: {},
    provider: () => undefined,
    node: undefined,
    isShared: () => false,
    isConnected: () => true,
    notifyTakenOver: () => undefined,
    notifyNewEntries: () => undefined,
    notifyChanged: () => undefined,
  };
}
