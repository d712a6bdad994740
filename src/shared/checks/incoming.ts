import { assertNever } from '../lib/assert-never.ts';
import { hoursState } from '../rules/hours.ts';
import type { FindingCode } from '../rules/findings.ts';
import {
  button,
  command,
  fault,
  line,
  notApplicable,
  ok,
  unknown,
  warning,
  type CheckState,
} from './check.ts';
import type { NumberChecksFacts } from './facts.ts';
import type { checkRows } from './ids.ts';
import { outgoing } from './outgoing.ts';
import { found, fromRelay, isCloud, type Facts, type Rule } from './rule.ts';
import { webhookRules } from './webhooks.ts';

/** A relay's clock this far off shifts what it says, in ms; the header it compares has whole seconds. */
const CLOCK_MS = 5_000;

/** From the number's settings at its provider, if it has any. */
function fromSettings(
  { number }: Facts,
  say: (settings: NonNullable<NumberChecksFacts['settings']>) => CheckState,
): CheckState {
  if (number.capabilities.settings !== 'available') return notApplicable('no-settings');
  if (number.settings) return say(number.settings);
  return number.settingsError
    ? unknown('settings-refused', { message: number.settingsError.message })
    : unknown('not-asked');
}

/** Whether calls can come in. */
export const incoming: Readonly<Record<(typeof checkRows)['in'][number], Rule>> = {
  relay: ({ console: { connection } }) => {
    switch (connection.state) {
      case 'connected':
        return ok('relay-ok', { sinceAt: connection.since });
      case 'unconfigured':
        return fault({ key: 'relay-none' }, button('import-profile'));
      case 'connecting':
        return unknown('relay-connecting');
      case 'offline':
        return fault({ key: 'relay-offline' }, button('try-now'));
      case 'reconnecting':
        return fault(
          { key: 'relay-away', values: { sinceAt: connection.lostAt } },
          button('try-now'),
        );
      case 'refused':
        return refusedBy(connection.code);
      default:
        return assertNever(connection, 'connection');
    }
  },
  'relay-clock': (facts) =>
    fromRelay(facts, ({ clockAheadMs }) => {
      if (clockAheadMs === undefined) return unknown('clock-unknown');
      if (Math.abs(clockAheadMs) <= CLOCK_MS) return ok('clock-ok');
      const seconds = Math.round(Math.abs(clockAheadMs) / 1000);
      return fault(
        { key: clockAheadMs > 0 ? 'clock-ahead' : 'clock-behind', values: { seconds } },
        command('timedatectl set-ntp true'),
      );
    }),
  'agent-token': ({ console: { connection, agentId } }) => {
    if (connection.state === 'connected') return ok('sign-in-ok');
    if (connection.state !== 'refused') return unknown('needs-relay');
    return connection.code === 'version' || connection.code === 'replaced'
      ? ok('sign-in-ok')
      : fault(
          { key: 'sign-in-refused' },
          command(`relay agent rotate --config relay.json --id ${agentId}`),
        );
  },
  ...webhookRules,
  subscription: (facts) => {
    if (!isCloud(facts)) return notApplicable('no-subscription');
    const finding = found(facts, 'calls-unsubscribed');
    if (finding) return fault(finding, line('subscribe-calls'));
    if (facts.number.provider !== 'meta') return ok('not-unsubscribed');
    const { subscribed } = facts.number.readings;
    if (!subscribed) return unknown('not-asked');
    if ('error' in subscribed) return unknown('no-answer', { message: subscribed.error.message });
    return subscribed.value
      ? ok('subscribed')
      : fault({ key: 'not-subscribed' }, button('subscribe'));
  },
  calling: (facts) =>
    fromSettings(facts, ({ calling, forwarding }) => {
      if (calling) return ok('calling-on');
      // The provider does not switch it on before that is put right.
      if (
        found(facts, 'calls-unsubscribed', 'coexistence') ||
        outgoing.tier(facts).state === 'fault'
      ) {
        return unknown('calling-waits');
      }
      // It cannot be switched on without a destination.
      const needsPlace = forwarding !== undefined && forwarding.to === undefined;
      return fault(
        { code: 'calling-off', values: {} },
        button(needsPlace ? 'number-settings' : 'switch-calling-on'),
      );
    }),
  sip: (facts) =>
    isCloud(facts)
      ? fromSettings(facts, ({ sip }) => {
          if (sip === 'on') {
            return fault({ key: 'sip-on' }, settingsCommand(facts, '"sip":{"status":"DISABLED"}'));
          }
          return ok('sip-off');
        })
      : notApplicable('no-sip'),
  'key-exchange': (facts) => {
    if (!isCloud(facts)) return notApplicable('no-keys');
    const change = settingsCommand(facts, '"srtp_key_exchange_protocol":"DTLS"');
    const finding = found(facts, 'keys-sdes');
    if (finding) return fault(finding, change);
    return fromSettings(facts, () => ok('keys-dtls'));
  },
  forwarding: (facts) =>
    facts.number.provider === 'zernio'
      ? fromSettings(facts, ({ forwarding, calling }) =>
          forwarding?.to === undefined && calling
            ? fault({ key: 'forwarding-none' }, button('number-settings'))
            : ok('forwarding-ok'),
        )
      : notApplicable('not-forwarded'),
  phone: ({ number: { provider, readings } }) => {
    if (provider !== 'pilot-web') return notApplicable('no-phone');
    const { phone } = readings;
    if (!phone) return unknown('not-asked');
    if (!('error' in phone)) return ok('phone-ok');
    return phone.error.code === 'WHATSAPP_INSTANCE_NOT_CONNECTED'
      ? fault({ key: 'phone-away' }, line('connect-phone'))
      : unknown('no-answer', { message: phone.error.message });
  },
  hours: (facts) =>
    isCloud(facts)
      ? fromSettings(facts, ({ hours }) => {
          if (!hours?.value) return ok('hours-always');
          const state = hoursState(hours.value, facts.now);
          if (!state) {
            const values = { zone: hours.value.zone };
            return fault({ code: 'hours-unreadable', values }, button('number-settings'));
          }
          if (state.open) return ok('hours-open');
          return warning(
            state.changesAt === undefined
              ? { key: 'hours-closed' }
              : { key: 'hours-closed-until', values: { opensAt: state.changesAt } },
            button('number-settings'),
          );
        })
      : notApplicable('no-hours'),
  icon: (facts) =>
    isCloud(facts)
      ? fromSettings(facts, ({ iconVisible }) =>
          iconVisible === false
            ? warning({ key: 'icon-hidden' }, button('show-icon'))
            : ok('icon-shown'),
        )
      : notApplicable('no-icon'),
  routing: (facts) => {
    if (!isCloud(facts)) return notApplicable('no-routing');
    const elsewhere = found(facts, 'routed-elsewhere');
    if (elsewhere) return fault(elsewhere, line('routing'));
    const shared = found(facts, 'routing-shared');
    return shared ? warning(shared, line('routing')) : ok('routing-ok');
  },
  coexistence: (facts) => {
    if (!isCloud(facts)) return notApplicable('no-coexistence');
    const finding = found(facts, 'coexistence');
    return finding ? fault(finding, line('coexistence')) : ok('coexistence-ok');
  },
  restriction: (facts) => {
    if (facts.number.provider === 'pilot-web') return notApplicable('no-restrictions');
    const severe = found(facts, ...SEVERE);
    if (severe) return fault(severe, line('read-notice'));
    const mild = found(facts, 'account-disabling', 'restriction-unknown');
    return mild ? warning(mild, line('read-notice')) : ok('restriction-none');
  },
  'graph-version': (facts) => {
    const { provider, business } = facts.number;
    if (provider !== 'meta') return notApplicable('no-version');
    const finding = found(facts, 'version-ending');
    if (finding?.code !== 'version-ending') {
      return ok('version-ok', { version: business.graphVersion ?? '' });
    }
    const say = finding.values.endsAt <= facts.now ? fault : warning;
    return say(finding, line('newer-version'));
  },
};

/** Each of them stops calls in a direction, or all of them. */
const SEVERE = [
  'account-disabled',
  'account-deleted',
  'account-offboarded',
  'account-unshared',
  'restricted',
  'restricted-inbound',
  'calling-paused',
] as const satisfies readonly FindingCode[];

function refusedBy(code: string): CheckState {
  if (code === 'version') return fault({ key: 'relay-version' }, line('same-version'));
  return code === 'replaced'
    ? fault({ key: 'relay-replaced' }, button('try-now'))
    : // It was reached, and said no.
      ok('relay-answers');
}

/** A change of what we only read (docs/providers/meta.md#settings). */
function settingsCommand({ number }: Facts, change: string) {
  const { provider, phoneNumberId = 'PHONE_NUMBER_ID', business } = number;
  const body = `-H "Content-Type: application/json" -d '{"calling":{${change}}}'`;
  switch (provider) {
    case 'd360':
      return command(
        `curl -X POST https://waba-v2.360dialog.io/calling/settings -H "D360-API-KEY: $KEY" ${body}`,
      );
    case 'meta':
      return command(
        `curl -X POST https://graph.facebook.com/${business.graphVersion ?? 'v26.0'}/${phoneNumberId}/settings -H "Authorization: Bearer $TOKEN" ${body}`,
      );
    case 'pilot-meta':
    case 'pilot-web':
    case 'zernio':
      // Its API takes no such change.
      return line('ask-provider');
    default:
      return assertNever(provider, 'provider');
  }
}
