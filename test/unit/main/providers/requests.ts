import type { Answer } from '../../../../src/shared/providers/client.ts';
import type { Provider } from '../../../../src/main/calls/ports.ts';
import type { Account } from '../../../../src/main/providers/account.ts';
import type { ProviderId } from '../../../../src/shared/rules/data/providers.ts';
import { accounts } from './numbers.ts';

/** Requests of an adapter, and the answers that it needs to reach the request in question. */
export interface Case {
  ask: (provider: Provider) => Promise<Answer<unknown>> | undefined;
  /** Bodies with status 200; the last repeats. */
  answers: readonly unknown[];
  account?: Account;
  relayAddress?: string;
}

const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const wacid = 'wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh==';
const to = { waId: '14085551234' };
const somebody = { userId: 'US.13491208655302741918' };
const placingHeld = { callbackData: 'ringdesk:out/0b6e3d4c', once: 'b7c2a7de' };
const placing = { sdp, ...placingHeld };
const template = { name: 'call_perm_v1', language: 'en', values: ['Ana'] };
const words = 'We would like to call you about your order.';

const success = { messaging_product: 'whatsapp', success: true };
const placed = { messaging_product: 'whatsapp', calls: [{ id: wacid }] };
const sent = { contacts: [], messages: [{ id: 'wamid.1' }] };
const permission = { permission: { status: 'permanent' } };
const settings = { calling: { status: 'ENABLED' } };

const everything = {
  calling: true,
  iconVisible: true,
  iconCountries: ['BR', 'PT'],
  callback: true,
  hours: {
    zone: 'America/Manaus',
    weekly: [
      { day: 'MONDAY', open: '0400', close: '1020' },
      { day: 'TUESDAY', open: '0900', close: '1700' },
    ],
    holidays: [{ date: '2026-12-25', open: '0000', close: '2359' }],
    holidaysMean: 'open',
  },
} as const;
const { iconCountries: _, ...allButCountries } = everything;

const one = (ask: Case['ask'], ...answers: unknown[]): Case => ({ ask, answers });

/** Calls, permission, messages and settings, which are alike at Meta and 360dialog. */
const cloud: Record<string, Case> = {
  connect: one((provider) => provider.calls.place({ to, ...placing }), placed),
  pre_accept: one((provider) => provider.calls.preAccept(wacid, sdp), success),
  accept: one((provider) => provider.calls.accept(wacid, sdp), success),
  reject: one((provider) => provider.calls.reject(wacid), success),
  terminate: one((provider) => provider.calls.terminate(wacid), success),
  permission: one((provider) => provider.permission(to), permission),
  permission_request: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: words }),
    sent,
  ),
  permission_request_without_text: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: '' }),
    sent,
  ),
  permission_request_by_template: one(
    (provider) => provider.requestPermission(to, { kind: 'template', template }),
    sent,
  ),
  text: one((provider) => provider.messages?.sendText(to, 'We tried to call you.'), sent),
  text_reply: one(
    (provider) => provider.messages?.sendText(to, 'We tried to call you.', 'wamid.before'),
    sent,
  ),
  file: one((provider) => provider.file?.('1003383421387256'), {
    url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1003383421387256',
    file_size: 303833,
  }),
  template_without_values: one(
    (provider) => provider.messages?.sendTemplate(to, { ...template, values: [] }),
    sent,
  ),
  call_button: one(
    (provider) =>
      provider.messages?.sendCallButton(to, {
        text: 'Call us on WhatsApp',
        label: 'Call now',
        minutes: 100,
        payload: 'order-991',
      }),
    sent,
  ),
  call_button_as_usual: one(
    (provider) => provider.messages?.sendCallButton(to, { text: 'Call us', label: 'Call now' }),
    sent,
  ),
  contact_request: one(
    (provider) => provider.messages?.sendContactRequest(to, 'What is your number?'),
    sent,
  ),
  settings: one((provider) => provider.settings?.get(), settings),
  update_settings: one((provider) => provider.settings?.set(everything), success),
  update_settings_status: one((provider) => provider.settings?.set({ calling: false }), success),
  update_settings_no_hours: one(
    (provider) => provider.settings?.set({ hours: null, iconVisible: false }),
    success,
  ),
};

const voicemail = {
  on: true,
  triggers: ['declined', 'not-answered'],
  waitSeconds: 20,
  announcement: '9388',
} as const;

const recorded: Account = {
  ...accounts.meta,
  recording: { purpose: 'Quality of our service', language: 'en_US', transcript: true },
};

const meta: Record<string, Case> = {
  ...cloud,
  connect_by_user_id: one((provider) => provider.calls.place({ to: somebody, ...placing }), placed),
  connect_recorded: {
    ...one((provider) => provider.calls.place({ to, ...placing }), placed),
    account: recorded,
  },
  accept_recorded: {
    ...one((provider) => provider.calls.accept(wacid, sdp), success),
    account: recorded,
  },
  update_settings_voicemail: one((provider) => provider.settings?.set({ voicemail }), success),
  permission_by_user_id: one((provider) => provider.permission(somebody), permission),
  permission_request_by_user_id: one(
    (provider) => provider.requestPermission(somebody, { kind: 'free-form', text: words }),
    sent,
  ),
  templates: one((provider) => provider.messages?.templates(), { data: [] }),
  templates_next_page: one(
    (provider) => provider.messages?.templates(),
    { data: [], paging: { cursors: { after: 'QVFIU' }, next: 'https://graph.facebook.com/…' } },
    { data: [] },
  ),
  media: one((provider) => provider.recording?.({ providerCallId: wacid, mediaId: '9388' }), {
    url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=9388',
  }),
  analytics: one((provider) => provider.analytics?.(1_765_958_400_000, 1_766_044_800_000), {
    id: '102290129340398',
  }),
};

const d360: Record<string, Case> = {
  ...cloud,
  templates: one((provider) => provider.messages?.templates(), { waba_templates: [] }),
};

const pilotCall = {
  id: 'call_1',
  externalCallId: wacid,
  direction: 'INBOUND',
  status: 'RINGING',
  peerNumber: '14085551234',
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:01.000Z',
};
const pilotPlaced = { id: 'call_1', externalCallId: wacid, status: 'INITIATED' };
const pilotDone = { success: true, id: 'call_1', status: 'ACCEPTED' };
const since = Date.UTC(2026, 10, 22, 9);

/** Requests of both kinds of number. */
const pilotShared: Record<string, Case> = {
  reject: one((provider) => provider.calls.reject(wacid), pilotDone),
  terminate: one((provider) => provider.calls.terminate(wacid), pilotDone),
  list: one((provider) => provider.reads?.callsSince(since), { calls: [pilotCall] }),
  list_before: one(
    (provider) => provider.reads?.callsSince(since),
    {
      calls: Array.from({ length: 100 }, (_, at) => ({ ...pilotCall, id: `call_${at}` })),
    },
    { calls: [] },
  ),
};

const pilotMeta: Record<string, Case> = {
  ...pilotShared,
  place: one((provider) => provider.calls.place({ to, ...placing }), pilotPlaced),
  pre_accept: one((provider) => provider.calls.preAccept(wacid, sdp), pilotDone),
  accept: one((provider) => provider.calls.accept(wacid, sdp), pilotDone),
  call_with_sdp: one((provider) => provider.reads?.call(wacid), pilotCall),
  permission: one((provider) => provider.permission(to), permission),
  permission_request: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: words }),
    {},
  ),
  permission_request_without_text: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: '' }),
    {},
  ),
  settings: one((provider) => provider.settings?.get(), settings),
  update_settings: one((provider) => provider.settings?.set(allButCountries), { success: true }),
  update_settings_voicemail: one((provider) => provider.settings?.set({ voicemail }), {
    success: true,
  }),
};

const pilotWeb: Record<string, Case> = {
  ...pilotShared,
  place_held: one((provider) => provider.calls.place({ to, ...placingHeld }), pilotPlaced),
  accept_held: one((provider) => provider.calls.accept(wacid), pilotDone),
  call: one((provider) => provider.reads?.call(wacid), pilotCall),
  play: one((provider) => provider.play?.(wacid, 'https://media.example.com/hello.mp3'), pilotDone),
  realtime_session: one((provider) => provider.stream?.(wacid), {
    wsUrl: 'wss://media.example.com/ws/1/call_1?token=t',
    token: 't',
    expiresInSeconds: 120,
  }),
};

const config = { phoneNumberDocId: 'doc_1', callingEnabled: true, forwardTo: 'tel:+551130000000' };
const off = { ...config, callingEnabled: false, recordingEnabled: true };
const forwarding = {
  to: '+1 (310) 555-1234',
  recording: true,
  sipUsername: 'desk',
  sipPassword: 'p',
  maxCallSeconds: 3600,
  callerId: 'caller',
} as const;
const enabled = { success: true, callingEnabled: true, forwardTo: 'tel:+13105551234' };
const zernioPlaced = { success: true, callId: 'call_1', status: 'dialing' };
const relayed: Pick<Case, 'account' | 'relayAddress'> = {
  account: { ...accounts.zernio, softphone: 'relay' },
  relayAddress: 'wss://relay.example.com/streams/x',
};

const zernio: Record<string, Case> = {
  config: one((provider) => provider.settings?.get(), config),
  enable: one((provider) => provider.settings?.set({ calling: true }), off, enabled),
  enable_with_all: one(
    (provider) => provider.settings?.set({ calling: true, iconCountries: ['BR'], forwarding }),
    off,
    enabled,
  ),
  enable_with_defaults: one(
    (provider) =>
      provider.settings?.set({
        calling: true,
        iconCountries: [],
        forwarding: { to: 'sip:desk@pbx.example.com', recording: false, maxCallSeconds: null },
      }),
    off,
    enabled,
  ),
  update: one(
    (provider) => provider.settings?.set({ iconCountries: ['BR'], forwarding }),
    config,
    {},
  ),
  update_clearing: one(
    (provider) =>
      provider.settings?.set({
        calling: true,
        iconCountries: [],
        forwarding: { recording: false, maxCallSeconds: null },
      }),
    config,
    {},
  ),
  disable: one((provider) => provider.settings?.set({ calling: false }), config, ''),
  permission: one((provider) => provider.permission(to), permission),
  permission_request: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: words }),
    {},
  ),
  permission_request_without_text: one(
    (provider) => provider.requestPermission(to, { kind: 'free-form', text: '' }),
    {},
  ),
  place: one((provider) => provider.calls.place({ to, ...placingHeld }), zernioPlaced),
  place_with_override: one(
    (provider) =>
      provider.calls.place({
        to,
        ...placingHeld,
        forwardTo: 'sip:desk@pbx.example.com',
        record: true,
      }),
    zernioPlaced,
  ),
  place_to_relay: {
    ...one((provider) => provider.calls.place({ to, ...placingHeld }), config, zernioPlaced),
    ...relayed,
  },
  place_already_at_relay: {
    ...one(
      (provider) => provider.calls.place({ to, ...placingHeld }),
      { ...config, forwardTo: 'wss://relay.example.com/streams/x' },
      zernioPlaced,
    ),
    ...relayed,
  },
  list: one((provider) => provider.reads?.callsSince(since), { calls: [] }),
  list_next_page: one(
    (provider) => provider.reads?.callsSince(since),
    { calls: [], nextCursor: '2026-11-22T09:30:00.000Z' },
    { calls: [] },
  ),
  call: one((provider) => provider.reads?.call('call/1'), { call: { _id: 'call/1' } }),
  recording: one((provider) => provider.recording?.({ providerCallId: 'call_1' }), {
    url: 'https://recordings.example.com/1.mp3',
  }),
  estimate: one((provider) => provider.estimate?.(to, 3), {}),
};

/** Every request that an adapter can send, by the name of its golden file. */
export const requests: Readonly<Record<ProviderId, Readonly<Record<string, Case>>>> = {
  meta,
  d360,
  'pilot-meta': pilotMeta,
  'pilot-web': pilotWeb,
  zernio,
};
