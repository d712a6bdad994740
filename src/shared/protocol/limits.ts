/** The longest note about a call, in UTF-16 units. */
export const LONGEST_NOTE = 4_000;
