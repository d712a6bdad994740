import { useEffect, useEffectEvent, useRef } from 'react';
import { callBlockOf, callBlockText } from '../../../shared/dial/call-block.ts';
import { findingMessage } from '../../../shared/rules/finding-message.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { act } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { resolveToast, toast } from '../../state/ui.ts';
import { useFacts } from '../../state/use-facts.ts';
import type { Waiting } from './reasons.ts';

/** What is said of the wish to call a customer. */
const topicOf = (customer: string | undefined) => `todo-call ${customer}`;

/**
 * Calls the selected person from the number where they wait, or says why not. While the rules are
 * looked up it waits for them, unless the agent goes on to somebody else.
 */
export function useCall(row: Waiting | undefined): () => void {
  const { accounts, connection, calls } = useSnapshot((snapshot) => snapshot);
  const wanted = useRef<string>(undefined);
  const customer = row?.customer;
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
    wanted.current = isLookingUp ? customer : undefined;
    if (block) {
      const show = showValueAt(now);
      const why = () =>
        block.why === 'rule' ? findingMessage(block.finding, show) : callBlockText(block, show);
      return toast(isLookingUp ? 'info' : 'bad', why, topicOf(customer));
    }
    resolveToast(topicOf(customer));
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
  const callWanted = useEffectEvent((whom: string | undefined) => {
    if (whom !== undefined && wanted.current === whom) call();
  });
  const isKnown = lookup.facts !== undefined || lookup.error !== null;
  useEffect(() => {
    if (isKnown) callWanted(customer);
  }, [isKnown, customer]);
  // What was wanted and said of one customer is of no use beside another.
  useEffect(
    () => () => {
      wanted.current = undefined;
      resolveToast(topicOf(customer));
    },
    [customer],
  );
  return call;
}
