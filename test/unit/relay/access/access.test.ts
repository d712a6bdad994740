import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Access } from '../../../../src/relay/access/access.ts';
import type { Rights } from '../../../../src/relay/store/agent-store.ts';
import { fromConsole } from '../../../../src/shared/protocol/agent-frames.ts';
import { callRights, role } from '../../../../src/shared/protocol/rights.ts';
import { RIGHTS } from '../../../helpers/rights.ts';

const access = new Access([
  { id: 'sales', numbers: ['s1', 's2'] },
  { id: 'care', numbers: ['c1'] },
]);
const sales = (more: Partial<Rights> = {}): Rights => ({ ...RIGHTS, workspace: 'sales', ...more });
const ACCOUNTS = ['s1', 's2', 'c1', 'gone'];

/** The fields of a console's frame that name a call or an account. */
const ASKED = fromConsole.options.flatMap(({ shape }) =>
  'callId' in shape || 'accountId' in shape ? [shape.type.value] : [],
);

const subject = fc.record({
  workspace: fc.constantFrom('sales', 'care', 'gone'),
  role: fc.constantFrom(...role.options),
  calls: fc.constantFrom(...callRights.options),
  numbers: fc.oneof(fc.constant('all' as const), fc.subarray(ACCOUNTS)),
});
const account = fc.constantFrom(...ACCOUNTS);

describe('the numbers of an agent', () => {
  it.each([
    [sales(), ['s1', 's2']],
    [sales({ numbers: ['s2'] }), ['s2']],
    [sales({ numbers: [] }), []],
    [sales({ numbers: ['c1', 'gone'] }), []],
    [sales({ workspace: 'care' }), ['c1']],
    [sales({ workspace: 'gone' }), []],
  ])('are those of their workspace, or of the list: %j', (member, numbers) => {
    expect(access.numbersOf(member)).toEqual(numbers);
    expect(ACCOUNTS.filter((id) => access.hears(member, id))).toEqual(numbers);
  });

  it('never include another workspace’s, whatever their rights', () => {
    fc.assert(
      fc.property(subject, account, (member, accountId) => {
        const isOwn = access.workspaceOf(accountId) === member.workspace;
        expect(access.hears(member, accountId) && !isOwn).toBe(false);
        expect(access.numbersOf(member).includes(accountId)).toBe(access.hears(member, accountId));
      }),
    );
  });
});

describe('an entry of the log', () => {
  const body = { type: 'claimed', callId: 's1/1', by: { id: 'ana', name: 'Ana' } } as const;
  it.each([
    ['of an own number is heard', { accountId: 's1', body }, true],
    ['of a foreign number is not', { accountId: 'c1', body }, false],
    ['of nobody knows which number is not', { accountId: undefined, body }, false],
    [
      'that cannot be read is not, of a foreign number',
      { accountId: 'c1', body: { type: 'unreadable' } as const },
      false,
    ],
    [
      'that cannot be read is heard, of nobody knows which number',
      { accountId: undefined, body: { type: 'unreadable' } as const },
      true,
    ],
  ])('%s', (_, entry, heard) => {
    expect(access.hearsEntry({ ...sales(), id: 'ana' }, entry)).toBe(heard);
  });
});

describe('rights', () => {
  it.each([
    ['all', true, true, true],
    ['no-transfers', true, false, true],
    ['outbound-only', false, false, true],
    ['none', false, false, false],
  ] as const)('%s: accepts %s, receives %s, dials %s', (calls, take, handed, place) => {
    const member = sales({ calls });
    expect(access.mayTake(member, 's1')).toBe(take);
    expect(access.mayBeHanded(member, 's1')).toBe(handed);
    expect(access.mayPlace(member, 's1')).toBe(place);
  });

  it.each([
    ['agent', false, false],
    ['supervisor', true, false],
    ['admin', true, true],
  ] as const)('%s: supervises %s, administers %s', (is, supervise, administer) => {
    const member = sales({ role: is });
    expect(access.maySupervise(member, 's1')).toBe(supervise);
    expect(access.maySupervise(member, 'c1')).toBe(false);
    expect(access.mayAdminister(member, 'sales')).toBe(administer);
    expect(access.mayAdminister(member, 'care')).toBe(false);
  });

  it('allow nothing about calls that the agent does not receive', () => {
    fc.assert(
      fc.property(subject, account, (member, accountId) => {
        const may = [
          access.mayTake(member, accountId),
          access.mayBeHanded(member, accountId),
          access.mayPlace(member, accountId),
          access.maySupervise(member, accountId),
        ];
        expect(may.includes(true) && !access.hears(member, accountId)).toBe(false);
      }),
    );
  });
});

describe('a request', () => {
  it.each(ASKED)(
    '%s about another workspace’s call is refused like one about an unknown call',
    (asked) => {
      fc.assert(
        fc.property(subject, account, (member, accountId) => {
          if (access.hears(member, accountId)) return;
          expect(access.denial(member, asked, { accountId })).toBe('unknown');
          expect(access.denial(member, asked, { accountId: undefined })).toBe('unknown');
        }),
      );
    },
  );

  it.each([
    ['claim', sales({ calls: 'outbound-only' }), 'restricted'],
    ['reserve', sales({ calls: 'none' }), 'restricted'],
    ['claim', sales({ calls: 'no-transfers' }), undefined],
    ['place', sales({ calls: 'none' }), 'restricted'],
    ['place', sales({ calls: 'outbound-only' }), undefined],
    ['supervise', sales(), 'role'],
    ['supervise', sales({ role: 'admin' }), undefined],
    ['hang-up', sales({ calls: 'none' }), undefined],
    ['release', sales({ calls: 'none' }), undefined],
  ] as const)('%s by %j: %s', (asked, member, why) => {
    expect(access.denial(member, asked, { accountId: 's1' })).toBe(why);
  });

  it.each([
    ['outbound', 'outbound-only', undefined],
    ['inbound', 'outbound-only', 'restricted'],
    ['outbound', 'none', 'restricted'],
    ['inbound', 'all', undefined],
  ] as const)('for the stream of an %s call with the right %s: %s', (direction, calls, why) => {
    const call = { accountId: 's1', direction };
    expect(access.denial(sales({ calls }), 'stream', call)).toBe(why);
  });
});

describe('teammates', () => {
  it('see each other in their own workspace only', () => {
    fc.assert(
      fc.property(subject, subject, (one, other) => {
        const sees = access.seesTeammate(one, other);
        expect(sees).toBe(access.seesTeammate(other, one));
        expect(sees).toBe(one.workspace === other.workspace);
      }),
    );
  });
});
