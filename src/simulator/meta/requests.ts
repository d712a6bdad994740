import { z } from 'zod';

/**
 * What `POST /{id}/calls` and `POST /{id}/messages` take (docs/providers/meta.md#call-actions,
 * #permission-request, #call-button).
 */

const product = z.literal('whatsapp');
const callbackData = z.string().max(512).optional();
const offer = z.object({ sdp_type: z.literal('offer'), sdp: z.string() });
const answer = z.object({ sdp_type: z.literal('answer'), sdp: z.string() });
const ofCall = { messaging_product: product, call_id: z.string(), to: z.string().optional() };

/** docs/providers/meta.md#recording; the purpose is read out and required. */
const recorded = z
  .object({
    status: z.enum(['ENABLED', 'DISABLED']),
    purpose: z.string().min(1).max(250),
    announcement_language: z.string().optional(),
  })
  .optional();

export const callBodySchema = z.discriminatedUnion('action', [
  z.object({
    messaging_product: product,
    action: z.literal('connect'),
    to: z.string().optional(),
    recipient: z.string().optional(),
    session: offer,
    biz_opaque_callback_data: callbackData,
    recording: recorded,
    transcription: recorded,
  }),
  z.object({ ...ofCall, action: z.literal('pre_accept'), session: answer }),
  z.object({
    ...ofCall,
    action: z.literal('accept'),
    session: answer,
    biz_opaque_callback_data: callbackData,
    recording: recorded,
    transcription: recorded,
  }),
  z.object({ ...ofCall, action: z.literal('reject') }),
  z.object({ ...ofCall, action: z.literal('terminate') }),
]);
export type CallBody = z.infer<typeof callBodySchema>;

const receiver = {
  messaging_product: product,
  recipient_type: z.literal('individual').optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
};

const interactive = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call_permission_request'),
    action: z.object({ name: z.literal('call_permission_request') }),
    body: z.object({ text: z.string() }).optional(),
    header: z.undefined('header is not supported').optional(),
    footer: z.undefined('footer is not supported').optional(),
  }),
  z.object({
    type: z.literal('request_contact_info'),
    body: z.object({ text: z.string() }),
    action: z.object({ name: z.literal('request_contact_info') }),
  }),
  z.object({
    type: z.literal('voice_call'),
    body: z.object({ text: z.string() }),
    action: z.object({
      name: z.literal('voice_call'),
      parameters: z
        .object({
          display_text: z.string().max(20).optional(),
          ttl_minutes: z.number().int().min(1).max(43_200).optional(),
          payload: z.string().max(512).optional(),
        })
        .optional(),
    }),
  }),
]);

const template = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z
    .array(
      z.looseObject({
        type: z.string(),
        parameters: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
      }),
    )
    .optional(),
});

export const messageBodySchema = z.discriminatedUnion('type', [
  z.object({ ...receiver, type: z.literal('interactive'), interactive }),
  z.object({
    ...receiver,
    type: z.literal('text'),
    text: z.object({ body: z.string().min(1).max(4096) }),
    context: z.object({ message_id: z.string().min(1) }).optional(),
  }),
  z.object({ ...receiver, type: z.literal('template'), template }),
]);
export type MessageBody = z.infer<typeof messageBodySchema>;
