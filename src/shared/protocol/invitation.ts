import { z } from 'zod';

/**
 * What a console sends to redeem an invitation. It chooses the token that it will connect with: if the answer is lost,
 * it asks again with the same token and is answered again, and nobody else ever is.
 */
export const redeemRequest = z.strictObject({
  code: z.string().max(100),
  /** 256 random bits, as base64url. */
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type RedeemRequest = z.infer<typeof redeemRequest>;

/** Why an invitation is not redeemed, as the relay answers it. */
export type InvitationRefusal =
  | 'invitation-unknown'
  | 'invitation-used'
  | 'invitation-expired'
  | 'invitation-revoked'
  /** The relay's config lacks what consoles need of a number. */
  | 'invitation-unready';

/** The relay's answer: a profile without the relay's address and token, which the console knows. */
export const redeemed = z.object({
  agent: z.object({ id: z.string(), name: z.string() }),
  accounts: z.array(z.unknown()),
});
