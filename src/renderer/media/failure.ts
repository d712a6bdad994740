/** Why a call has no sound. Each code has words in the catalogue. */
export type MediaFailure =
  | 'no-microphone'
  | 'microphone-denied'
  | 'microphone-busy'
  | 'sdp-rejected'
  | 'sdp-sdes'
  | 'ice-failed'
  | 'connection-lost'
  | 'no-media';

/** What is wrong when `getUserMedia` throws (names of the Media Capture specification). */
export function microphoneFailure(error: unknown): MediaFailure {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone-denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphone-busy';
  return 'no-microphone';
}
