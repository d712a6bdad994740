import { z } from 'zod';
import { customerSchema } from './customers/behaviour.ts';
import { faultsPatchSchema } from './faults.ts';
import { parseWith } from './lib/parse.ts';

const ms = z.number().nonnegative();
const text = z.string().min(1);

/** Format of raw audio on a socket: not documented, so it can be set. */
const pcmSchema = z.strictObject({
  sampleRate: z.number().int().min(8000).max(48_000).default(16_000),
  frameMs: z.number().int().min(10).max(100).default(20),
});

const common = {
  id: text,
  displayPhoneNumber: text,
  /**
   * Where webhooks go, including any secret the receiver requires; without it they are recorded and
   * not sent.
   */
  webhookUrl: z.url().optional(),
};

/** A Cloud API number, at Meta or at a reseller. */
const cloud = {
  ...common,
  phoneNumberId: text,
  wabaId: text,
  /** Customers that it may write to first per day; calling requires 2,000. */
  messagingLimit: z.number().int().positive().default(2000),
};

const metaAccount = z.strictObject({
  ...cloud,
  provider: z.literal('meta'),
  accessToken: text,
  appSecret: text,
  verifyToken: text,
});
export type MetaAccount = z.infer<typeof metaAccount>;

const d360Account = z.strictObject({
  ...cloud,
  provider: z.literal('d360'),
  /** `D360-API-KEY`. */
  apiKey: text,
  /** Signs webhooks with `x-360dialog-signature`; without it they are not signed. */
  webhookSecret: text.optional(),
});
export type D360Account = z.infer<typeof d360Account>;

const pilotEvents = [
  'call.ringing',
  'call.connected',
  'call.ended',
  'call.missed',
  'call.permission_updated',
  'message.received',
  'calls',
] as const;
export type PilotEventName = (typeof pilotEvents)[number];

const pilot = {
  /** `x-api-key`, valid for this number only. */
  apiKey: text,
  /** A key for the whole tenant: valid, but useless for calls. */
  tenantKey: text.optional(),
  /**
   * The events the webhook subscribes to; an empty list delivers nothing. `calls` brings SDPs,
   * official numbers only.
   */
  events: z.array(z.enum(pilotEvents)).default([...pilotEvents]),
};

const pilotMetaAccount = z.strictObject({ ...cloud, ...pilot, provider: z.literal('pilot-meta') });
export type PilotMetaAccount = z.infer<typeof pilotMetaAccount>;

const pilotWebAccount = z.strictObject({
  ...common,
  ...pilot,
  provider: z.literal('pilot-web'),
  audio: pcmSchema.prefault({}),
});
export type PilotWebAccount = z.infer<typeof pilotWebAccount>;

/** How the telephone that calls are forwarded to behaves. */
export const destinationSchema = z.strictObject({
  onCall: z.enum(['answer', 'reject', 'ignore']).default('answer'),
  answerAfterMs: ms.default(1000),
  /** Hangs up this long after answering; without it, never. */
  hangUpAfterMs: ms.optional(),
});
export type Destination = z.infer<typeof destinationSchema>;
export type DestinationInput = z.input<typeof destinationSchema>;

const zernioAccount = z.strictObject({
  ...common,
  provider: z.literal('zernio'),
  /** Zernio's id of the connected account, and of the number. */
  zernioAccountId: text,
  phoneNumberDocId: text,
  phoneNumberId: text,
  apiKey: text,
  /** Signs webhooks with `X-Zernio-Signature`; without it they are not signed. */
  webhookSecret: text.optional(),
  /** Where calls go initially; without it calling is off. */
  forwardTo: text.optional(),
  recordingEnabled: z.boolean().default(false),
  /** ISO country of the number; some countries may not call customers. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('BR'),
  /** Why calling cannot be enabled, if it cannot. */
  enabling: z.enum(['possible', 'sip-trunk', 'wrong-plan']).default('possible'),
  destination: destinationSchema.prefault({}),
  /** The protocol on the socket to a `wss:` destination; not documented. */
  bridge: z
    .strictObject({
      frames: z.enum(['json', 'binary']).default('json'),
      codec: z.enum(['PCMU', 'PCMA', 'L16']).default('PCMU'),
      namesCall: z.boolean().default(true),
    })
    .prefault({}),
});
export type ZernioAccount = z.infer<typeof zernioAccount>;

const account = z.discriminatedUnion('provider', [
  metaAccount,
  d360Account,
  pilotMetaAccount,
  pilotWebAccount,
  zernioAccount,
]);
export type Account = z.infer<typeof account>;
/** A Cloud API number at any provider. */
export type CloudNumber = MetaAccount | D360Account | PilotMetaAccount;

/**
 * Durations in ms; the defaults are the real ones (docs/providers/meta.md#timing) times
 * `timeScale`.
 */
const timingSchema = z
  .strictObject({
    timeScale: z.number().positive().default(1),
    /** A UIC that is not accepted by then is missed: "30-60 s". */
    acceptDeadlineMs: ms.optional(),
    /** A BIC that is not answered by then ends; not published, about 60 s. */
    ringTimeoutMs: ms.optional(),
    /** WhatsApp drops a call without business media: at the start, and in the middle. */
    noMediaAtStartMs: ms.optional(),
    noMediaMidCallMs: ms.optional(),
    /**
     * From the answer of a connect request to the `connect` webhook, and from that to `RINGING`.
     */
    connectWebhookAfterMs: ms.optional(),
    ringingAfterMs: ms.optional(),
    permissionReplyAfterMs: ms.optional(),
    /** From the business's sending a message to its delivery, and from that to its being read. */
    messageDeliveredAfterMs: ms.optional(),
    messageReadAfterMs: ms.optional(),
    /** From the end of a recorded call to its recording. */
    recordingAfterMs: ms.optional(),
    webhookTimeoutMs: ms.optional(),
    /** First pause before a webhook is retried; each further one is twice as long. */
    webhookRetryMs: ms.optional(),
    webhookAttempts: z.number().int().min(1).default(6),
  })
  .transform(({ timeScale, webhookAttempts, ...own }) => {
    const or = (value: number | undefined, real: number) => value ?? real * timeScale;
    return {
      acceptDeadlineMs: or(own.acceptDeadlineMs, 45_000),
      ringTimeoutMs: or(own.ringTimeoutMs, 60_000),
      noMediaAtStartMs: or(own.noMediaAtStartMs, 20_000),
      noMediaMidCallMs: or(own.noMediaMidCallMs, 30_000),
      connectWebhookAfterMs: or(own.connectWebhookAfterMs, 600),
      ringingAfterMs: or(own.ringingAfterMs, 200),
      permissionReplyAfterMs: or(own.permissionReplyAfterMs, 1500),
      messageDeliveredAfterMs: or(own.messageDeliveredAfterMs, 500),
      messageReadAfterMs: or(own.messageReadAfterMs, 2000),
      recordingAfterMs: or(own.recordingAfterMs, 2000),
      webhookTimeoutMs: or(own.webhookTimeoutMs, 20_000),
      webhookRetryMs: or(own.webhookRetryMs, 1000),
      webhookAttempts,
    };
  });
export type Timing = z.output<typeof timingSchema>;

const configSchema = z.strictObject({
  version: z.literal(1),
  /** Port 0 takes a free one. */
  listen: z
    .strictObject({
      host: text.default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535).default(4100),
    })
    .prefault({}),
  media: z
    .strictObject({
      /** IPv4 address of the customers' media. */
      host: z.ipv4().default('127.0.0.1'),
      /**
       * Offered beside the IPv4 address and never reachable: from the documentation range (RFC
       * 3849).
       */
      ipv6: z.ipv6().default('2001:db8:f211:cf:face:b00c:0:6443'),
      /** The talking customer's clip; relative to the working directory. */
      speechFile: text.default('resources/speech/customer.opus20'),
      /** An MP3 that Zernio gives out as the recording of each call; without it, Ogg of what the customer sends. */
      recordingFile: text.optional(),
    })
    .prefault({}),
  accounts: z.array(account).min(1),
  customers: z.array(customerSchema).default([]),
  timing: timingSchema.prefault({}),
  faults: faultsPatchSchema.default({}),
});

/** A validated configuration with every default filled in. */
export type SimulatorConfig = z.infer<typeof configSchema>;
/** A configuration as people write it. */
export type SimulatorConfigInput = z.input<typeof configSchema>;

/**
 * Checks a configuration; the error names every wrong field, e.g. `accounts[0].phoneNumberId:
 * required`.
 */
export const parseConfig = (input: unknown): SimulatorConfig => parseWith(configSchema, input);
