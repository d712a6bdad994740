import { createHash } from 'node:crypto';

/** Tells a call without its id, in which there may be a number. */
export function callHash(accountId: string, providerCallId: string): string {
  return hashOfCall(`${accountId}/${providerCallId}`);
}

/** @param callId as a relay knows it */
export function hashOfCall(callId: string): string {
  return createHash('sha256').update(callId).digest('hex');
}
