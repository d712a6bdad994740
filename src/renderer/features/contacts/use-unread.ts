import { useEffect, useState } from 'react';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { useLookedAt } from '../../lib/use-looked-at.ts';
import { request } from '../../state/requests.ts';

/**
 * Marks a person's messages as read while the agent looks at this window.
 *
 * @param items newest first
 * @returns the oldest message that was unread when the agent came, or came back
 */
export function useUnread({ waId, userId }: Party, items: readonly ContactItem[]) {
  const [firstNew, setFirstNew] = useState<string | undefined>();
  const isLookedAt = useLookedAt();
  const oldest = items.findLast(isUnread)?.id;
  if (firstNew === undefined && oldest !== undefined) setFirstNew(oldest);
  // The agent went away with everything read: what comes next is new when they are back.
  if (firstNew !== undefined && oldest === undefined && !isLookedAt) setFirstNew(undefined);
  const to = items.find(isUnread)?.at;
  useEffect(() => {
    if (isLookedAt && to !== undefined)
      void request('contacts.read', { party: { waId, userId }, to });
  }, [isLookedAt, to, waId, userId]);
  return firstNew;
}

function isUnread(item: ContactItem): boolean {
  return item.kind === 'message-in' && item.unread;
}
