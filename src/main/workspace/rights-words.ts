import { fill, t } from '../../shared/i18n/i18n.ts';
import type { OwnRights } from '../../shared/protocol/frames.ts';
import type { RightsChange } from '../relay-client/events.ts';

/** What changed about this agent's rights, in words; empty if nothing did. */
export function rightsWords(
  { before, now }: RightsChange,
  labelOf: (accountId: string) => string,
): string {
  const numbersOf = (one: OwnRights, other: OwnRights) =>
    one.numbers
      .filter(({ id }) => other.numbers.every((known) => known.id !== id))
      .map(({ id }) => labelOf(id));
  const changed = (key: 'gained' | 'lost', numbers: readonly string[]) =>
    numbers.length === 0 ? '' : fill(`agents.changes.${key}`, { numbers, count: numbers.length });
  return [
    now.role === before.role
      ? ''
      : t('agents.changes.role', { role: t(`agents.roles.${now.role}`) }),
    now.calls === before.calls
      ? ''
      : t('agents.changes.calls', { calls: t(`agents.calls.${now.calls}`) }),
    changed('gained', numbersOf(now, before)),
    changed('lost', numbersOf(before, now)),
  ]
    .filter((part) => part !== '')
    .join('; ');
}
