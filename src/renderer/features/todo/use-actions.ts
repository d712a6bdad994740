import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { TodoAction } from '../../../shared/protocol/todo.ts';
import { partyName } from '../../lib/party.ts';
import { act } from '../../state/requests.ts';
import type { Waiting } from './reasons.ts';

/** What an agent does with a row, without what only its items know. */
export type RowAction = Exclude<TodoAction, { kind: 'done' | 'undo' | 'wake' }> | { kind: 'done' };

/** What was just done, and how it is undone. */
interface Did {
  words: string;
  /** Missing for what only somebody else can take back. */
  undo: (() => void) | undefined;
}

/** Carries out actions on rows, and remembers the last one so that it can be undone. */
export function useActions() {
  const [did, setDid] = useState<Did | undefined>();

  const apply = async (row: Waiting, actionFor: (cursor: number) => TodoAction) => {
    const answers = await Promise.all(
      row.items.map(({ accountId, customer, cursor }) =>
        act('todo.act', { accountId, customer, action: actionFor(cursor) }),
      ),
    );
    return answers.every((answer) => answer !== undefined);
  };

  const run = async (row: Waiting, action: RowAction): Promise<boolean> => {
    setDid(undefined);
    const done = await apply(row, (cursor) =>
      action.kind === 'done' ? { kind: 'done', cursor } : action,
    );
    if (!done) return false;
    const back = opposite(row, action);
    setDid({
      words: t(`todo.did.${action.kind}`, { name: partyName(row.party) }),
      undo:
        back &&
        (() => {
          setDid(undefined);
          void apply(row, () => back);
        }),
    });
    return true;
  };
  return { run, did };
}

/** What takes an action back; undefined for a customer who is a teammate's by then. */
function opposite({ owner }: Waiting, { kind }: RowAction): TodoAction | undefined {
  switch (kind) {
    case 'done':
      return { kind: 'undo' };
    case 'snooze':
      return { kind: 'wake' };
    case 'assign':
      return undefined;
    case 'claim':
    case 'unassign':
      return owner ? { kind: 'assign', to: owner.id } : { kind: 'unassign' };
    default:
      return kind satisfies never;
  }
}
