import { useEffect, useEffectEvent, useState } from 'react';
import { callBlockOf, callBlockText } from '../../../shared/dial/call-block.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { act } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { resolveToast, toast } from '../../state/ui.ts';
import { useFacts } from '../../state/use-facts.ts';
import type { Waiting } from './reasons.ts';

/** What is said of the last wish to call. */
const TOPIC = 'todo-call';

/**
 * Calls the selected person from the number where they wait, or says why not. While the rules are
 * looked up it waits for them, unless the agent goes on to somebody else.
 */
export function useCall(row: Waiting | undefined): () => void {
  const { accounts, connection, calls } = useSnapshot((snapshot) => snapshot);
  const [wanted, setWanted] = useState<string>();
  const item = row?.items[0];
  const account = accounts.find(({ id }) => id === item?.accountId);
  const lookup = useFacts(account?.id, row?.party);
  const call = () => {
    if (!row || !item || !account) return;
    const now = mainNow();
    const block = callBlockOf({
      account,
      connection,
      busy: engagedCall(calls) !== undefined,
      facts: lookup.facts,
      failed: lookup.error !== null,
      now,
    });
    const isLookingUp = block?.why === 'looking-up';
    setWanted(isLookingUp ? row.customer : undefined);
    if (block) {
      const why = () => callBlockText(block, showValueAt(now));
      return toast(isLookingUp ? 'info' : 'bad', why, TOPIC);
    }
    resolveToast(TOPIC);
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
  const callWanted = useEffectEvent(() => {
    if (wanted === row?.customer) call();
    else setWanted(undefined);
  });
  const isKnown = lookup.facts !== undefined || lookup.error !== null;
  useEffect(() => {
    if (wanted !== undefined && (isKnown || wanted !== row?.customer)) callWanted();
  }, [wanted, isKnown, row?.customer]);
  return call;
}
