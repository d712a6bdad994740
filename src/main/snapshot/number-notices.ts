import { t } from '../../shared/i18n/i18n.ts';
import type { AccountView } from '../../shared/ipc/account.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import type { PermissionChanged } from '../../shared/providers/events.ts';
import type { Finding } from '../../shared/rules/findings.ts';
import type { NumberRisk } from '../../shared/providers/events.ts';
import type { Notices } from './notices.ts';

/** One of our numbers as a notice shows it. */
type NamedNumber = Pick<AccountView, 'id' | 'label'>;

/**
 * Findings that raise a notice when they start and withdraw it when they end. Restrictions and
 * warnings have notices of their own.
 */
const TOLD: ReadonlySet<Finding['code']> = new Set([
  'access-refused',
  'relay-access-refused',
  'account-disabled',
  'account-disabling',
  'account-deleted',
  'account-offboarded',
  'account-unshared',
  'routed-elsewhere',
  'routing-shared',
  'calls-unsubscribed',
  'coexistence',
  'keys-sdes',
  'payment-missing',
  'number-error',
  'version-ending',
]);

/**
 * One notice per problem of a number. A dismissed one returns only if the problem ends and starts
 * again.
 */
export class FactNotices {
  readonly #notices: Notices;
  readonly #shown = new Set<string>();

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** Raises notices for a number's new findings, and withdraws those that are over. */
  update({ id: number, label }: NamedNumber, findings: readonly Finding[]): void {
    const prefix = `number-fact/${number}/`;
    const now = new Map(
      findings.filter(({ code }) => TOLD.has(code)).map((one) => [prefix + one.code, one]),
    );
    for (const id of this.#shown) {
      if (!id.startsWith(prefix) || now.has(id)) continue;
      this.#shown.delete(id);
      this.#notices.remove(id);
    }
    for (const [id, finding] of now) {
      if (this.#shown.has(id)) continue;
      this.#shown.add(id);
      const values = Object.fromEntries(
        Object.entries(finding.values).map(([name, value]) => [name, String(value)]),
      );
      this.#notices.add({
        id,
        // A notice that blocks calls does not fade.
        kind: finding.severity === 'block' || isLoud(finding.code) ? 'error' : 'warning',
        code: 'number-fact',
        values: { ...values, number, label, what: finding.code },
      });
    }
  }

  clear(): void {
    for (const id of this.#shown) this.#notices.remove(id);
    this.#shown.clear();
  }
}

function isLoud(code: Finding['code']): boolean {
  return ['routed-elsewhere', 'relay-access-refused', 'keys-sdes', 'calls-unsubscribed'].includes(
    code,
  );
}

/** WhatsApp restricts or warns a number; the window has the texts. */
export function notifyNumberRisk(
  notices: Notices,
  account: NamedNumber | undefined,
  change: NumberRisk,
): void {
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

/** A customer allowed or refused calls. */
export function notifyPermission(
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

/**
 * Events of a number arrive much later or earlier than their timestamps say: the relay's clock is
 * wrong, or a firewall delays them.
 */
export function notifyLateness(
  notices: Notices,
  account: NamedNumber | undefined,
  ahead: number | undefined,
): void {
  if (!account) return;
  const id = `webhooks-late/${account.id}`;
  if (ahead === undefined || ahead === 0) return notices.remove(id);
  const values = {
    number: account.id,
    label: account.label,
    seconds: String(Math.round(Math.abs(ahead) / 1000)),
  };
  const code = ahead > 0 ? 'webhooks-late' : 'relay-clock-behind';
  if (notices.list().some((one) => one.id === id && one.code === code)) return;
  notices.add({ id, kind: 'warning', code, values });
}

/** Without a readable token, a number can neither receive nor place calls. */
export function notifyUnreadableToken(notices: Notices, account: NamedNumber): void {
  notices.add({
    id: `token-unreadable/${account.id}`,
    kind: 'error',
    code: 'profile-invalid',
    values: { why: t('desktop.unreadableToken', { label: account.label }) },
  });
}

/** An unencrypted address is never used, so such a number can neither receive nor place calls. */
export function notifyInsecureAddress(notices: Notices, account: NamedNumber): void {
  notices.add({
    id: `insecure-address/${account.id}`,
    kind: 'error',
    code: 'profile-invalid',
    values: { why: t('desktop.insecureAddress', { label: account.label }) },
  });
}
