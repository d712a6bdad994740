/** The longest note about a call, in UTF-16 units. */
export const LONGEST_NOTE = 4_000;
/** Of a message to a teammate: a few sentences, this is no chat. In characters. */
export const LONGEST_TEAM_MESSAGE = 500;
