import { z } from 'zod';
import { customerSchema } from './customers/behaviour.ts';
import { faultsPatchSchema } from './faults.ts';
import { parseWith } from './lib/parse.ts';

const ms = z.number().nonnegative();
const text = z.string().min(1);

const metaAccount = z.strictObject({
  id: text,
  provider: z.literal('meta'),
  phoneNumberId: text,
  wabaId: text,
  displayPhoneNumber: text,
  accessToken: text,
  appSecret: text,
  verifyToken: text,
  /** Where webhooks go; without it they are recorded and not sent. */
  webhookUrl: z.url().optional(),
});
export type MetaAccount = z.infer<typeof metaAccount>;

const account = z.discriminatedUnion('provider', [metaAccount]);
export type Account = z.infer<typeof account>;

/** Durations in ms; those left out are the real ones (facts 2.8) times `timeScale`. */
const timingSchema = z
  .strictObject({
    timeScale: z.number().positive().default(1),
    /** A UIC not accepted by then is missed: "30-60 s". */
    acceptDeadlineMs: ms.optional(),
    /** A BIC not answered by then ends; not published, about 60 s. */
    ringTimeoutMs: ms.optional(),
    /** WhatsApp drops a call without business media: at the start, and in the middle. */
    noMediaAtStartMs: ms.optional(),
    noMediaMidCallMs: ms.optional(),
    /** From the answer of a connect request to the `connect` webhook, and from that to `RINGING`. */
    connectWebhookAfterMs: ms.optional(),
    ringingAfterMs: ms.optional(),
    permissionReplyAfterMs: ms.optional(),
    webhookTimeoutMs: ms.optional(),
    /** First pause before a webhook is sent again; each further one is twice as long. */
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
      /** Offered beside it and never reachable: from the range for documentation (RFC 3849). */
      ipv6: z.ipv6().default('2001:db8:f211:cf:face:b00c:0:6443'),
      /** The talking customer's clip; relative to the working directory. */
      speechFile: text.default('resources/speech/customer.opus20'),
    })
    .prefault({}),
  accounts: z.array(account).min(1),
  customers: z.array(customerSchema).default([]),
  timing: timingSchema.prefault({}),
  faults: faultsPatchSchema.default({}),
});

/** A checked configuration with every default filled in. */
export type SimulatorConfig = z.infer<typeof configSchema>;
/** A configuration as people write it. */
export type SimulatorConfigInput = z.input<typeof configSchema>;

/** Checks a configuration; the error names every wrong field, e.g. `accounts[0].phoneNumberId: required`. */
export const parseConfig = (input: unknown): SimulatorConfig => parseWith(configSchema, input);
