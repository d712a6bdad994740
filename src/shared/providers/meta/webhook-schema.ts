import { z } from 'zod';

/**
 * The parts of Meta's webhook that we read (facts, section 2). Tolerant on purpose: unknown fields are allowed, ids
 * and times may be text or numbers, and `null` stands for absent. Lists hold `unknown`, so that one bad item does
 * not take its neighbours with it.
 */

const text = z.union([z.string().min(1), z.number().transform(String)]);

/** Absent and `null` are the same to us. */
const maybe = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);

/** The latest time that JavaScript's `Date` can hold, ms. */
const LATEST_MS = 8.64e15;
/** As seconds this is the year 5138, as milliseconds 1973: nobody means the former. */
const MILLISECONDS_FROM = 1e11;

/** Unix seconds as text or number → Unix ms. Meta documents text; numbers have been seen (facts 2.6). */
const time = z
  .union([z.number(), z.string().trim().regex(/^\d+$/, 'is not a Unix time').transform(Number)])
  .refine((value) => value >= 0 && value <= LATEST_MS, 'is not a Unix time')
  .transform((value) => Math.round(value < MILLISECONDS_FROM ? value * 1000 : value));

const duration = z
  .union([z.number(), z.string().trim().regex(/^\d+$/, 'is not a duration').transform(Number)])
  .refine((value) => value >= 0 && Number.isFinite(value), 'is not a duration');

const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((value) => value === 'true'),
]);

const list = maybe(z.array(z.unknown()));

export const envelopeSchema = z.looseObject({
  object: maybe(z.string()),
  entry: z.array(z.unknown()),
});

export const entrySchema = z.looseObject({ time: maybe(time), changes: z.array(z.unknown()) });

export const changeSchema = z.looseObject({ field: z.string(), value: z.unknown() });

export const valueSchema = z.looseObject({
  metadata: maybe(
    z.looseObject({ phone_number_id: maybe(text), display_phone_number: maybe(text) }),
  ),
  contacts: list,
  calls: list,
  statuses: list,
  errors: list,
  messages: list,
});
export type MetaValue = z.infer<typeof valueSchema>;

export const contactSchema = z.looseObject({
  profile: maybe(z.looseObject({ name: maybe(z.string()), username: maybe(z.string()) })),
  wa_id: maybe(text),
  user_id: maybe(text),
});
export type MetaContact = z.infer<typeof contactSchema>;

export const callSchema = z.looseObject({
  id: text,
  event: z.string(),
  timestamp: maybe(time),
  direction: maybe(z.string()),
  from: maybe(text),
  from_user_id: maybe(text),
  to: maybe(text),
  to_user_id: maybe(text),
  session: maybe(z.looseObject({ sdp_type: maybe(z.string()), sdp: z.string().min(1) })),
  /** The older form: `sdp` is itself JSON, `{ "sdp": …, "type": … }` (facts 1.1, 2.2). */
  connection: maybe(z.looseObject({ webrtc: z.looseObject({ sdp: z.string().min(1) }) })),
  status: maybe(z.string()),
  start_time: maybe(time),
  end_time: maybe(time),
  duration: maybe(duration),
  biz_opaque_callback_data: maybe(z.string()),
  cta_payload: maybe(z.string()),
  deeplink_payload: maybe(z.string()),
  errors: list,
  call_recording: maybe(z.looseObject({ type: maybe(z.string()) })),
  call_transcription: maybe(z.looseObject({ type: maybe(z.string()) })),
});
export type MetaCall = z.infer<typeof callSchema>;

export const legacySdpSchema = z.looseObject({ sdp: z.string().min(1), type: maybe(z.string()) });

/** A file as Meta names it wherever one is. */
export const fileSchema = z.looseObject({ id: maybe(text) });

/** What became of a call or a message of ours. */
export const statusSchema = z.looseObject({
  id: text,
  status: z.string(),
  type: maybe(z.string()),
  timestamp: maybe(time),
  errors: list,
  biz_opaque_callback_data: maybe(z.string()),
});

export const errorSchema = z.looseObject({
  code: maybe(text),
  title: maybe(z.string()),
  message: maybe(z.string()),
  error_data: maybe(z.looseObject({ details: maybe(z.string()) })),
  is_transient: maybe(flag),
});

export const messageSchema = z.looseObject({
  id: maybe(text),
  from: maybe(text),
  from_user_id: maybe(text),
  timestamp: maybe(time),
  type: maybe(z.string()),
  text: maybe(z.looseObject({ body: maybe(z.string()) })),
  button: maybe(z.looseObject({ text: maybe(z.string()) })),
  reaction: maybe(z.looseObject({ emoji: maybe(z.string()) })),
  system: maybe(
    z.looseObject({
      type: maybe(z.string()),
      wa_id: maybe(text),
      new_wa_id: maybe(text),
      user_id: maybe(text),
      previous_user_id: maybe(text),
    }),
  ),
  interactive: maybe(
    z.looseObject({
      type: maybe(z.string()),
      call_permission_reply: maybe(z.unknown()),
      button_reply: maybe(z.looseObject({ title: maybe(z.string()) })),
      list_reply: maybe(z.looseObject({ title: maybe(z.string()) })),
    }),
  ),
});
export type MetaMessage = z.infer<typeof messageSchema>;

export const captionSchema = z.looseObject({ caption: maybe(z.string()) });

/** What is watched of the calling settings (facts 2.7). */
export const settingsSchema = z.looseObject({
  timestamp: maybe(time),
  type: z.string(),
  phone_number_settings: maybe(
    z.looseObject({
      phone_number_id: maybe(text),
      calling: maybe(
        z.looseObject({
          status: maybe(z.unknown()),
          call_icon_visibility: maybe(z.unknown()),
          callback_permission_status: maybe(z.unknown()),
          sip: maybe(z.looseObject({ status: maybe(z.unknown()) })),
          srtp_key_exchange_protocol: maybe(z.unknown()),
        }),
      ),
    }),
  ),
});

export const accountUpdateSchema = z.looseObject({
  event: z.string(),
  violation_info: maybe(
    z.looseObject({ violation_type: maybe(z.string()), remediation: maybe(z.string()) }),
  ),
  restriction_info: list,
  volume_tier_info: maybe(
    z.looseObject({
      pricing_category: maybe(z.string()),
      tier: maybe(text),
      effective_month: maybe(text),
      region: maybe(text),
    }),
  ),
});

export const restrictionSchema = z.looseObject({
  restriction_type: z.string(),
  expiration: maybe(time),
  remediation: maybe(z.string()),
});

export const permissionReplySchema = z.looseObject({
  response: z.string(),
  is_permanent: maybe(flag),
  expiration_timestamp: maybe(time),
  response_source: maybe(z.string()),
});
