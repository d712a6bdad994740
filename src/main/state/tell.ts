import { partyLabel } from '../../shared/lib/party-name.ts';
import type { PermissionChanged } from '../../shared/providers/events.ts';
import type { NumberRisk } from '../contacts/ports.ts';
import type { Account } from '../providers/account.ts';
import { words } from '../words.ts';
import type { Notices } from './state.ts';

/** What WhatsApp holds against a number; the window has the words for it. */
export function tellRisk(notices: Notices, account: Account | undefined, change: NumberRisk): void {
  if (!account) return;
  const { id: number, label } = account;
  if (change.what === 'warning') {
    notices.add({
      id: `number-warned/${number}/${change.type}`,
      kind: 'warning',
      code: 'number-warned',
      values: { number, label, what: change.type },
    });
    return;
  }
  const id = `number-restricted/${number}`;
  const [first] = change.restrictions;
  if (!first) return notices.remove(id);
  const values = { number, label, what: first.type };
  notices.add({ id, kind: 'error', code: 'number-restricted', values });
}

/** A customer has decided whether we may call. */
export function tellPermission(
  notices: Notices,
  account: string,
  { granted, party }: Pick<PermissionChanged, 'granted' | 'party'>,
): void {
  const { waId, userId } = party;
  const name = partyLabel(party);
  notices.add({
    id: `permission/${account}/${waId ?? userId ?? ''}`,
    kind: granted ? 'info' : 'warning',
    code: granted ? 'permission-granted' : 'permission-declined',
    values: {
      name,
      account,
      ...(waId !== undefined && { waId }),
      ...(userId !== undefined && { userId }),
    },
  });
}

/** Until its token can be read, a number neither rings nor calls. */
export function tellUnreadable(notices: Notices, account: Account): void {
  notices.add({
    id: `token-unreadable/${account.id}`,
    kind: 'error',
    code: 'profile-invalid',
    values: { why: words.unreadableToken(account.label) },
  });
}
