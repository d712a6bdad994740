import { z } from 'zod';
import { nameWorthShowing } from '../lib/foreign-text.ts';
import { id, personName } from './provider-event.ts';

/** An invisible name counts as missing: the id takes its place. */
export const agent = z
  .object({ id, name: personName })
  .transform((given) => ({ id: given.id, name: nameWorthShowing(given.name) ?? given.id }));
/** An agent as teammates see them. */
export type Agent = z.infer<typeof agent>;
