import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../../../../src/shared/providers/events.ts';
import { only } from './samples.ts';

const own = { phones: [{ phone: '+55 11 98765-4321', wa_id: '5511987654321' }] };
const asked = { ...own, origin: 'contact_request' };

function read(message: object): Extract<ProviderEvent, { kind: 'message' }> | undefined {
  const { event } = only(
    {
      contacts: [{ user_id: 'BR.1', profile: { name: 'Ivo' } }],
      messages: [
        {
          from_user_id: 'BR.1',
          id: 'wamid.1',
          timestamp: '1793000000',
          type: 'contacts',
          ...message,
        },
      ],
    },
    'messages',
  );
  return event.kind === 'message' ? event : undefined;
}

/* Where the origin stands is a guess (docs/providers/meta.md#contact-request). */
describe('a number that the customer shares', () => {
  it.each([
    ['in the contact', { contacts: [asked] }],
    ['beside it', { origin: 'CONTACT_REQUEST', contacts: [own] }],
  ])('joins the person, with its origin %s', (_, message) => {
    expect(read(message)).toMatchObject({
      party: { userId: 'BR.1', waId: '5511987654321', name: 'Ivo' },
      text: '+55 11 98765 4321',
    });
  });

  it.each([
    ['somebody else’s contact', { contacts: [own] }],
    ['several contacts', { contacts: [asked, asked] }],
    ['a contact without a number', { contacts: [{ origin: 'contact_request', phones: [{}] }] }],
    ['nothing at all', { origin: 'contact_request' }],
  ])('is not %s', (_, message) => {
    expect(read(message)).toMatchObject({ type: 'contacts', party: { userId: 'BR.1' } });
    expect(read(message)?.party.waId).toBeUndefined();
  });

  it('does not replace the number of somebody who hides none', () => {
    expect(read({ from: '16315553602', contacts: [asked] })).toMatchObject({
      party: { waId: '16315553602' },
    });
  });
});
