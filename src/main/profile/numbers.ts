import type { AccountView } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { capabilitiesOf } from '../../shared/providers/capabilities.ts';
import type { Provider } from '../calls/ports.ts';
import { recordingOf } from '../contacts/recording-use.ts';
import { AccountStore } from '../db/accounts.ts';
import { NumberStates } from '../db/number-state.ts';
import type { Db } from '../db/open.ts';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import { createProvider } from '../providers/index.ts';
import { tellUnreadable } from '../state/tell.ts';
import type { Notices } from '../state/state.ts';

/** What the numbers of a workspace are opened with; see `WorkspaceInput`. */
export interface NumbersDeps {
  db: Db;
  accounts: readonly Account[] | undefined;
  tokenOf: (accountId: string) => string | undefined;
  relayAddressOf?: ((accountId: string) => string | undefined) | undefined;
  clock: Clock;
  log: Log;
  notices: Notices;
}

/** Our numbers with their providers, as far as their secrets can be read. */
export interface Numbers {
  accounts: readonly Account[];
  states: NumberStates;
  find: (accountId: string) => Account | undefined;
  provider: (accountId: string) => Provider | undefined;
  views: () => readonly AccountView[];
  dispose: () => void;
}

/** Reads or replaces the numbers and opens a provider for each whose secret is there; the others are told of. */
export function openNumbers(deps: NumbersDeps): Numbers {
  const { db, clock, log, notices } = deps;
  const store = new AccountStore(db, log);
  if (deps.accounts) store.replaceAll(deps.accounts);
  const accounts = store.all();
  const states = new NumberStates(db);
  const providers = new Map<string, Provider>();
  for (const account of accounts) {
    const token = deps.tokenOf(account.id);
    const relayAddress = deps.relayAddressOf?.(account.id);
    const recording = () => {
      const use = recordingOf(account, states.get(account.id));
      return use === 'off' ? undefined : use;
    };
    const ready = { fetch: globalThis.fetch, clock, log, relayAddress, recording };
    if (token !== undefined) providers.set(account.id, createProvider(account, token, ready));
    else tellUnreadable(notices, account);
  }
  return {
    accounts,
    states,
    find: (accountId) => accounts.find(({ id }) => id === accountId),
    provider: (accountId) => providers.get(accountId),
    views: () =>
      accounts.map((account) => ({
        id: account.id,
        provider: account.provider,
        label: account.label,
        number: account.number,
        capabilities: capabilitiesOf(account),
        ready: providers.has(account.id),
      })),
    dispose() {
      for (const account of accounts) notices.remove(`token-unreadable/${account.id}`);
    },
  };
}
