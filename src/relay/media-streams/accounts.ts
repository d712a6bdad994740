import type { Account } from '../config/account.ts';
import type { StreamAccount } from './registry.ts';

/** The numbers whose calls are forwarded to this relay. */
export function streamAccounts(accounts: readonly Account[]): readonly StreamAccount[] {
  return accounts.flatMap((account) => {
    if (account.provider !== 'zernio' || !account.stream) return [];
    const { secret, ...format } = account.stream;
    return [{ id: account.id, secret, format }];
  });
}
