import { expect, it } from 'vitest';
import { checkDial } from '../../../../src/main/calls/dial.ts';
import { TeammateCalls } from '../../../../src/main/contacts/teammate-calls.ts';
import { mergeParty } from '../../../../src/shared/call/facts.ts';
import { isSamePerson } from '../../../../src/shared/lib/person-key.ts';
import type { Party } from '../../../../src/shared/providers/events.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import { endedCall } from '../../../helpers/calls.ts';
import { FakeProvider } from '../../../fakes/provider.ts';

const spellings = [
  ['5215512345678', '525512345678'],
  ['553188887777', '5531988887777'],
  ['5491123456789', '541123456789'],
] as const;

it.each(spellings)('N3 a live call with %s makes a dial to %s busy', (waId, to) => {
  const { phase: _, ...call } = endedCall(1, { party: { waId } });
  const ringing: Call = { ...call, phase: { name: 'connected' } };
  expect(checkDial({ accountId: 'support', to }, new FakeProvider(), [ringing])).toMatchObject({
    ok: false,
    error: { code: 'busy' },
  });
});

it.each(spellings)('N3 a teammate’s call with %s is recognised under %s', (waId, to) => {
  const colleagues = new TeammateCalls();
  const event = { kind: 'offer', at: 1, party: { waId } } as const;
  colleagues.handleEntry(
    { type: 'provider', accountId: 'support', providerCallId: 'wacid.1', event },
    'me',
  );
  const by = { id: 'bea', name: 'Bea' };
  colleagues.handleEntry({ type: 'claimed', callId: 'support/wacid.1', by }, 'me');
  const isThem = (party: Party) => isSamePerson(party, { waId: to });
  expect(colleagues.isTalkingTo('support', isThem)).toBe(true);
  expect(colleagues.isTalkingTo('other', isThem)).toBe(false);
});

it.each(spellings)('N3 the answer’s spelling %s replaces the dialled %s', (waId, to) => {
  expect(mergeParty({ waId: to }, { waId, name: 'Ana' })).toMatchObject({ waId, name: 'Ana' });
  expect(mergeParty({ waId: to }, { userId: 'BR.1' })).toMatchObject({ waId: to, userId: 'BR.1' });
  // Somebody else's number is not theirs.
  expect(mergeParty({ waId: to }, { waId: '16315553602' })).toMatchObject({ waId: to });
});
