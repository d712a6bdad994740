import type { Rights } from '../../src/relay/store/store.ts';

/** The rights of an agent about whom nothing was said. */
export const RIGHTS: Rights = {
  workspace: 'default',
  role: 'agent',
  calls: 'all',
  numbers: 'all',
};
