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
  provider: 'provider',
  relay: 'relay',
  agent: 'you',
  media: 'audio',
  api: 'provider’s answer',
  clock: 'timer',
  app: 'Ringdesk',
};

/** What happened, by who said it and its kind. An unknown kind is shown as it is. */
export const timelineKinds: Readonly<Record<string, string>> = {
  'provider offer': 'Customer called',
  'provider announced': 'Call announced',
  'provider recording': 'Recording or transcript ready',
  'provider answer': 'Audio agreed with the customer',
  'provider status': 'Call status',
  'provider terminated': 'Call ended',
  'relay candidates': 'Others being called changed',
  'relay reservation-granted': 'You may prepare the audio',
  'relay reservation-refused': 'A teammate prepares the audio',
  'relay claim-granted': 'You got the call',
  'relay claim-refused': 'A teammate was faster',
  'relay unreachable': 'The relay did not answer',
  'relay taken': 'Answered by a teammate',
  'relay call-offered': 'Transfer offered to you',
  'relay call-offer-withdrawn': 'Transfer to you ended',
  'relay transfer-offered': 'Transfer offered to a teammate',
  'relay transfer-ended': 'Transfer ended, call stayed with you',
  'relay reassigned': 'Transferred to a teammate',
  'relay leg-lost': 'Your audio was lost, customer on hold',
  'relay leg-back': 'Your audio is back',
  'relay hold': 'Hold or resume',
  'relay still-ours': 'Told the relay again that the call has ended',
  'relay dtmf': 'Customer pressed a key',
  'relay supervision': 'A supervisor started or stopped listening',
  'relay given-up': 'The relay ended the call',
  'agent accept': 'You pressed Accept',
  'agent decline': 'You pressed Decline',
  'agent undo-decline': 'You undid the decline',
  'agent silence': 'You silenced the ring',
  'agent hang-up': 'You pressed Hang up',
  'agent mute': 'You muted or unmuted',
  'agent dial': 'You pressed Call',
  'agent dismiss': 'You dismissed the card',
  'media answer-ready': 'Audio prepared',
  'media offer-ready': 'Audio prepared',
  'media connected': 'Audio connected',
  'media audio': 'First audio from the customer',
  'media failed': 'Audio failed',
  'media lost': 'Audio window closed',
  'api pre-accepted': 'Prepared at the provider',
  'api pre-accept-failed': 'Preparing failed at the provider',
  'api accepted': 'Answer confirmed',
  'api accept-failed': 'Answer refused',
  'api placed': 'Call placed',
  'api place-failed': 'Call refused',
  'clock deadline': 'Timed out',
  'app restarted': 'Ringdesk restarted',
} satisfies Record<KeyOf<CallEvent>, string>;
