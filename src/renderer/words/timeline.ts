import type { CallEvent } from '../../shared/call/events.ts';
import type { TimelineEntry } from '../../shared/ipc/model.ts';
import type { CallProviderEvent } from '../../shared/providers/events.ts';

type KeyOf<E> = E extends { from: 'provider' }
  ? `provider ${CallProviderEvent['kind']}`
  : E extends { from: infer From extends string; kind: infer Kind extends string }
    ? `${From} ${Kind}`
    : never;

/** Who said it, after what was said. */
export const timelineFrom: Record<TimelineEntry['from'], string> = {
  provider: 'WhatsApp',
  relay: 'relay',
  agent: 'you',
  media: 'sound',
  api: 'WhatsApp’s answer',
  clock: 'time limit',
  app: 'Ringdesk',
};

/** What happened, by who said it and its kind. An unknown kind is shown as it is. */
export const timelineKinds: Readonly<Record<string, string>> = {
  'provider offer': 'The customer calls',
  'provider announced': 'The call was announced',
  'provider recording': 'A recording or transcript is there',
  'provider answer': 'Sound agreed with the customer',
  'provider status': 'State of the call',
  'provider terminated': 'The call is over',
  'relay alone': 'Who else it rings for changed',
  'relay hold-granted': 'This desk may prepare the sound',
  'relay hold-refused': 'Another desk prepares the sound',
  'relay claim-granted': 'The call is ours',
  'relay claim-refused': 'Somebody else was first',
  'relay unreachable': 'The relay did not answer',
  'relay taken': 'A teammate took it',
  'relay handover-offered': 'Offered to this desk',
  'relay handover-off': 'The offer to this desk ended',
  'relay transfer-offered': 'Offered to a teammate',
  'relay transfer-ended': 'The call stayed here',
  'relay handed-over': 'The call went to a teammate',
  'relay leg-lost': 'The relay lost the sound of this desk; hold music plays',
  'relay leg-back': 'The relay hears this desk again',
  'relay held': 'The customer was put on hold or taken back',
  'relay still-ours': 'The relay had not heard that the call is over; it was told again',
  'relay key': 'The customer pressed a key',
  'relay supervision': 'A supervisor listens, whispers or stops',
  'relay given-up': 'The relay ended the call',
  'agent accept': 'Accept pressed',
  'agent decline': 'Decline pressed',
  'agent undo-decline': 'You took the decline back',
  'agent silence': 'You silenced it here',
  'agent hang-up': 'Hang up pressed',
  'agent mute': 'Microphone muted or unmuted',
  'agent dial': 'Call pressed',
  'agent dismiss': 'Dismissed from the screen',
  'media answer-ready': 'Sound prepared',
  'media offer-ready': 'Sound prepared',
  'media connected': 'Sound connected',
  'media audio': 'First sound of the customer',
  'media failed': 'The sound failed',
  'media lost': 'The window with the sound was gone',
  'api pre-accepted': 'Prepared with WhatsApp',
  'api pre-accept-failed': 'Could not be prepared with WhatsApp',
  'api accepted': 'Accept confirmed',
  'api accept-failed': 'Accept refused',
  'api placed': 'Call placed',
  'api place-failed': 'Call refused',
  'clock deadline': 'Time ran out',
  'app restarted': 'Ringdesk came back',
} satisfies Record<KeyOf<CallEvent>, string>;
