import { z } from 'zod';

const ms = z.number().nonnegative();

/** Actions of the API, in provider-neutral words. */
const apiActions = [
  'connect',
  'pre_accept',
  'accept',
  'reject',
  'terminate',
  'permissions',
  'settings',
  'messages',
  'templates',
  'analytics',
  'calls',
  'recording',
  'estimate',
  'play',
  'stream',
  'number',
  'subscriptions',
  'token',
] as const;
const apiAction = z.enum(apiActions);
export type ApiAction = z.infer<typeof apiAction>;

/** How often to fail; always by default. */
const times = z.number().int().positive().optional();
/** Only requests with this method fail, e.g. changes and not readings; all by default. */
const method = z.enum(['GET', 'POST']).optional();
const failureSchema = z.union([
  /**
   * The provider's error code, e.g. 138006 or `FEATURE_NOT_SUPPORTED`; the HTTP status follows from
   * its table.
   */
  z.object({
    code: z.union([z.number().int(), z.string().min(1)]),
    status: z.number().int().min(400).max(599).optional(),
    details: z.string().optional(),
    times,
    method,
  }),
  /** The connection is closed without an answer. */
  z.object({ reset: z.literal(true), times, method }),
]);
export type Failure = z.infer<typeof failureSchema>;

/** Names of webhooks, as `drop` and the delivery records use them. */
const webhookLabels = [
  'connect',
  'announced',
  'ringing',
  'accepted',
  'rejected',
  'terminate',
  'recording',
  'permission',
  'message',
  'message-status',
  'settings',
  'account',
  'raw',
] as const;
const webhookLabel = z.enum(webhookLabels);
export type WebhookLabel = z.infer<typeof webhookLabel>;

const webhookFaults = z.object({
  /** Extra copies of every webhook. */
  copies: z.number().int().min(0).max(20),
  delayMs: ms,
  /** Webhooks that are never sent. */
  drop: z.array(webhookLabel),
  /** Holds back a call's `connect` and `announced` until its `terminate` is delivered. */
  terminateFirst: z.boolean(),
  /** Answers a request to place a call only once the call's first webhook is delivered. */
  connectBeforeResponse: z.boolean(),
  /** The same, but closes the connection instead of answering. */
  responseLost: z.boolean(),
  /** Webhooks of a placed call omit the business's callback data. */
  withoutCallbackData: z.boolean(),
  /**
   * Corrupts every webhook: no signature, another secret's signature, or a truncated body (validly
   * signed).
   */
  damage: z.enum(['none', 'unsigned', 'bad-signature', 'garbage']),
});
export type WebhookFaults = z.infer<typeof webhookFaults>;

const apiFaults = z.object({
  delayMs: z.partialRecord(apiAction, ms),
  fail: z.partialRecord(apiAction, failureSchema),
  /** Web numbers lost their telephone: every request is refused with 409. */
  disconnected: z.boolean(),
  /** Meta: when the access token ends, Unix ms; 0: never. */
  tokenEndsAt: ms,
  /** How many customers a day the number may write to, instead of its account's; 0: as that says. */
  messagingLimit: ms,
});

const percent = z.number().min(0).max(100);
const mediaFaults = z.object({
  lossToBusinessPercent: percent,
  lossFromBusinessPercent: percent,
  /** Whole key presses sent with every packet of audio, 50 times a second: more than fingers can press. */
  keysPerPacket: z.number().int().min(0).max(100),
  /** The same seed loses the same packets. */
  seed: z.number().int(),
});
export type MediaFaults = z.infer<typeof mediaFaults>;

/** Everything that can go wrong on purpose. */
export interface Faults {
  webhooks: WebhookFaults;
  api: z.infer<typeof apiFaults>;
  media: MediaFaults;
}

/** Some of the knobs; omitted ones keep their value. */
export const faultsPatchSchema = z.strictObject({
  webhooks: webhookFaults.partial().strict().optional(),
  api: apiFaults.partial().strict().optional(),
  media: mediaFaults.partial().strict().optional(),
});
export type FaultsPatch = z.infer<typeof faultsPatchSchema>;

export const noFaults: Faults = {
  webhooks: {
    copies: 0,
    delayMs: 0,
    drop: [],
    terminateFirst: false,
    connectBeforeResponse: false,
    responseLost: false,
    withoutCallbackData: false,
    damage: 'none',
  },
  api: { delayMs: {}, fail: {}, disconnected: false, tokenEndsAt: 0, messagingLimit: 0 },
  media: { lossToBusinessPercent: 0, lossFromBusinessPercent: 0, keysPerPacket: 0, seed: 1 },
};

export const patchFaults = (faults: Faults, patch: FaultsPatch | undefined): Faults => ({
  webhooks: { ...faults.webhooks, ...patch?.webhooks },
  api: { ...faults.api, ...patch?.api },
  media: { ...faults.media, ...patch?.media },
});
