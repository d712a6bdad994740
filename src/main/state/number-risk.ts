import type { NumberRisk } from '../contacts/ports.ts';
import type { Account } from '../providers/account.ts';
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
