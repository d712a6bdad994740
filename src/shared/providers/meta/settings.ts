import { z } from 'zod';
import type { CallHours } from '../../rules/facts.ts';
import { weekdays } from '../../rules/zoned-time.ts';
import { number } from '../fields.ts';
import {
  LONGEST_VOICEMAIL_WAIT,
  type NumberSettings,
  type SettingsChange,
  type Voicemail,
  type VoicemailTrigger,
} from '../number-settings.ts';

/**
 * Meta's calling settings, which 360dialog and Pilot Status forward
 * (docs/providers/meta.md#settings). Contains only what the console shows or changes; unknown parts
 * are dropped on purpose, because a read may contain SIP passwords.
 */

const onOff = z
  .string()
  .transform((value) => value.trim().toUpperCase())
  .pipe(z.enum(['ENABLED', 'DISABLED']));

/** `0900`; one of Meta's samples writes `09:00`. */
const timeOfDay = z
  .string()
  .regex(/^\d\d:?\d\d$/)
  .transform((value) => value.replace(':', ''));

const openHours = z.object({
  day_of_week: z.enum(weekdays),
  open_time: timeOfDay,
  close_time: timeOfDay,
});

/**
 * Meta's table calls a holiday's times `open_time` and `close_time`; its samples use the names
 * below.
 */
const holiday = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && 'open_time' in value && 'close_time' in value
      ? { start_time: value.open_time, end_time: value.close_time, ...value }
      : value,
  z.object({ date: z.iso.date(), start_time: timeOfDay, end_time: timeOfDay }),
);

const callHours = z.object({
  status: onOff,
  timezone_id: z.string().optional(),
  weekly_operating_hours: z.array(openHours).optional(),
  /** A write without it deletes it. */
  holiday_schedule: z.array(holiday).optional(),
});

const seconds = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const restriction = z.object({
  type: z.string().min(1),
  reason: z.string().optional().catch(undefined),
  expiration: seconds.optional().catch(undefined),
});

const TRIGGERS = { REJECT: 'declined', TIMEOUT: 'not-answered' } as const satisfies Record<
  string,
  VoicemailTrigger
>;
const trigger = z.enum(['REJECT', 'TIMEOUT']);

/** Unknown triggers do not hide the known ones. */
const triggers = z
  .array(z.unknown())
  .transform((all) => all.flatMap((one) => trigger.safeParse(one).data ?? []));

/** docs/providers/meta.md#voicemail. The sample writes the id as a number. */
const voicemail = z.object({
  status: onOff,
  triggers: triggers.optional().catch(undefined),
  audio: z
    .object({
      default: z.object({
        announcement_media_id: z
          .union([z.string().min(1), z.number().int().transform(String)])
          .optional()
          .catch(undefined),
        timeout_seconds: number
          .pipe(z.number().max(LONGEST_VOICEMAIL_WAIT))
          .optional()
          .catch(undefined),
      }),
    })
    .optional()
    .catch(undefined),
});

const callingSettings = z.object({
  status: onOff.optional().catch(undefined),
  /** `DEFAULT`, `DISABLE_ALL`, and values that Meta's pages mention in passing. */
  call_icon_visibility: z.string().optional().catch(undefined),
  call_icons: z
    .object({ restrict_to_user_countries: z.array(z.string()) })
    .optional()
    .catch(undefined),
  callback_permission_status: onOff.optional().catch(undefined),
  /** A write replaces all of it. */
  call_hours: callHours.optional().catch(undefined),
  voicemail: voicemail.optional().catch(undefined),
});
export type CallingSettings = z.infer<typeof callingSettings>;

export const settingsAnswer = z.object({
  calling: callingSettings
    .extend({
      /** Read-only: while SIP is on, calls cannot be handled here (131055). */
      sip: z.object({ status: onOff }).optional().catch(undefined),
      /** `DTLS` or `SDES`; Meta's OpenAPI writes `DTLS-SRTP` (docs/providers/meta.md#settings). */
      srtp_key_exchange_protocol: z.string().optional().catch(undefined),
      /** Read-only. */
      restrictions: z
        .object({ restrictions_list: z.array(restriction) })
        .optional()
        .catch(undefined),
    })
    .nullish()
    // Nothing was ever set.
    .transform((calling) => calling ?? {}),
});

/** Settings as the console shows them, with Meta's defaults for what was never set. */
export function settingsOf({ calling }: z.infer<typeof settingsAnswer>): NumberSettings {
  const { sip, restrictions, srtp_key_exchange_protocol: keys } = calling;
  return {
    calling: calling.status === 'ENABLED',
    iconVisible: (calling.call_icon_visibility ?? 'DEFAULT') === 'DEFAULT',
    iconCountries: calling.call_icons?.restrict_to_user_countries ?? [],
    hours: { value: hoursOf(calling.call_hours) },
    callback: calling.callback_permission_status === 'ENABLED',
    voicemail: voicemailOf(calling.voicemail),
    ...(sip && { sip: sip.status === 'ENABLED' ? 'on' : 'off' }),
    ...(keys !== undefined && { keyExchange: /^SDES/i.test(keys) ? 'sdes' : 'dtls' }),
    ...(restrictions && {
      restrictions: restrictions.restrictions_list.map(({ type, reason, expiration }) => ({
        type,
        reason,
        expiresAt: expiration === undefined ? undefined : expiration * 1000,
      })),
    }),
  };
}

function hoursOf(callHours: CallingSettings['call_hours']): CallHours | undefined {
  if (callHours?.status !== 'ENABLED' || callHours.timezone_id === undefined) return undefined;
  return {
    zone: callHours.timezone_id,
    weekly: (callHours.weekly_operating_hours ?? []).map((one) => ({
      day: one.day_of_week,
      open: one.open_time,
      close: one.close_time,
    })),
    holidays: (callHours.holiday_schedule ?? []).map((one) => ({
      date: one.date,
      open: one.start_time,
      close: one.end_time,
    })),
    holidaysMean: 'open',
  };
}

function voicemailOf(voicemail: CallingSettings['voicemail']): Voicemail {
  const { announcement_media_id: announcement, timeout_seconds: waitSeconds } =
    voicemail?.audio?.default ?? {};
  return {
    on: voicemail?.status === 'ENABLED',
    triggers: (voicemail?.triggers ?? []).map((one) => TRIGGERS[one]),
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(announcement !== undefined && { announcement }),
  };
}

const status = (on: boolean) => (on ? 'ENABLED' : 'DISABLED');

/**
 * Contains only the changes. Hours and voicemail are always complete, because a write replaces hours
 * with their holidays, and may replace a voicemail with its announcement.
 */
export function settingsBody(change: SettingsChange): CallingSettings {
  const { calling, iconVisible, iconCountries, callback, hours, voicemail: mail } = change;
  return {
    ...(calling !== undefined && { status: status(calling) }),
    ...(iconVisible !== undefined && {
      call_icon_visibility: iconVisible ? 'DEFAULT' : 'DISABLE_ALL',
    }),
    ...(iconCountries !== undefined && {
      call_icons: { restrict_to_user_countries: [...iconCountries] },
    }),
    ...(hours !== undefined && { call_hours: hours === null ? noHours : hoursBody(hours) }),
    ...(callback !== undefined && { callback_permission_status: status(callback) }),
    ...(mail !== undefined && { voicemail: voicemailBody(mail) }),
  };
}

function voicemailBody({
  on,
  triggers: when,
  waitSeconds,
  announcement,
}: Voicemail): NonNullable<CallingSettings['voicemail']> {
  const audio = {
    ...(announcement !== undefined && { announcement_media_id: announcement }),
    ...(waitSeconds !== undefined && { timeout_seconds: waitSeconds }),
  };
  return {
    status: status(on),
    triggers: trigger.options.filter((one) => when.includes(TRIGGERS[one])),
    ...(Object.keys(audio).length > 0 && { audio: { default: audio } }),
  };
}

const noHours = { status: 'DISABLED' } as const;

function hoursBody(hours: CallHours): NonNullable<CallingSettings['call_hours']> {
  return {
    status: 'ENABLED',
    timezone_id: hours.zone,
    weekly_operating_hours: hours.weekly.map(({ day, open, close }) => ({
      day_of_week: day,
      open_time: open,
      close_time: close,
    })),
    holiday_schedule: hours.holidays.map(({ date, open, close }) => ({
      date,
      start_time: open,
      end_time: close,
    })),
  };
}
