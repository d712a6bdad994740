import { z } from 'zod';
import { LONGEST_NOTE } from '../../protocol/limits.ts';
import { LONGEST_SEARCH } from '../history.ts';
import type { PersonEdit } from '../people.ts';
import { accountId, empty, recipient, template, time } from './fields.ts';

/** See `personKey` of `shared/lib`. */
const personKey = z.string().min(1).max(300);

const personEdit = z
  .object({
    name: z.string().max(200).optional(),
    company: z.string().max(200).optional(),
    notes: z.string().max(LONGEST_NOTE).optional(),
    language: z
      .string()
      .max(35)
      .regex(/^(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?$/)
      .optional(),
    doNotCall: z
      .object({ on: z.boolean(), reason: z.string().max(300).optional() })
      .strict()
      .optional(),
  })
  .strict() satisfies z.ZodType<PersonEdit>;

export const contactRoutes = {
  /** People, most recent activity first. */
  'contacts.list': z
    .object({
      text: z.string().max(LONGEST_SEARCH),
      after: z.string().max(300).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** One person's timeline, newest first. */
  'contacts.get': z
    .object({
      party: recipient,
      before: z.string().max(700).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** Writes down what is in `edit`; what is missing stays. */
  'people.edit': z.object({ party: recipient, edit: personEdit }).strict(),
  /** Two people are one from now on; `kept` is whose number and name they keep. */
  'people.merge': z.object({ kept: recipient, other: recipient }).strict(),
  /** Splits what a merge joined; refused if it was undone before. */
  'people.unmerge': z.object({ kept: personKey, other: personKey }).strict(),
  /** Asks for a file of people, and tells what importing it would change. */
  'people.plan-import': empty,
  /** Carries out the import that was planned last. */
  'people.import': z.object({ id: z.string().max(100) }).strict(),
  /** Asks where to, and writes everybody to a file. */
  'people.export': z
    .object({
      format: z.enum(['vcf', 'csv']),
      separator: z.enum(['comma', 'semicolon', 'tab']).optional(),
    })
    .strict(),
  /** Erases a person everywhere; for admins. Progress arrives as events. */
  'people.erase': z.object({ party: recipient }).strict(),
  /** Asks for a folder, and writes all that is known of a person into it. */
  'people.save': z.object({ party: recipient }).strict(),
  /** Shows a certificate of erasure in its folder. */
  'people.show-certificate': z.object({ path: z.string().max(2_000) }).strict(),
  /** The agent has read what the person wrote up to `to`. */
  'contacts.read': z.object({ party: recipient, to: time }).strict(),
  /**
   * The facts that the rules need. `fresh`: asks the provider for the permission unless it was just
   * asked.
   */
  'contacts.facts': z.object({ accountId, party: recipient, fresh: z.boolean() }).strict(),
  /** `replyTo`: the provider's id of the message that it answers. */
  'messages.text': z
    .object({
      accountId,
      party: recipient,
      text: z.string().min(1).max(4096),
      replyTo: z.string().min(1).max(300).optional(),
    })
    .strict(),
  /** `text`: the message with its values filled in, for the timeline. */
  'messages.template': z
    .object({ accountId, party: recipient, template, text: z.string().max(4096) })
    .strict(),
  /** Asks somebody who hides their number for it. */
  'messages.contact-request': z
    .object({ accountId, party: recipient, text: z.string().min(1).max(1024) })
    .strict(),
  'messages.call-button': z
    .object({
      accountId,
      party: recipient,
      text: z.string().min(1).max(1024),
      label: z.string().min(1).max(20),
      minutes: z.number().int().min(1).max(43_200).optional(),
      payload: z.string().max(512).optional(),
    })
    .strict(),
  /** A customer's picture, sound or video, fetched now unless it is here; `id`: the timeline item's. */
  'messages.file': z.object({ id: z.string().min(1).max(700) }).strict(),
  'messages.save-file': z.object({ id: z.string().min(1).max(700) }).strict(),
  /** Sends a failed message of this agent's again; `id`: the timeline item's. */
  'messages.retry': z.object({ id: z.string().min(1).max(700) }).strict(),
  'messages.templates': z.object({ accountId }).strict(),
} as const;
