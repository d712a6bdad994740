import {
  zernioRequests,
  type ZernioRequest,
} from '../../../../../src/shared/providers/zernio/api.ts';

const accountId = 'acc_1';
const numberId = 'doc_1';
const to = '13105551234';

/** Every request, under the name of its golden file. */
export const requests: Readonly<Record<string, ZernioRequest>> = {
  config: zernioRequests.config(accountId),
  enable: zernioRequests.enable(numberId, accountId, {
    forwardTo: 'tel:+13105551234',
    recordingEnabled: false,
  }),
  enable_sip: zernioRequests.enable(numberId, accountId, {
    forwardTo: 'sip:desk@pbx.example.com',
    recordingEnabled: true,
    sipAuthUsername: 'desk',
    sipAuthPassword: 'a-password',
    callIconCountries: ['BR', 'PT'],
    maxCallDurationSeconds: 3600,
    forwardCallerId: 'caller',
  }),
  update: zernioRequests.update(numberId, accountId, {
    forwardTo: 'wss://relay.example.com/media/1',
    maxCallDurationSeconds: null,
  }),
  disable: zernioRequests.disable(numberId, accountId),
  permission: zernioRequests.permission(accountId, to),
  permission_request: zernioRequests.requestPermission(accountId, to, 'May we call you?'),
  permission_request_without_text: zernioRequests.requestPermission(accountId, to, ''),
  place: zernioRequests.place({ accountId, to: `+${to}`, once: 'ringdesk-out-1' }),
  place_with_override: zernioRequests.place({
    accountId,
    to,
    once: 'ringdesk-out-2',
    forwardTo: 'sip:desk@pbx.example.com',
    record: true,
  }),
  list: zernioRequests.list({ accountId }),
  list_filtered: zernioRequests.list({
    accountId,
    status: 'ended',
    direction: 'inbound',
    since: '2026-11-01T00:00:00.000Z',
    until: '2026-11-22T00:00:00.000Z',
    limit: 50,
    before: '2026-11-20T10:00:00.000Z',
  }),
  call: zernioRequests.call('call/1', accountId),
  recording: zernioRequests.recording('call_1', accountId),
  estimate: zernioRequests.estimate(accountId, to, {}),
  estimate_recorded: zernioRequests.estimate(accountId, to, { minutes: 5, recording: true }),
};
