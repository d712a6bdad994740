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

  const run = async (rows: readonly Waiting[], action: RowAction): Promise<boolean> => {
    setDid(undefined);
    const answers = await Promise.all(
      rows.map((row) =>
        apply(row, (cursor) => (action.kind === 'done' ? { kind: 'done', cursor } : action)),
      ),
    );
    const done = rows.filter((_, index) => answers[index]);
    const [first] = done;
    if (!first) return false;
    const { kind } = action;
    setDid({
      words:
        done.length === 1
          ? t(`todo.did.${kind}`, { name: partyName(first.party) })
          : t(`todo.didMany.${kind}`, { number: done.length }),
      undo:
        kind === 'assign'
          ? undefined
          : () => {
              setDid(undefined);
              for (const row of done) {
                const back = opposite(row, kind);
                void apply(row, () => back);
              }
            },
    });
    return done.length === rows.length;
  };
  return { run, did };
}

/** Does the same with a person at each of our numbers. @returns whether all was granted */
async function apply(
  { items }: Waiting,
  actionFor: (cursor: number) => TodoAction,
): Promise<boolean> {
  const answers = await Promise.all(
    items.map(({ accountId, customer, cursor }) =>
      act('todo.act', { accountId, customer, action: actionFor(cursor) }),
    ),
  );
  return answers.every((answer) => answer !== undefined);
}

/** What takes an action back. Only the teammate can take back what was assigned to them. */
function opposite({ owner }: Waiting, kind: Exclude<RowAction['kind'], 'assign'>): TodoAction {
  switch (kind) {
    case 'done':
      return { kind: 'undo' };
    case 'snooze':
      return { kind: 'wake' };
    case 'claim':
    case 'unassign':
      return owner ? { kind: 'assign', to: owner.id } : { kind: 'unassign' };
    default:
      return kind satisfies never;
  }
}
