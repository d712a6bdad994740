import { z } from 'zod';
import { seconds } from './fields.ts';

const WHO = 'must be "assigned", "team:<name>" or "anyone"';

const ringStep = z.strictObject(
  {
    who: z
      .string({ error: WHO })
      .regex(/^(assigned|anyone|team:.+)$/, { error: WHO })
      .transform(readWho),
    seconds: seconds(1, 60),
  },
  { error: 'must be a step, e.g. { "who": "assigned", "seconds": 15 }' },
);

/** Who is asked in which order. Earlier steps keep ringing when later ones start. */
export const ring = z
  .union([z.literal('everyone'), z.array(ringStep).min(1)], {
    error: 'must be "everyone" or a list of steps, e.g. [{ "who": "assigned", "seconds": 15 }]',
  })
  .default('everyone');
export type RingOrder = z.infer<typeof ring>;

/** Whom one step of a ring order asks. */
export type RingTarget = { kind: 'assigned' } | { kind: 'anyone' } | { kind: 'team'; team: string };

function readWho(text: string): RingTarget {
  if (text === 'assigned' || text === 'anyone') return { kind: text };
  return { kind: 'team', team: text.slice('team:'.length) };
}
