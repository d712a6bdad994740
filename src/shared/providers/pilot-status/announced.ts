import type { Party, ProviderEvent } from '../events.ts';

/**
 * A call that we are told of without an SDP. Either none exists, because the provider holds the media (web numbers,
 * Zernio), or it comes by another way (Pilot Status' flat `call.ringing` of a Meta number).
 */
export interface CallAnnounced {
  kind: 'announced';
  /** Unix ms. */
  at: number;
  party: Party;
  direction: 'inbound' | 'outbound';
}

/** What providers tell that hold calls themselves. */
export type HeldCallEvent = ProviderEvent | CallAnnounced;
