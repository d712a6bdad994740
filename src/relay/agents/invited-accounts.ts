import type { Account } from '../config/account.ts';
import type { Result } from '../../shared/lib/result.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

/**
 * What a console needs of these numbers: the accounts of its profile, credentials included.
 *
 * @returns or the ids of those for which the config lacks something
 */
export function invitedAccounts(
  accounts: readonly Account[],
): Result<readonly object[], readonly string[]> {
  const read = accounts.map((account) => ({ id: account.id, invited: invitedAccount(account) }));
  const missing = read.flatMap(({ id, invited }) => (invited ? [] : [id]));
  if (missing.length > 0) return { ok: false, error: missing };
  return { ok: true, value: read.flatMap(({ invited }) => invited ?? []) };
}

function invitedAccount(account: Account): object | undefined {
  const { id, provider } = account;
  switch (account.provider) {
    case 'meta': {
      const accessToken = account.console?.accessToken ?? account.accessToken;
      if (!account.console || accessToken === undefined) return undefined;
      const { phoneNumberId, apiBase, apiVersion } = account;
      const own = { phoneNumberId, accessToken, ...given({ apiBase, apiVersion }) };
      return { id, provider, ...account.console, ...own };
    }
    case 'd360':
    case 'pilot-meta': {
      const apiKey = account.console?.apiKey ?? account.apiKey;
      if (!account.console || apiKey === undefined) return undefined;
      return { id, provider, ...account.console, apiKey, ...given({ apiBase: account.apiBase }) };
    }
    case 'pilot-web':
      return account.console && { id, provider, ...account.console };
    case 'zernio': {
      const softphone = account.stream ? { softphone: 'relay' } : {};
      return account.console && { id, provider, ...softphone, ...account.console };
    }
    default:
      return assertNever(account, 'account');
  }
}

/** Without what is undefined. */
const given = (fields: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
