import { randomBytes } from 'node:crypto';

/**
 * `wacid.` and base64 of the layout decoded from Meta's samples
 * (docs/providers/meta.md#call-actions): the number, `11` for business-initiated or `12` for
 * user-initiated calls, 32 hex characters and the number again.
 */
export function newWacid(
  number: string,
  direction: 'user-initiated' | 'business-initiated',
): string {
  const digits = Buffer.from(number);
  const party = Buffer.concat([Buffer.from([0x1c, 0x18, digits.length]), digits]);
  const unique = Buffer.from(randomBytes(16).toString('hex').toUpperCase());
  const kind = direction === 'user-initiated' ? 0x12 : 0x11;
  return `wacid.${Buffer.concat([
    party,
    Buffer.from([0x15, 0x02, 0x00, kind, 0x18, unique.length]),
    unique,
    party,
    Buffer.from([0x15, 0x02, 0x00, 0x00]),
  ]).toString('base64')}`;
}

export const newTraceId = (): string => `A${randomBytes(16).toString('base64url').slice(0, 22)}`;
