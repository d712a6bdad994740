/** Why a call has no sound. The catalogue has a text for each. */
export type MediaFailure =
  | 'no-microphone'
  | 'microphone-denied'
  | 'microphone-busy'
  | 'sdp-rejected'
  | 'sdp-sdes'
  | 'ice-failed'
  | 'connection-lost'
  | 'no-media';

/** Maps an error of `getUserMedia` (names as in Media Capture and Streams). */
export function microphoneFailure(error: unknown): MediaFailure {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone-denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphone-busy';
  return 'no-microphone';
}
