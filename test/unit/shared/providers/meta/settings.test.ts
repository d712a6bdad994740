import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  settingsAnswer,
  settingsBody,
  settingsOf,
} from '../../../../../src/shared/providers/meta/settings.ts';
import { weekdays } from '../../../../../src/shared/rules/zoned-time.ts';
import { nearly } from '../d360/mutations.ts';

const sample = {
  calling: {
    status: 'ENABLED',
    call_icon_visibility: 'DISABLE_ALL',
    call_icons: { restrict_to_user_countries: ['US', 'BR'] },
    call_hours: {
      status: 'ENABLED',
      timezone_id: 'America/Manaus',
      weekly_operating_hours: [{ day_of_week: 'MONDAY', open_time: '04:00', close_time: '1020' }],
      holiday_schedule: [{ date: '2026-12-25', open_time: '0000', close_time: '2359' }],
    },
    callback_permission_status: 'ENABLED',
    sip: { status: 'ENABLED', servers: [{ hostname: 'h', sip_user_password: 'secret' }] },
    restrictions: {
      restrictions_list: [
        {
          type: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
          reason: 'complaints',
          expiration: 1_754_072_386,
        },
      ],
    },
  },
  payload_encryption: {},
};

const read = (answer: unknown) => settingsOf(settingsAnswer.parse(answer));

const voicemail = {
  status: 'ENABLED',
  triggers: ['REJECT', 'TIMEOUT'],
  audio: { default: { announcement_media_id: 9388, timeout_seconds: 20 } },
};
const voicemailOf = (settings: unknown) => read({ calling: { voicemail: settings } }).voicemail;

describe('a voicemail', () => {
  test('is read with its announcement, and off where it was never set', () => {
    const mail = voicemailOf(voicemail);
    expect(mail).toEqual({
      on: true,
      triggers: ['declined', 'not-answered'],
      waitSeconds: 20,
      announcement: '9388',
    });
    expect(voicemailOf(undefined)).toEqual({ on: false, triggers: [] });
    expect(mail && settingsBody({ voicemail: mail })).toEqual({
      voicemail: {
        ...voicemail,
        audio: { default: { announcement_media_id: '9388', timeout_seconds: 20 } },
      },
    });
  });

  test('is read as far as it is known', () => {
    expect(voicemailOf({ ...voicemail, triggers: ['BUSY', 'REJECT'], audio: 'none' })).toEqual({
      on: true,
      triggers: ['declined'],
    });
    expect(voicemailOf({ ...voicemail, audio: { default: { timeout_seconds: 90 } } })).toEqual({
      on: true,
      triggers: ['declined', 'not-answered'],
    });
    expect(voicemailOf({ status: 'MAYBE' })).toEqual({ on: false, triggers: [] });
    expect(settingsBody({ voicemail: { on: false, triggers: [] } })).toEqual({
      voicemail: { status: 'DISABLED', triggers: [] },
    });
  });
});

describe('reading calling settings', () => {
  test('takes either form of hours and never a SIP password', () => {
    const settings = read(sample);
    expect(settings).toEqual({
      calling: true,
      iconVisible: false,
      iconCountries: ['US', 'BR'],
      hours: {
        value: {
          zone: 'America/Manaus',
          weekly: [{ day: 'MONDAY', open: '0400', close: '1020' }],
          holidays: [{ date: '2026-12-25', open: '0000', close: '2359' }],
          holidaysMean: 'open',
        },
      },
      callback: true,
      voicemail: { on: false, triggers: [] },
      sip: 'on',
      restrictions: [
        {
          type: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
          reason: 'complaints',
          expiresAt: 1_754_072_386_000,
        },
      ],
    });
    expect(JSON.stringify(settings)).not.toContain('secret');
  });

  test.each([{}, { calling: {} }])('fills in Meta’s defaults for %j', (answer) => {
    expect(read(answer)).toEqual({
      calling: false,
      iconVisible: true,
      iconCountries: [],
      hours: { value: undefined },
      callback: false,
      voicemail: { on: false, triggers: [] },
    });
  });

  test('treats disabled hours as none', () => {
    const call_hours = { ...sample.calling.call_hours, status: 'DISABLED' };
    expect(read({ calling: { call_hours } }).hours).toEqual({ value: undefined });
  });

  test('parses or rejects any body and keeps no secret', () => {
    fc.assert(
      fc.property(nearly([sample]), (answer) => {
        const parsed = settingsAnswer.safeParse(answer);
        if (!parsed.success) return;
        expect(JSON.stringify(settingsOf(parsed.data))).not.toContain('secret');
      }),
      { seed: 20_261_122, numRuns: 2000 },
    );
  });
});

describe('writing calling settings', () => {
  const time = fc.constantFrom('0000', '0830', '1745', '2359');
  const hours = fc.record({
    zone: fc.constantFrom('America/Manaus', 'Europe/Lisbon'),
    weekly: fc.array(fc.record({ day: fc.constantFrom(...weekdays), open: time, close: time })),
    holidays: fc.array(
      fc.record({ date: fc.constantFrom('2026-12-25', '2027-01-01'), open: time, close: time }),
    ),
    holidaysMean: fc.constant('open' as const),
  });
  const change = fc.record(
    {
      calling: fc.boolean(),
      iconVisible: fc.boolean(),
      iconCountries: fc.array(fc.constantFrom('BR', 'PT', 'US')),
      callback: fc.boolean(),
      hours: fc.option(hours),
    },
    { requiredKeys: [] },
  );

  test('round-trips and touches nothing else', () => {
    fc.assert(
      fc.property(change, (wanted) => {
        const body = settingsBody(wanted);
        expect(Object.keys(body)).toHaveLength(Object.keys(wanted).length);
        const { hours: wantedHours, ...rest } = wanted;
        expect(read({ calling: body })).toMatchObject({
          ...rest,
          ...(wantedHours !== undefined && { hours: { value: wantedHours ?? undefined } }),
        });
      }),
      { seed: 20_261_122 },
    );
  });
});
