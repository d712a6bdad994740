import { describe, expect, it } from 'vitest';
import { i18n, t } from '../../../../src/shared/i18n/i18n.ts';
import { checkOfError, checksOf } from '../../../../src/shared/checks/checks.ts';
import type { Check, CheckText, Repair } from '../../../../src/shared/checks/check.ts';
import type { ConsoleFacts, NumberChecksFacts } from '../../../../src/shared/checks/facts.ts';
import { checkIds, checkRows, type CheckId } from '../../../../src/shared/checks/ids.ts';
import type { NumberFact } from '../../../../src/shared/rules/data/number-fact-kinds.ts';
import type { ProviderId } from '../../../../src/shared/rules/data/providers.ts';
import { heardEcho, kinds, NOW, wellConsole, wellNumber } from './facts.ts';

interface Case {
  what: string;
  kind: ProviderId;
  console?: Partial<ConsoleFacts>;
  number?: Partial<NumberChecksFacts>;
  fault: CheckId;
  repair: Repair['kind'];
}

const relay = (more: object): Partial<ConsoleFacts> => ({
  relay: { clockAheadMs: 0, numbers: [{ accountId: 'meta', ...more }] },
});
const withFact = (kind: ProviderId, fact: NumberFact): Partial<NumberChecksFacts> => ({
  business: { ...wellNumber(kind).business, facts: [{ since: NOW - 1000, ...fact }] },
});
const settings = (kind: ProviderId, change: object): Partial<NumberChecksFacts> => ({
  settings: { calling: true, ...wellNumber(kind).settings, ...change },
});
const value = <T>(given: T) => ({ at: NOW, value: given });

/** Each fault, and the only check that may turn red for it. */
const cases: readonly Case[] = [
  {
    what: 'a relay that is away',
    kind: 'meta',
    console: {
      connection: {
        state: 'reconnecting',
        retryAt: NOW + 1000,
        attempt: 2,
        lostAt: NOW - 9000,
        why: { code: 'dropped' },
      },
      relay: undefined,
    },
    fault: 'relay',
    repair: 'button',
  },
  {
    what: 'a computer without a network',
    kind: 'meta',
    console: { connection: { state: 'offline', since: NOW - 9000 }, relay: undefined },
    fault: 'relay',
    repair: 'button',
  },
  {
    what: 'a sign-in that the relay rejects',
    kind: 'meta',
    console: {
      connection: { state: 'refused', since: NOW, code: 'token-unknown', message: 'no' },
      relay: undefined,
    },
    fault: 'agent-token',
    repair: 'command',
  },
  {
    what: 'a relay of another version',
    kind: 'zernio',
    console: {
      connection: { state: 'refused', since: NOW, code: 'version', message: 'no' },
      relay: undefined,
    },
    fault: 'relay',
    repair: 'line',
  },
  {
    what: 'a relay whose clock is wrong',
    kind: 'd360',
    console: {
      relay: {
        clockAheadMs: -90_000,
        numbers: [{ accountId: 'd360', takenAt: NOW - 1000 }],
      },
    },
    fault: 'relay-clock',
    repair: 'command',
  },
  {
    what: 'a webhook address that leads elsewhere',
    kind: 'meta',
    number: {
      readings: {
        ...wellNumber('meta').readings,
        webhook: value({ address: 'https://old.example/hook', reaches: 'other' as const }),
      },
    },
    fault: 'webhook-address',
    repair: 'line',
  },
  {
    what: 'a number without a webhook address',
    kind: 'meta',
    number: { readings: { ...wellNumber('meta').readings, webhook: value({}) } },
    fault: 'webhook-address',
    repair: 'line',
  },
  {
    what: 'a webhook that came to the address of another number',
    kind: 'meta',
    console: relay({
      takenAt: NOW - 9000,
      refused: { at: NOW - 1000, code: 'wrong-address', cameTo: 'sales' },
    }),
    fault: 'webhook-address',
    repair: 'line',
  },
  {
    what: 'a wrong app secret',
    kind: 'meta',
    console: relay({ takenAt: NOW - 9000, refused: { at: NOW - 1000, code: 'signature-wrong' } }),
    fault: 'webhook-signature',
    repair: 'line',
  },
  {
    what: 'an app that is not subscribed',
    kind: 'meta',
    number: { readings: { ...wellNumber('meta').readings, subscribed: value(false) } },
    fault: 'subscription',
    repair: 'button',
  },
  {
    what: 'a field that is not subscribed',
    kind: 'd360',
    number: withFact('d360', { kind: 'unsubscribed', code: '138018' }),
    fault: 'subscription',
    repair: 'line',
  },
  ...(['meta', 'd360', 'pilot-meta', 'zernio'] as const).map((kind): Case => ({
    what: 'calls that are switched off',
    kind,
    number: settings(kind, { calling: false }),
    fault: 'calling',
    repair: 'button',
  })),
  {
    what: 'SIP that is on',
    kind: 'd360',
    number: settings('d360', { sip: 'on' }),
    fault: 'sip',
    repair: 'command',
  },
  {
    what: 'keys by SDES',
    kind: 'meta',
    number: withFact('meta', { kind: 'key-exchange' }),
    fault: 'key-exchange',
    repair: 'command',
  },
  {
    what: 'calls that are forwarded nowhere',
    kind: 'zernio',
    number: settings('zernio', { forwarding: { recording: false, sipPasswordSet: false } }),
    fault: 'forwarding',
    repair: 'button',
  },
  {
    what: 'a telephone that is not connected',
    kind: 'pilot-web',
    number: {
      readings: {
        phone: { at: NOW, error: { code: 'WHATSAPP_INSTANCE_NOT_CONNECTED', message: 'away' } },
      },
    },
    fault: 'phone',
    repair: 'line',
  },
  {
    what: 'calls that another responder has',
    kind: 'pilot-meta',
    number: withFact('pilot-meta', { kind: 'routing', code: '138038' }),
    fault: 'routing',
    repair: 'line',
  },
  {
    what: 'a number that is in the app as well',
    kind: 'meta',
    number: {
      ...withFact('meta', { kind: 'coexistence' }),
      ...settings('meta', { calling: false }),
    },
    fault: 'coexistence',
    repair: 'line',
  },
  {
    what: 'a restriction',
    kind: 'meta',
    number: {
      business: {
        ...wellNumber('meta').business,
        restrictions: [{ type: 'RESTRICTED_USER_INITIATED_CALLING' }],
      },
    },
    fault: 'restriction',
    repair: 'line',
  },
  {
    what: 'a ban',
    kind: 'd360',
    number: withFact('d360', { kind: 'disabled' }),
    fault: 'restriction',
    repair: 'line',
  },
  {
    what: 'no microphone',
    kind: 'meta',
    console: {
      devices: { microphone: 'none', speaker: 'ready', microphoneLabel: '', speakerLabel: 'S' },
      ringer: { state: 'dead', since: NOW, why: 'microphone' },
    },
    fault: 'microphone',
    repair: 'button',
  },
  {
    what: 'a window that does not answer',
    kind: 'pilot-web',
    console: { ringer: { state: 'dead', since: NOW, why: 'window' } },
    fault: 'ring',
    repair: 'button',
  },
  {
    what: 'UDP that is blocked',
    kind: 'meta',
    console: {
      network: {
        at: NOW,
        stun: 'silent',
        turn: 'answered',
        turnByUdp: 'silent',
        host: 'relay.example',
      },
      echo: undefined,
    },
    fault: 'udp',
    repair: 'line',
  },
  {
    what: 'a direct call in which WhatsApp heard nothing',
    kind: 'meta',
    number: { unheardAt: NOW - 60_000 },
    fault: 'udp',
    repair: 'line',
  },
  {
    what: 'a relayed call in which WhatsApp heard nothing, although we reach the relay',
    kind: 'd360',
    number: { path: 'relayed', unheardAt: NOW - 60_000 },
    fault: 'udp',
    repair: 'line',
  },
  {
    what: 'UDP that is blocked, as an echo call by TCP shows',
    kind: 'd360',
    number: { path: 'relayed' },
    console: {
      network: {
        at: NOW,
        stun: 'none',
        turn: 'answered',
        turnByUdp: 'none',
        host: 'relay.example',
      },
      echo: { at: NOW, report: { ...heardEcho, by: 'tcp' } },
    },
    fault: 'udp',
    repair: 'line',
  },
  {
    what: 'sound that does not get through to the relay',
    kind: 'meta',
    number: { path: 'relayed' },
    console: { echo: { at: NOW, report: { end: 'blocked' } } },
    fault: 'echo',
    repair: 'line',
  },
  {
    what: 'a microphone that is muted at the headset',
    kind: 'meta',
    number: { path: 'relayed' },
    console: { echo: { at: NOW, report: { ...heardEcho, spoken: 0, heard: 0 } } },
    fault: 'echo',
    repair: 'button',
  },
  {
    what: 'a token that the provider rejects',
    kind: 'zernio',
    number: withFact('zernio', { kind: 'access', code: 'authentication_error' }),
    fault: 'key',
    repair: 'button',
  },
  {
    what: 'a token that cannot be read here',
    kind: 'pilot-meta',
    number: { hasKey: false, settings: undefined },
    fault: 'key',
    repair: 'button',
  },
  {
    what: 'no payment method',
    kind: 'd360',
    number: withFact('d360', { kind: 'payment', code: '131044' }),
    fault: 'payment',
    repair: 'line',
  },
  {
    what: 'a country whose numbers may not call',
    kind: 'zernio',
    number: settings('zernio', { outboundDisabled: true }),
    fault: 'country',
    repair: 'line',
  },
  {
    what: 'a messaging limit that is too low',
    kind: 'meta',
    number: {
      readings: { ...wellNumber('meta').readings, tier: value('TIER_250') },
      ...settings('meta', { calling: false }),
    },
    fault: 'tier',
    repair: 'line',
  },
];

const redOf = (checks: readonly Check[]) =>
  checks.filter(({ state }) => state === 'fault').map(({ id }) => id);

describe('a number that is well', () => {
  it.each(kinds)('of %s has no fault and no warning', (kind) => {
    const checks = checksOf(wellConsole(), wellNumber(kind), NOW);
    const bad = checks.filter(({ state }) => !['ok', 'not-applicable'].includes(state));
    expect(bad).toEqual([]);
    expect(checks.map(({ id }) => id)).toEqual(checkIds);
  });
});

describe('each fault turns its own check red, and no other', () => {
  it.each(cases)('$what ($kind)', ({ kind, console, number, fault, repair }) => {
    const checks = checksOf(wellConsole(console), wellNumber(kind, number), NOW);
    expect(redOf(checks)).toEqual([fault]);
    const red = checks.find(({ id }) => id === fault);
    expect(red?.state === 'fault' && red.repair.kind).toBe(repair);
  });

  it('covers every check that can be red', () => {
    const never = ['webhook-seen', 'hours', 'icon', 'graph-version', 'turn', 'prices'];
    const covered = new Set([...cases.map(({ fault }) => fault), ...never, 'speaker']);
    expect(checkIds.filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe('the webhook’s address', () => {
  const asked = (kind: ProviderId, webhooks: object) =>
    checksOf(
      wellConsole({ relay: { clockAheadMs: 0, numbers: [{ accountId: kind, ...webhooks }] } }),
      wellNumber(kind),
      NOW,
    ).find(({ id }) => id === 'webhook-address');

  it('of another number is named, with the right one', () => {
    const refused = { at: NOW, code: 'wrong-address', cameTo: 'sales' };
    const address = 'https://relay.example/webhooks/zernio/zernio';
    expect(asked('zernio', { refused })).toMatchObject({
      state: 'fault',
      says: { key: 'address-of', values: { account: 'sales' } },
      repair: { line: 'address-at-provider', values: { address } },
    });
    expect(asked('meta', { refused })).toMatchObject({ repair: { line: 'address' } });
  });

  it('is right where webhooks come, if the provider does not tell it', () => {
    expect(asked('zernio', { takenAt: NOW })).toMatchObject({ state: 'ok' });
    expect(asked('zernio', {})).toMatchObject({ state: 'not-applicable' });
  });
});

describe('warnings', () => {
  it('say that a webhook was about a number that the relay does not know', () => {
    const refused = { at: NOW, code: 'number-unknown' };
    const numbers = [{ accountId: 'meta', takenAt: NOW, refused }];
    const facts = wellConsole({ relay: { clockAheadMs: 0, numbers } });
    const check = checksOf(facts, wellNumber('meta'), NOW).find(
      ({ id }) => id === 'webhook-signature',
    );
    expect(check).toMatchObject({
      state: 'warning',
      says: { key: 'number-unknown' },
      repair: { line: 'compare-number-id' },
    });
  });

  const stateOf = (id: CheckId, number: Partial<NumberChecksFacts>, now = NOW) =>
    checksOf(wellConsole(), wellNumber('meta', number), now).find((check) => check.id === id);

  it('say that a token ends within two weeks', () => {
    const readings = wellNumber('meta').readings;
    const soon = { readings: { ...readings, token: value({ validUntil: NOW + 86_400_000 }) } };
    expect(stateOf('key', soon)?.state).toBe('warning');
    const later = {
      readings: { ...readings, token: value({ validUntil: NOW + 40 * 86_400_000 }) },
    };
    expect(stateOf('key', later)?.state).toBe('ok');
  });

  it('say that the number is closed now, and the call button hidden', () => {
    const hours = {
      zone: 'UTC',
      weekly: [{ day: 'MONDAY' as const, open: '0900', close: '1000' }],
      holidays: [],
      holidaysMean: 'closed' as const,
    };
    expect(stateOf('hours', settings('meta', { hours: { value: hours } }))?.state).toBe('warning');
    expect(stateOf('icon', settings('meta', { iconVisible: false }))?.state).toBe('warning');
  });

  it('say that a version of the API ends, which is a fault once it has', () => {
    const business = { ...wellNumber('meta').business, graphVersion: 'v23.0' };
    expect(stateOf('graph-version', { business }, Date.UTC(2027, 8, 1))?.state).toBe('warning');
    expect(stateOf('graph-version', { business }, Date.UTC(2027, 9, 9))?.state).toBe('fault');
  });

  it('say that media does not pass a SOCKS proxy with a password', () => {
    const { network } = wellConsole();
    const console = wellConsole({
      network: network && { ...network, turn: 'silent', turnByUdp: 'silent' },
      socksSignedIn: 'proxy.example:1080',
    });
    const turn = checksOf(console, wellNumber('meta'), NOW).find(({ id }) => id === 'turn');
    expect(turn).toMatchObject({
      state: 'warning',
      says: { key: 'turn-behind-socks', values: { proxy: 'proxy.example:1080' } },
      repair: { kind: 'line', line: 'past-socks' },
    });
  });

  it('say that prices are older than the quarter', () => {
    const prices = { name: 'card.csv', from: Date.UTC(2026, 6, 1) };
    const checks = checksOf(wellConsole({ prices }), wellNumber('meta'), NOW);
    expect(checks.find(({ id }) => id === 'prices')?.state).toBe('warning');
  });
});

describe('texts', () => {
  const textOf = (says: CheckText) =>
    'code' in says
      ? `findings.${says.code}.what`
      : i18n.fill(`checks.says.${says.key}`, says.values ?? {});

  it.each(cases)('of $what are whole', ({ kind, console, number }) => {
    for (const check of checksOf(wellConsole(console), wellNumber(kind, number), NOW)) {
      expect(textOf(check.says)).not.toContain('{{');
      if (!('repair' in check) || check.repair?.kind !== 'line') continue;
      const { line, values = {} } = check.repair;
      expect(i18n.fill(`checks.lines.${line}`, values)).not.toContain('{{');
    }
  });

  it('name every check and every row', () => {
    for (const id of checkIds) expect(t(`checks.names.${id}`)).not.toContain('checks.');
    for (const row of Object.keys(checkRows)) expect(i18n.isKey(`checks.rows.${row}`)).toBe(true);
  });
});

describe('a failed call', () => {
  it.each([
    ['131044', 'payment'],
    ['138038', 'routing'],
    ['190', 'key'],
    ['138021', 'udp'],
    ['138020', undefined],
    ['138006', undefined],
    ['toString', undefined],
  ])('with %s leads to %s', (code, id) => expect(checkOfError(code)).toBe(id));
});
