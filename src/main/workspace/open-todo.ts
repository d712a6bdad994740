import { t } from '../../shared/i18n/i18n.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { SafeContacts } from '../db/storage/safe-stores.ts';
import { SafeTodos } from '../db/storage/safe-todos.ts';
import type { Storage } from '../db/storage/storage.ts';
import type { Numbers } from '../numbers/numbers.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import { TodoService } from '../todo/todo-service.ts';
import type { WorkspacePorts } from './workspace.ts';

export interface TodoParts {
  workspace: WorkspacePorts;
  storage: Storage;
  contacts: SafeContacts;
  numbers: Numbers;
  relay: RelayClient | undefined;
  self: () => Agent;
}

/** The customers who wait. */
export function openTodo({ workspace, storage, contacts, ...parts }: TodoParts): TodoService {
  const { numbers, relay, self } = parts;
  const { clock, notices, announce, todoChanged, changed } = workspace;
  return new TodoService({
    store: new SafeTodos(storage),
    relay: {
      todo: async (what) => (await relay?.todo(what)) ?? { kind: 'unreachable' },
      todos: async (after) => (await relay?.todos(after)) ?? { kind: 'unreachable' },
    },
    personOf: (party) => contacts.personOf(party),
    shown: (party) => contacts.shown(party),
    // An admin may have taken the number from this agent since the profile was written.
    hasAccount: (accountId) =>
      numbers.find(accountId) !== undefined && (relay?.mayUse(accountId) ?? true),
    self,
    clock,
    announce,
    stillWaits(party) {
      const name = partyLabel(party) || t('desktop.unknownCaller');
      const id = `still-waits/${personKey(party) ?? ''}`;
      notices.add({ id, kind: 'info', code: 'still-waits', values: { name } });
    },
    changed() {
      todoChanged();
      changed();
    },
  });
}
