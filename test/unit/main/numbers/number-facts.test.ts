import { describe, expect, test } from 'vitest';
import { FactNotices } from '../../../../src/main/snapshot/number-notices.ts';
import { Notices } from '../../../../src/main/snapshot/notices.ts';
import type { ProviderError } from '../../../../src/shared/providers/events.ts';
import type { NumberFact } from '../../../../src/shared/rules/data/number-fact-kinds.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import { numberVerdict } from '../../../../src/shared/rules/number-facts.ts';
import { findingMessage } from '../../../../src/shared/rules/finding-message.ts';
import { joao, openContacts, support, T0, reported } from '../contacts/contacts-fixture.ts';

const DAY = 86_400_000;
const failure = (code: string, more: Partial<ProviderError> = {}): ProviderError => ({
  code,
  message: 'no',
  transient: false,
  provider: 'meta',
  ...more,
});
const number = (
  change: { what: 'fact'; fact: NumberFact } | { what: 'fact-over'; kinds: NumberFact['kind'][] },
  about: { number?: string; owner?: string } = {},
  at = T0,
) => reported({ kind: 'number', at, ...about, change });
const offer = (at: number, sdp = 'v=0\r\na=fingerprint:sha-256 00\r\n') =>
  reported({ kind: 'offer', at, party: joao, sdp }, { providerCallId: `wacid.${at}` });

describe('the numbers that a fact concerns', () => {
  const other = { ...support, id: 'sales', label: 'Sales', number: '+551150205678' };
  const foreign = { ...support, id: 'far', label: 'Far', number: '+14155550100', wabaId: '9' };

  test('F4 a report that names a number is stored there only, whichever webhook brought it', () => {
    const { service, numbers } = openContacts({ accounts: [support, other, foreign] });
    const type = 'RESTRICTED_BUSINESS_INITIATED_CALLING';
    service.handleEntry(
      reported({
        kind: 'number',
        at: T0,
        number: '551150205678',
        owner: '2',
        change: { what: 'restricted', restrictions: [{ type }] },
      }),
    );
    expect(numbers.get('sales').restrictions).toMatchObject([{ type }]);
    expect(numbers.get('support').restrictions).toBeUndefined();
  });

  test('V4 a report that names only the account is a fact of each of its numbers', () => {
    const { service, wrong } = openContacts({ accounts: [support, other, foreign] });
    service.handleEntry(number({ what: 'fact', fact: { kind: 'disabled' } }, { owner: '2' }));
    expect([wrong('support'), wrong('sales'), wrong('far')]).toEqual([
      ['disabled'],
      ['disabled'],
      [],
    ]);
    service.handleEntry(number({ what: 'fact-over', kinds: ['disabled'] }, { owner: '2' }));
    expect([wrong('support'), wrong('sales')]).toEqual([[], []]);
  });

  test('F4 a report about an unknown number is ignored', () => {
    const { service, wrong } = openContacts();
    service.handleEntry(number({ what: 'fact', fact: { kind: 'deleted' } }, { number: '999' }));
    expect(wrong()).toEqual([]);
  });
});

describe('the end of a fact', () => {
  test.each([
    'disabled',
    'deleted',
    'offboarded',
    'unshared',
    'payment',
    'provider-error',
  ] as const)('V4 %s ends when a later call comes in', (kind) => {
    const { service, wrong } = openContacts();
    service.handleEntry(number({ what: 'fact', fact: { kind } }));
    service.handleEntry(offer(T0 - 1));
    expect(wrong()).toEqual([kind]);
    service.handleEntry(offer(T0 + 1));
    expect(wrong()).toEqual([]);
  });

  test('F10 a missing payment method is announced once and ends when a call works', () => {
    const { service, facts, wrong } = openContacts();
    facts.handleAnswer('support', failure('131044'));
    service.handleEntry(number({ what: 'fact', fact: { kind: 'payment', code: '131044' } }));
    expect(wrong()).toEqual(['payment']);
    facts.handleTalk('support', 'direct');
    expect(wrong()).toEqual([]);
  });

  test('F5 138038 on any action reports lost calls; hints of other responders count only where nothing rang lately', () => {
    const { service, facts, wrong } = openContacts();
    const said = () => numberVerdict(facts.business(support), T0).findings.map(({ code }) => code);
    service.handleEntry(number({ what: 'fact', fact: { kind: 'routing' } }));
    expect(said()).toEqual(['routing-shared']);
    facts.handleAnswer('support', failure('138038'));
    expect(said()).toEqual(['routed-elsewhere']);
    service.handleEntry(number({ what: 'fact', fact: { kind: 'routing' } }));
    expect(said()).toEqual(['routed-elsewhere']);
    service.handleEntry(offer(T0 + 1));
    expect(wrong()).toEqual([]);
    service.handleEntry(number({ what: 'fact', fact: { kind: 'routing' } }, {}, T0 + 2));
    expect(wrong()).toEqual([]);
    service.handleEntry(number({ what: 'fact', fact: { kind: 'routing' } }, {}, T0 + 2 * DAY));
    expect(wrong()).toEqual(['routing']);
  });

  test('W6 SDES is shown at the number until a call or the settings show DTLS', () => {
    const { service, facts, wrong } = openContacts();
    const sdes = { what: 'fact', fact: { kind: 'key-exchange' } } as const;
    service.handleEntry(offer(T0, 'v=0\r\na=crypto:1 x\r\n'));
    service.handleEntry(number(sdes));
    expect(numberVerdict(facts.business(support), T0).findings.map(wordsIn)).toMatchObject([
      expect.stringContaining('SDES'),
    ]);
    service.handleEntry(offer(T0 + 1));
    expect(wrong()).toEqual([]);
    service.handleEntry(number(sdes));
    facts.handleSettings('support', { calling: true, keyExchange: 'dtls' });
    expect(wrong()).toEqual([]);
    facts.handleSettings('support', { calling: true, keyExchange: 'sdes' });
    expect(wrong()).toEqual(['key-exchange']);
  });
});

const wordsIn = (finding: Parameters<typeof findingMessage>[0]) => {
  const { what, next } = findingMessage(finding, (_, value) => String(value));
  return `${what} ${next}`;
};

describe('a rejected token', () => {
  test.each([
    ['meta', '190'],
    ['d360', 'http-401'],
    ['pilot-meta', 'http-401'],
    ['zernio', 'authentication_error'],
  ] as const)(
    'U5 %s (%s) blocks calls with that reason until a request is accepted',
    (provider, code) => {
      const { facts, wrong } = openContacts();
      facts.handleAnswer('support', failure(code, { provider }));
      expect(wrong()).toEqual(['access']);
      const verdict = mayCall(
        {
          provider: 'meta',
          business: facts.business(support),
          customer: { number: joao.waId },
          permission: 'unavailable',
          history: [],
        },
        T0,
      );
      expect(verdict.allowed).toBe(false);
      expect(verdict.findings.map(wordsIn)[0]).toBe(
        'Support is offline: its access token expired. Import a new profile.',
      );
      expect(verdict.findings.map((one) => one.code)).not.toContain('permission-unavailable');
      facts.handleAnswer('support', undefined);
      expect(wrong()).toEqual([]);
    },
  );

  test('U5 a proxy’s 401 page is not mistaken for Meta’s answer', () => {
    const { facts, wrong } = openContacts();
    facts.handleAnswer('support', failure('http-401'));
    facts.handleAnswer('support', failure('138006'));
    facts.handleAnswer('support', failure('network'));
    expect(wrong()).toEqual([]);
  });

  test('U5 the relay’s rejected token is reported as the relay’s', () => {
    const { facts, wrong } = openContacts();
    facts.handleRelayError('support', failure('190'));
    facts.handleAnswer('support', undefined);
    expect(wrong()).toEqual(['relay-access']);
    facts.handleTalk('support', 'relayed');
    expect(wrong()).toEqual([]);
  });
});

describe('other facts about a number', () => {
  test('F15 a failed set-up shows that a coexistence number cannot call', async () => {
    const { numberService, number: provider, wrong } = openContacts();
    provider.settings.set = async () => ({
      ok: false,
      error: failure('100', { details: 'Calling is not supported for COEX numbers' }),
    });
    await expect(numberService.changeSettings('support', { calling: true })).rejects.toThrow('no');
    expect(wrong()).toEqual(['coexistence']);
  });

  test.each([
    ['v23.0', Date.UTC(2027, 9, 8)],
    ['v24.0', Date.UTC(2028, 1, 18)],
  ])('F13 the end of %s is announced from 90 days before', (graphVersion, endsAt) => {
    const codesAt = (now: number) =>
      numberVerdict({ number: '1', graphVersion }, now).findings.map(({ code }) => code);
    expect(codesAt(endsAt - 90 * DAY - 1)).toEqual([]);
    expect(codesAt(endsAt - 90 * DAY)).toEqual(['version-ending']);
    expect(codesAt(endsAt + DAY)).toEqual(['version-ending']);
    expect(numberVerdict({ number: '1', graphVersion: 'v26.0' }, endsAt + DAY).findings).toEqual(
      [],
    );
  });

  test('V4 each fact has one notice, and a dismissed one returns only when the fact begins again', () => {
    const notices = new Notices(
      () => T0,
      () => undefined,
    );
    const board = new FactNotices(notices);
    const { facts } = openContacts();
    const tell = () => board.update(support, numberVerdict(facts.business(support), T0).findings);
    facts.handleAnswer('support', failure('190'));
    facts.handleAnswer('support', failure('190'));
    tell();
    expect(notices.list()).toMatchObject([
      { id: 'number-fact/support/access-refused', kind: 'error', values: { label: 'Support' } },
    ]);
    notices.remove('number-fact/support/access-refused');
    facts.handleAnswer('support', failure('131044'));
    tell();
    expect(notices.list().map(({ values }) => values['what'])).toEqual(['payment-missing']);
    facts.handleAnswer('support', undefined);
    facts.handleTalk('support', 'direct');
    tell();
    expect(notices.list()).toEqual([]);
  });
});
