import { z } from 'zod';
import { oneLine } from '../lib/foreign-text.ts';

/** The longest name of an outcome or tag, in UTF-16 units. */
export const LONGEST_LABEL = 60;
export const MOST_OUTCOMES = 40;
export const MOST_TAGS = 100;

const label = z
  .string()
  .max(LONGEST_LABEL)
  .transform((text) => oneLine(text).trim());
/** Without empty names, each name once. */
const labels = (most: number) =>
  z
    .array(label)
    .max(most)
    .transform((names) => [...new Set(names.filter((name) => name !== ''))]);

/** What agents choose from after a call, as the admin of their workspace set it. */
export const wrapUpForm = z.object({
  /** In the order of their keys, from 1. */
  outcomes: labels(MOST_OUTCOMES),
  tags: labels(MOST_TAGS),
  /** Whether a call that somebody spoke in needs an outcome. */
  required: z.boolean(),
});
export type WrapUpForm = z.infer<typeof wrapUpForm>;

export const emptyWrapUpForm: WrapUpForm = { outcomes: [], tags: [], required: false };

/** An outcome that an agent chose; a form without it takes nothing away from earlier calls. */
export const chosenOutcome = label.transform((name) => (name === '' ? undefined : name));
/** The tags that an agent chose. */
export const chosenTags = labels(MOST_TAGS);
