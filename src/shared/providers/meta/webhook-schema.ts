import { z } from 'zod';
import { duration, flag, maybe, text, time, word } from '../fields.ts';

/**
 * The parts of Meta's webhook that are read (docs/providers/meta.md#webhooks). Tolerant on purpose:
 * unknown fields are allowed, ids and times may be text or numbers, and `null` means absent. Lists
 * hold `unknown`, so one bad item does not affect its neighbours.
 */

/** The same for optional times: an empty text or zero means none and is not an error. */
const timeIfAny = z.preprocess(
  (value) =>
    value === 0 || (typeof value === 'string' && /^\s*0*\s*$/.test(value)) ? undefined : value,
  maybe(time),
);

/** Some senders write a list of one as the one. */
const items = z.union([z.array(z.unknown()), z.looseObject({}).transform((one) => [one])]);
const list = maybe(items);

export const envelopeSchema = z.looseObject({
  object: maybe(z.string()),
  entry: items,
});

export const entrySchema = z.looseObject({
  id: maybe(text),
  time: maybe(time),
  changes: items,
});

export const changeSchema = z.looseObject({
  /** Missing: what the value holds decides. */
  field: maybe(word),
  value: z.unknown(),
});

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
  /** Missing if the call has an SDP: then it connects. */
  event: maybe(z.string()),
  timestamp: maybe(time),
  direction: maybe(z.string()),
  from: maybe(text),
  from_user_id: maybe(text),
  to: maybe(text),
  to_user_id: maybe(text),
  session: maybe(z.looseObject({ sdp_type: maybe(z.string()), sdp: z.string().min(1) })),
  status: maybe(z.string()),
  start_time: timeIfAny,
  end_time: timeIfAny,
  duration: maybe(duration),
  biz_opaque_callback_data: maybe(z.string()),
  cta_payload: maybe(z.string()),
  deeplink_payload: maybe(z.string()),
  errors: list,
  call_recording: maybe(z.looseObject({ type: maybe(z.string()) })),
  /**
   * As documented
   * (docs/providers/meta.md#recording); the other name was our guess. Both are read.
   */
  call_transcript: maybe(z.looseObject({ type: maybe(z.string()) })),
  call_transcription: maybe(z.looseObject({ type: maybe(z.string()) })),
});
export type MetaCall = z.infer<typeof callSchema>;

/** A file as Meta describes it everywhere. */
export const fileSchema = z.looseObject({ id: maybe(text) });

/** The status of a call or of one of our messages. */
export const statusSchema = z.looseObject({
  id: text,
  status: word,
  type: maybe(word),
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
  type: maybe(word),
  text: maybe(z.looseObject({ body: maybe(z.string()) })),
  button: maybe(z.looseObject({ text: maybe(z.string()) })),
  reaction: maybe(z.looseObject({ emoji: maybe(z.string()), message_id: maybe(text) })),
  revoke: maybe(z.looseObject({ original_message_id: maybe(text) })),
  system: maybe(
    z.looseObject({
      type: maybe(z.string()),
      wa_id: maybe(text),
      new_wa_id: maybe(text),
      user_id: maybe(text),
      previous_user_id: maybe(text),
    }),
  ),
  /** Contacts that the customer sent. */
  contacts: list,
  /** Where such contacts come from; seen beside them or in them (docs/providers/meta.md#contact-request). */
  origin: maybe(z.string()),
  /** The message that this one answers. */
  context: maybe(z.looseObject({ id: maybe(text) })),
  /** An earlier message in edited form (Meta's page of 2026-07-20). */
  edit: maybe(z.looseObject({ message: maybe(z.unknown()), original_message_id: maybe(text) })),
  interactive: maybe(
    z.looseObject({
      type: maybe(word),
      call_permission_reply: maybe(z.unknown()),
      button_reply: maybe(z.looseObject({ title: maybe(z.string()) })),
      list_reply: maybe(z.looseObject({ title: maybe(z.string()) })),
    }),
  ),
});
export type MetaMessage = z.infer<typeof messageSchema>;

/** A contact that a customer sent. */
export const sharedContactSchema = z.looseObject({
  origin: maybe(z.string()),
  phones: maybe(z.array(z.looseObject({ wa_id: maybe(text), phone: maybe(z.string()) }))),
});

/** A picture, a voice message or another file in a message (docs/providers/meta.md#files). */
export const messageFileSchema = z.looseObject({
  id: maybe(text),
  mime_type: maybe(z.string()),
  caption: maybe(z.string()),
  filename: maybe(z.string()),
  voice: maybe(flag),
});

/**
 * The calling settings whose changes are read
 * (docs/providers/meta.md#settings-and-account-webhooks).
 */
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
  /**
   * The account concerned. The first name replaces the second by 2026-12-31
   * (docs/providers/meta.md#settings-and-account-webhooks).
   */
  messaging_account_id: maybe(text),
  paid_messaging_account_id: maybe(text),
  /**
   * Digits of the number concerned; missing if the whole account is meant
   * (docs/providers/meta.md#settings-and-account-webhooks).
   */
  phone_number: maybe(text),
  /** One state; older samples have a list. */
  ban_info: maybe(
    z.looseObject({
      waba_ban_state: maybe(z.union([z.string(), z.array(z.string()).min(1)])),
      /** Undocumented, so only shown. */
      waba_ban_date: maybe(text),
    }),
  ),
  disconnection_info: maybe(
    z.looseObject({ reason: maybe(z.string()), initiated_by: maybe(z.string()) }),
  ),
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
  response: word,
  is_permanent: maybe(flag),
  expiration_timestamp: timeIfAny,
  response_source: maybe(word),
});
