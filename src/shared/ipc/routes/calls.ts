import { z } from 'zod';
import { LONGEST_NOTE } from '../../protocol/limits.ts';
import { chosenOutcome, chosenTags } from '../../protocol/wrap-up.ts';
import type { PermissionRequest } from '../../providers/requests.ts';
import { accountId, callId, digits, recipient, template } from './fields.ts';

const permissionRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free-form'), text: z.string().max(1024) }).strict(),
  z.object({ kind: z.literal('template'), template }).strict(),
]) satisfies z.ZodType<PermissionRequest>;

export const callRoutes = {
  'calls.accept': z.object({ callId }).strict(),
  'calls.decline': z.object({ callId }).strict(),
  /** Possible until the decline is sent. */
  'calls.undo-decline': z.object({ callId }).strict(),
  /** Silences a ring here; it rings on for others. */
  'calls.silence': z.object({ callId }).strict(),
  'calls.hang-up': z.object({ callId }).strict(),
  'calls.mute': z.object({ callId, muted: z.boolean() }).strict(),
  /** The agent told the customer that the call is recorded: it begins now. */
  'calls.confirm-recording': z.object({ callId }).strict(),
  /** Silence goes into the recording, e.g. while the customer reads out a card; or no longer. */
  'calls.pause-recording': z.object({ callId, paused: z.boolean() }).strict(),
  /** Nothing more of this call is recorded; `discard`: and what was recorded goes. */
  'calls.stop-recording': z.object({ callId, discard: z.boolean() }).strict(),
  /** For relayed calls, like those up to `calls.take-over`. */
  'calls.hold': z.object({ callId }).strict(),
  'calls.resume': z.object({ callId }).strict(),
  /** `to`: a teammate's id. */
  'calls.transfer': z
    .object({
      callId,
      to: z.string().min(1).max(200),
      mode: z.enum(['blind', 'consult']),
      note: z.string().max(500).optional(),
    })
    .strict(),
  /** To whoever in a team accepts first. */
  'calls.transfer-to-team': z
    .object({
      callId,
      team: z.string().min(1).max(200),
      note: z.string().max(500).optional(),
    })
    .strict(),
  'calls.transfer-cancel': z.object({ callId }).strict(),
  'calls.transfer-complete': z.object({ callId }).strict(),
  /** A teammate's call: supervisors only. */
  'calls.supervise': z
    .object({ callId, mode: z.enum(['listen', 'whisper', 'barge', 'off']) })
    .strict(),
  /** The same; the call becomes this agent's. */
  'calls.take-over': z.object({ callId }).strict(),
  /**
   * `to`: E.164 digits without `+`; or `userId`, for a person without a known number. `forwardTo`,
   * `record`: for this call only, and only external ones. Answers with the id of the new call.
   */
  'calls.dial': z
    .object({
      accountId: z.string().min(1).max(200),
      to: digits.optional(),
      userId: z.string().min(1).max(200).optional(),
      forwardTo: z
        .string()
        .max(500)
        .regex(/^(?:tel|sip|wss):\S+$/)
        .optional(),
      record: z.boolean().optional(),
    })
    .strict()
    .refine(({ to, userId }) => to !== undefined || userId !== undefined, 'to or userId'),
  /** Opens the page of another program about the customer, in the system's browser. */
  'calls.screen-pop': z.object({ callId }).strict(),
  /** Removes an external call from the screen. It goes on elsewhere. */
  'calls.dismiss': z.object({ callId }).strict(),
  /** Plays a public sound file into a streamed call. */
  'calls.play': z.object({ callId, mediaUrl: z.url({ protocol: /^https?$/ }).max(2_000) }).strict(),
  'permissions.request': z
    .object({ accountId, party: recipient, request: permissionRequest })
    .strict(),
  /** The notes of a call, live or ended. */
  'notes.get': z.object({ callId }).strict(),
  /** Replaces this agent's note of a call. Sent while the agent types. */
  'notes.set': z
    .object({
      callId,
      text: z.string().max(LONGEST_NOTE),
      disposition: chosenOutcome.optional(),
      tags: chosenTags,
      callbackAt: z.number().int().positive().optional(),
    })
    .strict(),
} as const;
