import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { keysOfPerson, useKeptText } from '../../state/drafts.ts';

type In = Extract<ContactItem, { kind: 'message-in' }>;

/** The customer's message that an agent answers. */
export interface Reply {
  messageId: string;
  /** Undefined while that part of the timeline is not read. */
  item: In | undefined;
  cancel: () => void;
}

/**
 * Which message of a person the agent answers, kept like the text of the answer.
 *
 * @param accountId the number that will send it: another number cannot quote the message
 * @param items of the timeline
 */
export function useReply(
  party: Party,
  accountId: string | undefined,
  items: readonly ContactItem[],
): { reply: Reply | undefined; begin: (item: In) => void } {
  const [kept, keep] = useKeptText(keysOfPerson('reply', '', party));
  const [to, messageId = ''] = kept.split('\n');
  const isOfNumber = (item: ContactItem): item is In =>
    item.kind === 'message-in' && item.accountId === to && item.messageId === messageId;
  const reply = { messageId, item: items.find(isOfNumber), cancel: () => keep('') };
  return {
    reply: messageId === '' || to !== accountId ? undefined : reply,
    begin: (item) => keep(`${item.accountId}\n${item.messageId ?? ''}`),
  };
}
