import { d360Requests, type D360Request } from '../../../../../src/shared/providers/d360/api.ts';

const to = '14085551234';
const callId = 'wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh==';
const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';

/** Every request, under the name of its golden file. */
export const requests: Readonly<Record<string, D360Request>> = {
  connect: d360Requests.connect({ to, sdp, opaque: 'ringdesk:out/0b6e3d4c' }),
  pre_accept: d360Requests.preAccept(callId, sdp),
  accept: d360Requests.accept(callId, sdp),
  reject: d360Requests.reject(callId),
  terminate: d360Requests.terminate(callId),
  permission: d360Requests.permission(to),
  permission_request: d360Requests.requestPermission(to, 'May we call you?'),
  permission_request_without_text: d360Requests.requestPermission(to, ''),
  settings: d360Requests.settings(),
  update_settings: d360Requests.updateSettings({
    status: 'ENABLED',
    call_icon_visibility: 'DEFAULT',
    call_icons: { restrict_to_user_countries: ['BR', 'PT'] },
    callback_permission_status: 'ENABLED',
    call_hours: {
      status: 'ENABLED',
      timezone_id: 'America/Manaus',
      weekly_operating_hours: [{ day_of_week: 'MONDAY', open_time: '0400', close_time: '1020' }],
      holiday_schedule: [{ date: '2026-12-25', start_time: '0000', end_time: '2359' }],
    },
  }),
};
