import { z } from 'zod';

/** Calling settings of a number (docs/providers/meta.md#settings). */

const DAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
const MAX_ENTRIES_PER_DAY = 2;
const MAX_HOLIDAYS = 20;

const onOff = z.enum(['ENABLED', 'DISABLED']);
/** `HHMM`, and `HH:MM` as one of Meta's samples has it. */
const time = z.string().regex(/^([01]\d|2[0-3]):?[0-5]\d$/, 'time must be HHMM');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'date must be YYYY-MM-DD')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'date does not exist');

const timezone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format();
    return true;
  } catch {
    return false;
  }
}, 'unknown timezone_id');

const weekly = z
  .array(z.object({ day_of_week: z.enum(DAYS), open_time: time, close_time: time }))
  .min(1, 'weekly_operating_hours must not be empty')
  .superRefine((entries, context) => {
    const problem = weeklyProblem(entries);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

const callHours = z.object({
  status: onOff,
  timezone_id: timezone,
  weekly_operating_hours: weekly,
  holiday_schedule: z
    .array(
      z.object({
        date,
        start_time: time.optional(),
        end_time: time.optional(),
        open_time: time.optional(),
        close_time: time.optional(),
      }),
    )
    .max(MAX_HOLIDAYS, `holiday_schedule has more than ${MAX_HOLIDAYS} entries`)
    .optional(),
});

const callingPatch = z.object({
  status: onOff.optional(),
  call_icon_visibility: z.enum(['DEFAULT', 'DISABLE_ALL']).optional(),
  call_icons: z
    .object({ restrict_to_user_countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional() })
    .optional(),
  call_hours: callHours.optional(),
  callback_permission_status: onOff.optional(),
  srtp_key_exchange_protocol: z.enum(['DTLS', 'SDES']).optional(),
  audio: z.object({ additional_codecs: z.array(z.enum(['PCMA', 'PCMU'])) }).optional(),
  voicemail: z
    .strictObject({
      status: onOff,
      triggers: z.array(z.enum(['REJECT', 'TIMEOUT'])).optional(),
      audio: z
        .strictObject({
          default: z.strictObject({
            announcement_media_id: z.union([z.string(), z.number()]).optional(),
            timeout_seconds: z.number().int().min(0).max(30).optional(),
          }),
        })
        .optional(),
    })
    .optional(),
  sip: z.looseObject({ status: onOff }).optional(),
});
export type CallingSettings = z.infer<typeof callingPatch>;

export const settingsBodySchema = z.object({ calling: callingPatch });

export const initialSettings: CallingSettings = {
  status: 'ENABLED',
  call_icon_visibility: 'DEFAULT',
  callback_permission_status: 'DISABLED',
  srtp_key_exchange_protocol: 'DTLS',
};

/** Each named field is replaced completely, `call_hours` including its holidays. */
export const replaceSettings = (
  current: CallingSettings,
  patch: CallingSettings,
): CallingSettings => ({ ...current, ...patch });

/** The rule that depends only on today: a past holiday is an error. */
export function pastHoliday(patch: CallingSettings, now: number): string | undefined {
  const today = new Date(now).toISOString().slice(0, 10);
  return patch.call_hours?.holiday_schedule?.find((holiday) => holiday.date < today)?.date;
}

/**
 * What changed among the fields that `account_settings_update` watches
 * (docs/providers/meta.md#settings-and-account-webhooks), or undefined.
 */
export function watchedChanges(
  before: CallingSettings,
  after: CallingSettings,
): Record<string, unknown> | undefined {
  const watched = (settings: CallingSettings): Record<string, unknown> => ({
    status: settings.status,
    call_icon_visibility: settings.call_icon_visibility,
    callback_permission_status: settings.callback_permission_status,
    srtp_key_exchange_protocol: settings.srtp_key_exchange_protocol,
    ...(settings.sip === undefined ? {} : { sip: { status: settings.sip.status } }),
  });
  const now = watched(after);
  return JSON.stringify(now) === JSON.stringify(watched(before)) ? undefined : now;
}

function weeklyProblem(
  entries: readonly { day_of_week: string; open_time: string; close_time: string }[],
): string | undefined {
  const minutes = (text: string): number => Number(text.replace(':', ''));
  for (const day of DAYS) {
    const hours = entries
      .filter((entry) => entry.day_of_week === day)
      .map((entry) => ({ open: minutes(entry.open_time), close: minutes(entry.close_time) }))
      .sort((a, b) => a.open - b.open);
    if (hours.length > MAX_ENTRIES_PER_DAY) return `more than two entries for ${day}`;
    if (hours.some(({ open, close }) => open >= close)) {
      return `open_time must be before close_time on ${day}`;
    }
    const [first, second] = hours;
    if (first && second && second.open < first.close) return `overlapping hours on ${day}`;
  }
  return undefined;
}
