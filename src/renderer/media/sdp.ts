/**
 * SDP as Meta requires it (docs/providers/meta.md#media): complete, CRLF, one audio section, one
 * sha-256 fingerprint. Everything else stays as the browser wrote it, since a description that
 * differs from the browser's behaviour is a trap.
 */

/** Adapts our description for Meta. */
export function outgoingSdp(sdp: string, kind: 'answer' | 'offer'): string {
  let fingerprints = 0;
  const kept = linesOf(sdp).filter((line) => {
    if (line.startsWith('a=fingerprint:')) {
      // Meta refuses other algorithms, and a second fingerprint, with 138008.
      return /^a=fingerprint:sha-256 /i.test(line) && fingerprints++ === 0;
    }
    return !line.startsWith('a=candidate:') || isUsefulCandidate(line);
  });
  const role = kind === 'answer' ? 'a=setup:active' : 'a=setup:actpass';
  return toSdp(kept.map((line) => (line.startsWith('a=setup:') ? role : line)));
}

/**
 * Adapts Meta's answer for the browser. Only `actpass` is rewritten: it is illegal in an answer but
 * has been seen; Meta's published answers say `active`.
 */
export function incomingAnswer(sdp: string): string {
  return toSdp(linesOf(sdp).map((line) => (line === 'a=setup:actpass' ? 'a=setup:active' : line)));
}

/** Meta's offer with correct line endings. */
export function incomingOffer(sdp: string): string {
  return toSdp(linesOf(sdp));
}

/** Whether there is an accepted audio section. */
export function hasAudio(sdp: string): boolean {
  return linesOf(sdp).some((line) => /^m=audio (?!0 )\d+ /.test(line));
}

/** The same candidates as new ones: their foundations start with `mark` (RFC 8445, 5.1.1.3). */
export function candidatesOf(sdp: string, mark: string): readonly string[] {
  return linesOf(sdp)
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line, index) => line.replace(/^a=candidate:\S+/, `candidate:${mark}0${index}`));
}

/** The `mid` of the media section. */
export function midOf(sdp: string): string | undefined {
  return linesOf(sdp)
    .find((line) => line.startsWith('a=mid:'))
    ?.slice('a=mid:'.length);
}

/** Meta uses UDP only and cannot resolve `.local` names; it learns our address from our checks. */
function isUsefulCandidate(line: string): boolean {
  const [, , transport, , address] = line.split(' ');
  return transport?.toLowerCase() === 'udp' && address?.endsWith('.local') !== true;
}

function linesOf(sdp: string): readonly string[] {
  return sdp.split(/\r\n|\n|\r/).filter((line) => line !== '');
}

function toSdp(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
