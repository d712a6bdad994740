/** Where main serves the tracks of recordings; the path is the recording's id and the track's number. */
const SOUNDS = 'app://ringdesk/sounds/';

/** The address of a track, for an `<audio>` element. */
export function soundAddress(recordingId: string, track: number): string {
  return `${SOUNDS}${encodeURIComponent(recordingId)}/${track}`;
}

/** What such an address names; undefined for any other. */
export function soundOf(address: string): { recordingId: string; track: number } | undefined {
  if (!address.startsWith(SOUNDS)) return undefined;
  const [, id, track] = /^([^/?#]{1,600})\/(\d{1,2})$/.exec(address.slice(SOUNDS.length)) ?? [];
  if (id === undefined || track === undefined) return undefined;
  try {
    return { recordingId: decodeURIComponent(id), track: Number(track) };
  } catch {
    return undefined;
  }
}
