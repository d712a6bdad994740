/** What identifies a person: a number, a business-scoped user id, or both. */
interface Named {
  /** Digits. */
  waId?: string | undefined;
  userId?: string | undefined;
}

/**
 * One key for all spellings of a number; non-digits are ignored. WhatsApp keeps the spelling of the
 * day an account was opened, while people dial today's:
 *
 * - Mexico: mobile numbers had a 1 after +52 until 2019.
 * - Brazil: mobile numbers got a ninth digit, a 9 after the area code, until 2016. Landlines begin
 *   with 2 to 5.
 * - Argentina: mobile numbers have a 9 after +54 when called from abroad; no number exists both
 *   with and without it.
 *
 * Not folded, since both may exist: the renumberings of Côte d’Ivoire (2021) and Benin (2024),
 * where the new digits identify the network. Migration 4 repeats this in SQL; a test compares the
 * two.
 */
export function numberKey(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits
    .replace(/^521(\d{10})$/, '52$1')
    .replace(/^(55[1-9]\d)([6-9]\d{7})$/, '$19$2')
    .replace(/^54(?!9)(\d{10})$/, '549$1');
}

/** All spellings of a number that have this key. */
export function spellingsOf(key: string): readonly string[] {
  const older = [
    key.replace(/^52(\d{10})$/, '521$1'),
    key.replace(/^(55[1-9]\d)9([6-9]\d{7})$/, '$1$2'),
    key.replace(/^549(\d{10})$/, '54$1'),
  ];
  return [...new Set([key, ...older])];
}

/** The key of a person: their number, or their business-scoped user id without one. */
export function personKey({ waId, userId }: Named): string | undefined {
  if (waId !== undefined && waId !== '') return numberKey(waId);
  return userId === undefined ? undefined : `u:${userId}`;
}

/** Every key of a person that is known of them. */
export function personKeys({ waId, userId }: Named): readonly string[] {
  const keys = [personKey({ waId }), personKey({ userId })];
  return keys.filter((key) => key !== undefined);
}

/** Whether two parties are the same person, under any spelling or id. */
export function isSamePerson(one: Named, other: Named): boolean {
  if (one.userId !== undefined && one.userId === other.userId) return true;
  if (one.waId === undefined || other.waId === undefined) return false;
  return numberKey(one.waId) === numberKey(other.waId);
}
