import { randomInt, scrypt } from 'node:crypto';
import { makeCode } from '../../shared/links/invitation.ts';

export const newCode = () => makeCode(randomInt);

/**
 * Unlike a token's, this hash is slow: a code has 60 bits, few enough that somebody with a stolen database could try
 * them all with a fast one before the invitation expires. The salt is the same for all, because the code is all that
 * there is to find its invitation by; codes are random, so nobody has computed theirs in advance.
 */
export function hashCode(code: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(code, 'ringdesk-invitation', 32, (error, key) =>
      error ? reject(error) : resolve(key.toString('hex')),
    );
  });
}
