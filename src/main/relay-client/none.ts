import type { RelayedApi, Coordinator } from '../calls/ports.ts';

const unreachable = () => Promise.resolve({ kind: 'unreachable' } as const);

/** Without a relay nobody else can have a call. */
export const noCoordinator: Coordinator = {
  reserve: unreachable,
  claim: unreachable,
  release: () => Promise.resolve(),
  decline: unreachable,
};

/** Nor does anybody carry one: a call that is placed all the same goes directly to the provider. */
export const noRelayedApi: RelayedApi = {
  leg: unreachable,
  place: () => Promise.resolve({ kind: 'refused', why: 'direct' }),
  claim: unreachable,
  hangUp: unreachable,
  hold: unreachable,
  resume: unreachable,
  transfer: unreachable,
  cancelTransfer: unreachable,
  completeTransfer: unreachable,
  supervise: unreachable,
};
