import { t } from '../../shared/i18n/i18n.ts';
import type { Provider } from '../calls/ports.ts';
import type { Account } from '../providers/account.ts';
import { notOffered } from '../refusal.ts';

interface KnownNumbers {
  accounts: readonly Account[];
  provider: (accountId: string) => Provider | undefined;
}

/** @throws Refusal for a number without a key on this machine */
export function providerOf({ provider }: Pick<KnownNumbers, 'provider'>, id: string): Provider {
  const found = provider(id);
  if (found) return found;
  throw notOffered(t('notOffered.now'));
}

/** @throws Refusal for a number that is not ours */
export function accountOf({ accounts }: Pick<KnownNumbers, 'accounts'>, id: string): Account {
  const found = accounts.find((one) => one.id === id);
  if (found) return found;
  throw notOffered(t('notOffered.number'));
}
