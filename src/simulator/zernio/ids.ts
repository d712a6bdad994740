import { randomBytes } from 'node:crypto';

/** A record's id. */
export const newCallId = (): string => randomBytes(12).toString('hex');
