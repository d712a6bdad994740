import { callBlock } from '../../state/call-block.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { act } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { toast } from '../../state/ui.ts';
import { useFacts } from '../../state/use-facts.ts';
import type { Waiting } from './reasons.ts';

/** Calls the selected person from the number where they wait, or says why not. */
export function useCall(row: Waiting | undefined): () => void {
  const { accounts, connection, calls } = useSnapshot((snapshot) => snapshot);
  const item = row?.items[0];
  const account = accounts.find(({ id }) => id === item?.accountId);
  const lookup = useFacts(account?.id, row?.party);
  return () => {
    if (!row || !item || !account) return;
    const block = callBlock({
      account,
      connection,
      busy: engagedCall(calls) !== undefined,
      facts: lookup.facts,
      failed: lookup.error !== null,
      now: mainNow(),
    });
    if (block !== undefined) return toast('bad', () => block, 'todo-call');
    const { accountId } = item;
    const { waId, userId } = row.party;
    // Nobody else should call them meanwhile, from another of our numbers either.
    if (!row.owner) {
      for (const { accountId, customer } of row.items) {
        void act('todo.act', { accountId, customer, action: { kind: 'claim' } });
      }
    }
    void act('calls.dial', { accountId, to: waId, userId });
  };
}
