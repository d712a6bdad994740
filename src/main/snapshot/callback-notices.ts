import { partyLabel } from '../../shared/lib/party-name.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Notices } from './notices.ts';

export const callbackNoticeId = (callId: string): string => `callback/${callId}`;

/** Reminds the agent of a promised callback that is due. */
export function notifyCallback(
  notices: Pick<Notices, 'add'>,
  { callId, accountId, party }: { callId: string; accountId: string; party: Party },
): void {
  const { waId, userId } = party;
  notices.add({
    id: callbackNoticeId(callId),
    kind: 'warning',
    code: 'callback-due',
    values: {
      name: partyLabel(party),
      account: accountId,
      ...(waId !== undefined && { waId }),
      ...(userId !== undefined && { userId }),
    },
  });
}
