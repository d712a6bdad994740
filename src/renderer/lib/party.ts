import { displayPhone } from '../../shared/lib/phone.ts';
import type { Party } from '../../shared/providers/events.ts';

/** What a person is called on the screen: the name, else the number, else that it is hidden. */
export function partyName(party: Party): string {
  return party.name ?? (displayPhone(party.waId) || 'Hidden number');
}

/** The number as people of its country write it; empty if it is hidden. */
export function partyNumber(party: Party): string {
  return displayPhone(party.waId);
}

/** Up to two letters for a badge; empty if there is no name. */
export function initials(party: Party): string {
  const parts = (party.name ?? '').trim().split(/\s+/).filter(Boolean);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(
    (part) => Array.from(part ?? '')[0] ?? '',
  );
  return letters.join('').toUpperCase();
}
