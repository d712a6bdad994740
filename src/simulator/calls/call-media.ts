import { assertNever } from '../../shared/lib/assert-never.ts';
import { type PcmFormat, PcmSession } from '../pcm/session.ts';
import { MediaSession, type MediaSessionOptions } from '../media/session.ts';

/**
 * The customer's side of a call's audio. `webrtc`: the business is the other side, by SDP.
 * `streamed`: the provider is, and the business gets raw audio, or the call continues on a
 * telephone.
 */
export type CallMedia = MediaSession | PcmSession;

/** Where the media of a call ends. */
export type MediaKind = { kind: 'webrtc' } | { kind: 'streamed'; format: PcmFormat };

/** The customer's end of a new call. */
export async function openMedia(
  media: MediaKind,
  options: MediaSessionOptions,
): Promise<CallMedia> {
  switch (media.kind) {
    case 'webrtc':
      return MediaSession.open(options);
    case 'streamed':
      return new PcmSession({ ...options, format: media.format });
    default:
      return assertNever(media, 'media');
  }
}
