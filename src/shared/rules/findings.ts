/** `block`: do not try; `warn`: may fail; `info`: good to know. */
export type Severity = 'block' | 'warn' | 'info';

/** What a person can do about a finding. The screen shows a button or a hint. */
export type NextAction =
  | 'none'
  | 'wait'
  | 'call'
  | 'check-permission'
  | 'request-permission'
  | 'request-by-template'
  | 'send-template'
  | 'wait-for-customer'
  | 'use-other-number'
  | 'enable-calling'
  | 'raise-messaging-limit'
  | 'add-payment-method'
  | 'top-up'
  | 'end-other-call'
  | 'ask-colleague'
  | 'read-provider-notice'
  | 'correct-settings'
  | 'import-profile'
  | 'import-rate-card'
  | 'send-message'
  | 'allow-calls';

type NoValues = Readonly<Record<string, never>>;
/** `label`: the number's name here. */
type AboutNumber = Readonly<{ label: string; toldAt: number }>;

/**
 * The values of each finding's text. Names ending in `At` are Unix ms, `country` is an ISO code,
 * `hours` a number of hours, money is decimal text. Values never depend on the current time:
 * countdowns use `changesAt`.
 */
export interface FindingValues {
  'permission-unchecked': NoValues;
  'permission-unavailable': NoValues;
  'permission-missing': NoValues;
  'permission-declined': { declinedAt: number };
  'permission-revoked': { revokedAt: number };
  'permission-expired': { expiredAt: number };
  'permission-maybe-revoked': { unanswered: number };
  'permission-temporary': NoValues;
  'permission-permanent': NoValues;
  'permission-answer-old': { checkedAt: number };
  'call-refused': NoValues;
  'call-limit': { max: number; hours: number };
  'calls-left': { left: number; max: number; hours: number };
  'unanswered-some': { unanswered: number; limit: number };
  'unanswered-last': { unanswered: number; limit: number };
  'pick-up-low': { ratePercent: number; limitPercent: number; calls: number };
  'pick-up-falling': { ratePercent: number; limitPercent: number; fallsAt: number };
  'pick-up-held': { ratePercent: number; limitPercent: number; calls: number };
  'permission-not-needed': NoValues;
  'permission-already-permanent': NoValues;
  'declined-recently': { declinedAt: number };
  'request-limit': { max: number; hours: number };
  'request-refused': NoValues;
  'requests-left': { left: number; max: number; hours: number };
  'request-pending': { sentAt: number };
  'request-free-form-unsupported': NoValues;
  'request-template-unsupported': NoValues;
  'window-open': NoValues;
  'window-closed': NoValues;
  'window-needs-reply': NoValues;
  'call-window-disputed': NoValues;
  'country-blocked': { country: string };
  'country-refused': { refusedAt: number };
  'country-unknown': NoValues;
  'region-sanctioned': { region: string; party: 'business' | 'customer' };
  'region-doubtful': { region: string; party: 'business' | 'customer' };
  'region-unreliable': { country: string; party: 'business' | 'customer' };
  'calling-off': NoValues;
  'tier-too-low': { tier: string; needed: number };
  'tier-disputed': { tier: string; needed: number; otherNeeded: number };
  'tier-refused': { refusedAt: number };
  'access-refused': AboutNumber;
  'relay-access-refused': AboutNumber;
  'account-disabled': AboutNumber;
  'account-disabling': AboutNumber;
  'account-deleted': AboutNumber;
  'account-offboarded': AboutNumber;
  'account-unshared': AboutNumber;
  'routed-elsewhere': AboutNumber;
  'routing-shared': AboutNumber;
  'calls-unsubscribed': AboutNumber;
  coexistence: AboutNumber;
  'keys-sdes': AboutNumber;
  'payment-missing': AboutNumber;
  'number-error': AboutNumber & { errorCode: string; quote: string };
  'version-ending': { label: string; version: string; endsAt: number };
  'customer-not-callable': { refusedAt: number };
  'calling-paused': { refusedAt: number };
  restricted: { restriction: string };
  'restricted-inbound': { restriction: string };
  'restriction-unknown': { restriction: string };
  'balance-too-low': { balance: string; minimum: string; shortfall: string; currency: string };
  'balance-unreadable': { balance: string; minimum: string };
  'do-not-call': { by: string; markedAt: number };
  'do-not-call-because': { by: string; markedAt: number; reason: string };
  'already-in-call': NoValues;
  'colleague-in-call': NoValues;
  'concurrent-limit': { max: number };
  'concurrent-limit-account': { max: number };
  'outside-hours': NoValues;
  'hours-unreadable': { zone: string };
  'cost-rate': { perMinute: string; perPulse: string; currency: string; region: string };
  'cost-unknown': { currency: string };
  'cost-by-minute': NoValues;
}

export type FindingCode = keyof FindingValues;

export interface FindingOf<C extends FindingCode> {
  code: C;
  severity: Severity;
  values: FindingValues[C];
  next: NextAction;
  /**
   * When this finding changes or ends on its own (Unix ms); missing if only an event can change it.
   */
  changesAt?: number | undefined;
}

/** One result of the rules. `findingMessage` gives its text. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];

/** Severity and next step of each finding, unless the rule says otherwise. */
export const findingKinds: Readonly<Record<FindingCode, { severity: Severity; next: NextAction }>> =
  {
    'permission-unchecked': { severity: 'block', next: 'check-permission' },
    'permission-unavailable': { severity: 'warn', next: 'check-permission' },
    'permission-missing': { severity: 'block', next: 'request-permission' },
    'permission-declined': { severity: 'block', next: 'request-permission' },
    'permission-revoked': { severity: 'block', next: 'request-permission' },
    'permission-expired': { severity: 'block', next: 'request-permission' },
    'permission-maybe-revoked': { severity: 'block', next: 'check-permission' },
    'permission-temporary': { severity: 'info', next: 'none' },
    'permission-permanent': { severity: 'info', next: 'none' },
    'permission-answer-old': { severity: 'info', next: 'check-permission' },
    'call-refused': { severity: 'block', next: 'check-permission' },
    'call-limit': { severity: 'block', next: 'wait' },
    'calls-left': { severity: 'info', next: 'none' },
    'unanswered-some': { severity: 'warn', next: 'send-message' },
    'unanswered-last': { severity: 'warn', next: 'send-message' },
    'pick-up-low': { severity: 'warn', next: 'none' },
    'pick-up-falling': { severity: 'warn', next: 'none' },
    'pick-up-held': { severity: 'block', next: 'wait-for-customer' },
    'permission-not-needed': { severity: 'block', next: 'call' },
    'permission-already-permanent': { severity: 'block', next: 'call' },
    'declined-recently': { severity: 'block', next: 'wait' },
    'request-limit': { severity: 'block', next: 'wait' },
    'request-refused': { severity: 'block', next: 'check-permission' },
    'requests-left': { severity: 'info', next: 'none' },
    'request-pending': { severity: 'info', next: 'wait-for-customer' },
    'request-free-form-unsupported': { severity: 'block', next: 'request-by-template' },
    'request-template-unsupported': { severity: 'block', next: 'request-permission' },
    'window-open': { severity: 'info', next: 'none' },
    'window-closed': { severity: 'block', next: 'send-template' },
    'window-needs-reply': { severity: 'block', next: 'wait-for-customer' },
    'call-window-disputed': { severity: 'warn', next: 'send-template' },
    'country-blocked': { severity: 'block', next: 'use-other-number' },
    'country-refused': { severity: 'block', next: 'use-other-number' },
    'country-unknown': { severity: 'warn', next: 'correct-settings' },
    'region-sanctioned': { severity: 'block', next: 'none' },
    'region-doubtful': { severity: 'warn', next: 'none' },
    'region-unreliable': { severity: 'warn', next: 'send-message' },
    'calling-off': { severity: 'block', next: 'enable-calling' },
    'tier-too-low': { severity: 'warn', next: 'raise-messaging-limit' },
    'tier-disputed': { severity: 'warn', next: 'raise-messaging-limit' },
    'tier-refused': { severity: 'block', next: 'raise-messaging-limit' },
    'access-refused': { severity: 'block', next: 'import-profile' },
    'relay-access-refused': { severity: 'warn', next: 'none' },
    'account-disabled': { severity: 'block', next: 'read-provider-notice' },
    'account-disabling': { severity: 'warn', next: 'read-provider-notice' },
    'account-deleted': { severity: 'block', next: 'read-provider-notice' },
    'account-offboarded': { severity: 'warn', next: 'read-provider-notice' },
    'account-unshared': { severity: 'warn', next: 'read-provider-notice' },
    'routed-elsewhere': { severity: 'warn', next: 'none' },
    'routing-shared': { severity: 'warn', next: 'none' },
    'calls-unsubscribed': { severity: 'warn', next: 'none' },
    coexistence: { severity: 'warn', next: 'use-other-number' },
    'keys-sdes': { severity: 'warn', next: 'none' },
    'payment-missing': { severity: 'warn', next: 'add-payment-method' },
    'number-error': { severity: 'warn', next: 'none' },
    'version-ending': { severity: 'warn', next: 'none' },
    'customer-not-callable': { severity: 'warn', next: 'send-message' },
    'calling-paused': { severity: 'warn', next: 'read-provider-notice' },
    restricted: { severity: 'block', next: 'read-provider-notice' },
    'restricted-inbound': { severity: 'info', next: 'read-provider-notice' },
    'restriction-unknown': { severity: 'warn', next: 'read-provider-notice' },
    'balance-too-low': { severity: 'block', next: 'top-up' },
    'balance-unreadable': { severity: 'warn', next: 'correct-settings' },
    'do-not-call': { severity: 'block', next: 'allow-calls' },
    'do-not-call-because': { severity: 'block', next: 'allow-calls' },
    'already-in-call': { severity: 'block', next: 'end-other-call' },
    'colleague-in-call': { severity: 'block', next: 'ask-colleague' },
    'concurrent-limit': { severity: 'block', next: 'wait' },
    'concurrent-limit-account': { severity: 'block', next: 'wait' },
    'outside-hours': { severity: 'warn', next: 'wait' },
    'hours-unreadable': { severity: 'warn', next: 'correct-settings' },
    'cost-rate': { severity: 'info', next: 'none' },
    'cost-unknown': { severity: 'info', next: 'import-rate-card' },
    'cost-by-minute': { severity: 'warn', next: 'none' },
  };

/** Creates a finding from its code and values. */
export function finding<C extends FindingCode>(
  code: C,
  values: FindingValues[C],
  more: { changesAt?: number | undefined; next?: NextAction | undefined } = {},
): FindingOf<C> {
  const kind = findingKinds[code];
  return {
    code,
    severity: kind.severity,
    values,
    next: more.next ?? kind.next,
    changesAt: more.changesAt,
  };
}
