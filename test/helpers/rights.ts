import type { Rights } from '../../src/relay/store/agent-store.ts';

/** The rights of an agent by default. */
export const RIGHTS: Rights = {
  workspace: 'default',
  role: 'agent',
  calls: 'all',
  numbers: 'all',
};
