import { z } from 'zod';

/**
 * Meta's calling settings, which 360dialog and Pilot Status pass on (facts 1.3). Only what the console shows or
 * changes: unknown parts are left out on purpose, because a read may contain SIP passwords.
 */

const onOff = z.enum(['ENABLED', 'DISABLED']);

/** `0900`; one of Meta's samples writes `09:00`. */
const timeOfDay = z
  .string()
  .regex(/^\d\d:?\d\d$/)
  .transform((value) => value.replace(':', ''));

const openHours = z.object({
  day_of_week: z.enum([
    'MONDAY',
    'TUESDAY',
    'WEDNESDAY',
    'THURSDAY',
    'FRIDAY',
    'SATURDAY',
    'SUNDAY',
  ]),
  open_time: timeOfDay,
  close_time: timeOfDay,
});

/** Meta's table calls the times of a holiday `open_time` and `close_time`, its samples as below. */
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
  /** Leaving it out of a write wipes it. */
  holiday_schedule: z.array(holiday).optional(),
});

const callingSettings = z.object({
  status: onOff.optional().catch(undefined),
  call_icon_visibility: z.enum(['DEFAULT', 'DISABLE_ALL']).optional().catch(undefined),
  call_icons: z
    .object({ restrict_to_user_countries: z.array(z.string()) })
    .optional()
    .catch(undefined),
  callback_permission_status: onOff.optional().catch(undefined),
  /** A write replaces the whole of it. */
  call_hours: callHours.optional().catch(undefined),
});
export type CallingSettings = z.infer<typeof callingSettings>;

export const settingsAnswer = z.object({
  calling: callingSettings.extend({
    /** Read only: while SIP is on, calls cannot be handled here (131055). */
    sip: z.object({ status: onOff }).optional().catch(undefined),
  }),
});
