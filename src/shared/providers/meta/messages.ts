import type { Recipient } from '../client.ts';
import type { TemplateUse } from '../requests.ts';

/**
 * Bodies of the messages around calls (docs/providers/meta.md#permission-request, #call-button).
 */

export const product = { messaging_product: 'whatsapp' } as const;

export interface CallButton {
  text: string;
  /** Button label, at most 20 characters. */
  label: string;
  /** Validity in minutes, 1–43,200; a week by default. */
  minutes?: number | undefined;
  /** Returned with the call, at most 512 characters. */
  payload?: string | undefined;
}

/**
 * Addresses people by number, which Meta prefers too, or by business-scoped user id without one
 * (docs/providers/meta.md#call-actions).
 */
export function whom({ waId, userId }: Recipient): { to: string } | { recipient: string } {
  return waId === undefined ? { recipient: userId ?? '' } : { to: waId };
}

const message = (to: Recipient, type: string, content: object, replyTo?: string) => ({
  ...product,
  recipient_type: 'individual',
  ...whom(to),
  ...(replyTo !== undefined && { context: { message_id: replyTo } }),
  type,
  [type]: content,
});

export const messageBodies = {
  /** `replyTo`: the message that the customer sees quoted (docs/providers/meta.md#files). */
  text: (to: Recipient, text: string, replyTo?: string) =>
    message(to, 'text', { body: text }, replyTo),
  template: (to: Recipient, { name, language, values }: TemplateUse) =>
    message(to, 'template', {
      name,
      language: { code: language },
      ...(values.length > 0 && {
        components: [
          { type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) },
        ],
      }),
    }),
  permissionRequest: (to: Recipient, text: string) =>
    message(to, 'interactive', {
      type: 'call_permission_request',
      action: { name: 'call_permission_request' },
      ...(text !== '' && { body: { text } }),
    }),
  /** A guess by the form of other requests (docs/providers/meta.md#contact-request). */
  contactRequest: (to: Recipient, text: string) =>
    message(to, 'interactive', {
      type: 'request_contact_info',
      body: { text },
      action: { name: 'request_contact_info' },
    }),
  callButton: (to: Recipient, { text, label, minutes, payload }: CallButton) =>
    message(to, 'interactive', {
      type: 'voice_call',
      body: { text },
      action: {
        name: 'voice_call',
        parameters: {
          display_text: label,
          ...(minutes !== undefined && { ttl_minutes: minutes }),
          ...(payload !== undefined && { payload }),
        },
      },
    }),
} as const;
