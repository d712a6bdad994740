import {
  pilotRequests,
  type PilotRequest,
} from '../../../../../src/shared/providers/pilot-status/api.ts';

const to = '5511999990000';
const callId = 'call_01HX';
const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';

/** Every request, under the name of its golden file. */
export const requests: Readonly<Record<string, PilotRequest>> = {
  place: pilotRequests.place({ to, sdp, opaque: 'ringdesk:out/0b6e3d4c' }),
  place_held: pilotRequests.placeHeld(`+${to}`),
  list: pilotRequests.list({ limit: 25 }),
  list_before: pilotRequests.list({ limit: 100, before: '2026-11-22T10:00:00.000Z' }),
  call: pilotRequests.call('wacid.A/B=='),
  call_with_sdp: pilotRequests.callWithSdp(callId),
  pre_accept: pilotRequests.preAccept(callId, sdp),
  accept: pilotRequests.accept(callId, sdp),
  accept_held: pilotRequests.acceptHeld(callId),
  reject: pilotRequests.reject(callId),
  terminate: pilotRequests.terminate(callId),
  settings: pilotRequests.settings(),
  update_settings: pilotRequests.updateSettings({
    status: 'ENABLED',
    call_icon_visibility: 'DISABLE_ALL',
    callback_permission_status: 'DISABLED',
    call_hours: { status: 'DISABLED' },
  }),
  permission: pilotRequests.permission(to),
  permission_request: pilotRequests.requestPermission(to, 'About your order'),
  permission_request_without_text: pilotRequests.requestPermission(to, ''),
  play: pilotRequests.play(callId, 'https://example.com/greeting.mp3'),
  realtime_talk: pilotRequests.realtimeSession(callId, 'talk'),
  realtime_listen: pilotRequests.realtimeSession(callId, 'listen'),
};
