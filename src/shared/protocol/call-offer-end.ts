import { z } from 'zod';

/** How a call offer ended. Every end but `accepted` leaves the call with `from`, or returns it. */
export const callOfferEnd = z.enum([
  'accepted',
  'declined',
  'unanswered',
  'teammate-gone',
  'cancelled',
  'caller-gone',
  'refused',
]);
export type CallOfferEnd = z.infer<typeof callOfferEnd>;
