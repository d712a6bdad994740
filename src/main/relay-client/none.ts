import type { RelayedApi, Coordinator } from '../calls/ports.ts';

const unreachable = () => Promise.resolve({ kind: 'unreachable' } as const);

/** Without a relay nobody else can have a call. */
export const noCoordinator: Coordinator = {
  reserve: unreachable,
  claim: unreachable,
  release: () => Promise.resolve(),
  decline: unreachable,
};

/** Nor is any call relayed. */
export const noRelayedApi: RelayedApi = {
  leg: unreachable,
  place: unreachable,
  claim: unreachable,
  hangUp: unreachable,
  hold: unreachable,
  resume: unreachable,
  transfer: unreachable,
  cancelTransfer: unreachable,
  completeTransfer: unreachable,
  supervise: unreachable,
};
