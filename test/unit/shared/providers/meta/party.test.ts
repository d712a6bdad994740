import { describe, expect, it } from 'vitest';
import { only, problemsOf, SAMPLES } from './samples.ts';

const [sample] = SAMPLES.userConnect.calls;
const { from: _f, from_user_id: _u, ...call } = sample;
const partyOf = (ends: object, contacts: readonly object[]) => {
  const { event } = only({ calls: [{ ...call, ...ends }], contacts });
  return event.kind === 'offer' ? event.party : undefined;
};

const ana = { wa_id: '5511987654321', user_id: 'BR.1', profile: { name: 'Ana' } };
const bob = { wa_id: '16315553602', user_id: 'US.2', profile: { name: 'Bob' } };

/*
 * Which field holds which id is our guess from Meta's samples and other clients; every mixture is
 * read.
 */
describe('the customer of a call', () => {
  it('V3 has no phone number when the webhook puts a user id there', () => {
    expect(partyOf({ from: 'BR.1' }, [])).toEqual({ userId: 'BR.1' });
    expect(partyOf({ from: 'BR.ENT.134912aF' }, [])).toEqual({ userId: 'BR.ENT.134912aF' });
    expect(partyOf({ from: 'BR.1', from_user_id: 'BR.1' }, [])).toEqual({ userId: 'BR.1' });
    expect(partyOf({ from: '13491208655302741918' }, [])).toEqual({
      userId: '13491208655302741918',
    });
  });

  it('has a number however that is spelled', () => {
    for (const from of ['+5511987654321', '+55 11 98765-4321', '+55 (11) 98765.4321']) {
      expect(partyOf({ from }, [ana])).toEqual({
        waId: '5511987654321',
        userId: 'BR.1',
        name: 'Ana',
      });
    }
    expect(partyOf({ from: '11-22' }, [])).toEqual({ userId: '11-22' });
  });

  it('V3 is the right one of two contacts, by either id', () => {
    const anas = { waId: '5511987654321', userId: 'BR.1', name: 'Ana' };
    for (const contacts of [
      [ana, bob],
      [bob, ana],
    ]) {
      expect(partyOf({ from: 'BR.1' }, contacts)).toEqual(anas);
      expect(partyOf({ from_user_id: 'BR.1' }, contacts)).toEqual(anas);
      expect(partyOf({ from: '5511987654321' }, contacts)).toEqual(anas);
      expect(partyOf({ from: 'BR.1', from_user_id: '5511987654321' }, contacts)).toEqual(anas);
    }
    const idsOnly = [{ wa_id: 'US.2' }, { wa_id: 'BR.1', profile: { name: 'Ana' } }];
    expect(partyOf({ from: 'BR.1' }, idsOnly)).toEqual({ userId: 'BR.1', name: 'Ana' });
    expect(partyOf({ from: 'BR.7' }, [ana, bob])).toEqual({ userId: 'BR.7' });
  });

  it('V3 is the lone contact unless it contradicts the caller', () => {
    expect(partyOf({ from: 'BR.1' }, [{ wa_id: '5511987654321' }])).toEqual({
      waId: '5511987654321',
      userId: 'BR.1',
    });
    expect(partyOf({ from: '5511987654321' }, [{ wa_id: 'BR.1' }])).toEqual({
      waId: '5511987654321',
      userId: 'BR.1',
    });
    expect(partyOf({ from: 'BR.9' }, [ana])).toEqual({ userId: 'BR.9' });
  });

  it('N3 V3 is the contact under the other spelling of the number', () => {
    const rui = { wa_id: '553188887777', user_id: 'BR.2', profile: { name: 'Rui' } };
    expect(partyOf({ from: '5531988887777' }, [bob, rui])).toMatchObject({ name: 'Rui' });
  });

  it('T1 has no name if it is invisible, and none that reverses text', () => {
    const named = (name: string) => [{ ...ana, profile: { name } }];
    expect(partyOf({ from: '5511987654321' }, named(' \u3164\u202e'))).not.toHaveProperty('name');
    expect(partyOf({ from: '5511987654321' }, named('A\u202ena'))).toMatchObject({ name: 'Ana' });
  });

  it('F7 has a user name if the webhook carries one', () => {
    const contact = { user_id: 'BR.1', profile: { username: '@ana.lima' } };
    expect(partyOf({ from_user_id: 'BR.1' }, [contact])).toEqual({
      userId: 'BR.1',
      username: 'ana.lima',
    });
  });
});

describe('a change of a customer’s number or id', () => {
  const notice = (system: object, ends: object = { from: '5511900000001' }) => ({
    messages: [{ id: 'wamid.1', timestamp: '1767945600', type: 'system', ...ends, system }],
  });
  const movedBy = (value: object) => only(value, 'messages').event;

  it('F6 keeps one person', () => {
    expect(
      movedBy(notice({ type: 'user_changed_number', wa_id: '5511900000002', body: 'changed' })),
    ).toEqual({
      kind: 'moved',
      at: 1_767_945_600_000,
      before: { waId: '5511900000001' },
      now: { waId: '5511900000002' },
    });
    expect(
      movedBy(
        notice(
          {
            type: 'user_changed_number',
            wa_id: '5511900000002',
            user_id: 'BR.2',
            previous_user_id: 'BR.1',
          },
          { from: '5511900000001', from_user_id: 'BR.1' },
        ),
      ),
    ).toMatchObject({
      before: { waId: '5511900000001', userId: 'BR.1' },
      now: { waId: '5511900000002', userId: 'BR.2' },
    });
    expect(
      movedBy(
        notice(
          { type: 'user_changed_user_id', previous_user_id: 'BR.1', user_id: 'BR.2' },
          { from_user_id: 'BR.2' },
        ),
      ),
    ).toMatchObject({ before: { userId: 'BR.1' }, now: { userId: 'BR.2' } });
    expect(
      movedBy(notice({ type: 'customer_changed_number', new_wa_id: '5511900000002' })),
    ).toMatchObject({ now: { waId: '5511900000002' } });
  });

  it('F6 is a problem when either side is missing', () => {
    for (const value of [
      notice({ type: 'user_changed_number' }),
      notice({ type: 'user_changed_user_id', user_id: 'BR.2' }, {}),
    ]) {
      expect(problemsOf(value, 'messages')).toMatchObject([{ path: expect.any(String) }]);
    }
  });
});
