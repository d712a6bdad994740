/**
 * The protocol's newest version. 11: a hello names a range of versions, and either side ignores
 * frames of a type that it does not know.
 */
export const PROTOCOL_VERSION = 11;

/** The oldest version that relay and console still speak: that of the release before. */
export const OLDEST_VERSION = 10;

/** The versions that one side speaks. */
interface Versions {
  oldest: number;
  newest: number;
}

/**
 * The version of a connection: the newest that both sides speak.
 *
 * @param other the versions that the other side speaks
 * @returns which side is too old if there is none
 */
export function agree(
  other: Versions,
  own: Versions = { oldest: OLDEST_VERSION, newest: PROTOCOL_VERSION },
): { version: number } | { tooOld: 'other' | 'own' } {
  const version = Math.min(other.newest, own.newest);
  if (version < own.oldest) return { tooOld: 'other' };
  return version < other.oldest ? { tooOld: 'own' } : { version };
}
