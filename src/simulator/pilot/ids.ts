import { randomBytes } from 'node:crypto';

/** WhatsApp's id of a web number's call (`CallID`). */
export const newWebCallId = (): string => randomBytes(16).toString('hex').toUpperCase();
