import { normaliseMetaWebhook } from '../meta/webhook.ts';
import type { WebhookSignature } from '../signature.ts';

/**
 * 360dialog passes Meta's envelope on unchanged. Its guide shows a permission event of another form
 * (`call_permission_status`); Meta is trusted (docs/providers/d360.md), and that form is listed as
 * a problem.
 */
export const normaliseD360Webhook = normaliseMetaWebhook;

/** Only for partners, with the platform secret; all others get no signature and set a header of their own. */
export const d360Signature: WebhookSignature = { header: 'x-360dialog-signature', aliases: [] };
