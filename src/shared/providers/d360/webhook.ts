import { normaliseMetaWebhook } from '../meta/webhook.ts';
import type { WebhookSignature } from '../signature.ts';

/**
 * 360dialog forwards Meta's envelope unchanged. Its guide shows a different permission event
 * (`call_permission_status`); Meta's form is the right one (docs/providers/d360.md), so that one is
 * reported as a problem.
 */
export const normaliseD360Webhook = normaliseMetaWebhook;

/** Only partners get signatures, with the platform secret. Others set their own header. */
export const d360Signature: WebhookSignature = { header: 'x-360dialog-signature', aliases: [] };
