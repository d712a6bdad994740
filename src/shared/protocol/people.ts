import { z } from 'zod';
import { manyLines } from '../lib/foreign-text.ts';
import { personFields } from '../people/person-fields.ts';
import { agent } from './agent.ts';
import { LONGEST_NOTE } from './limits.ts';
import { id, party, time } from './provider-event.ts';

/** What an agent wrote down about a person: of each field the last one counts, an empty text clears it. */
export const personDetails = z
  .array(
    z.object({
      field: z.enum(personFields),
      value: z.string().max(LONGEST_NOTE).transform(manyLines),
    }),
  )
  .min(1)
  .max(personFields.length);

/** An agent wrote down who a customer is. */
export const describedEntry = z.object({
  type: z.literal('described'),
  accountId: id,
  by: agent,
  /** When it was written, by the relay's clock: of two writings the later one counts. */
  at: time,
  party,
  fields: personDetails,
});

/** Both ends of a merge are `personKey`s; `kept` is the one that the person goes by. */
const merge = { kept: id, other: id, undone: z.boolean().optional() };

/** An agent said that two customers are one, or took that back. Of the same two, the last word counts. */
export const mergedEntry = z.object({
  type: z.literal('merged'),
  accountId: id,
  by: agent,
  /** When it was said, by the relay's clock. */
  at: time,
  ...merge,
});

/** The most people, and the most merges, in one request. */
export const PEOPLE_AT_ONCE = 50;

/** What an agent wrote down about people, each with its time by the relay's clock. */
export const writtenPeople = {
  people: z.array(z.object({ party, at: time, fields: personDetails })).max(PEOPLE_AT_ONCE),
  merges: z.array(z.object({ at: time, ...merge })).max(PEOPLE_AT_ONCE),
};
export type WrittenPeople = z.infer<z.ZodObject<typeof writtenPeople>>;

export const peopleEntry = z.discriminatedUnion('type', [describedEntry, mergedEntry]);
export type PeopleEntry = z.infer<typeof peopleEntry>;

/** What agents wrote down about people, as it counts now. `next` is for the next question, if there is more. */
export const peopleOutcome = z.object({
  kind: z.literal('people'),
  entries: z.array(peopleEntry),
  next: z.number().int().positive().optional(),
});
