import type { PlacedFor } from './model.ts';

/** What has to be done about a call after a transition; main carries it out in this order. */
export type Effect =
  /** Softphone: make the SDP answer to this offer, gather candidates, stay silent. */
  | { do: 'media.answer'; offer: string }
  /** Softphone and relay: make the leg of a relayed call. */
  | { do: 'media.leg' }
  /** Softphone: make an SDP offer. */
  | { do: 'media.offer' }
  /** Softphone: apply the customer's SDP answer. */
  | { do: 'media.apply-answer'; sdp: string }
  /** Softphone: connect the microphone. For a customer's call never before the provider confirmed the accept. */
  | { do: 'media.live' }
  | { do: 'media.mute'; muted: boolean }
  | { do: 'media.close' }
  /** Softphone and relay: a new leg for a relayed call, in place of what there was. */
  | { do: 'media.rejoin' }
  | { do: 'api.pre-accept'; sdp: string }
  /** `sdp`: direct calls only. */
  | { do: 'api.accept'; sdp?: string | undefined }
  | ({ do: 'api.place'; sdp?: string | undefined } & PlacedFor)
  | { do: 'api.terminate' }
  /** Relay: ask for the right to pre-accept. */
  | { do: 'relay.reserve' }
  | { do: 'relay.claim' }
  /** Relay: give the claim back because the provider refused. */
  | { do: 'relay.release'; why: string }
  /** Relay: silence this console; if nobody is left to answer, the call is rejected at the provider. */
  | { do: 'relay.decline' };
