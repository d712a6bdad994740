/**
 * SDP as Meta wants it (docs/providers/meta.md#media): complete, CRLF, one audio section, one
 * sha-256 fingerprint. Everything else is left as the browser wrote it, because a description that
 * differs from what the browser does is a trap.
 */

/** Our description, ready to be sent. */
export function outgoingSdp(sdp: string, kind: 'answer' | 'offer'): string {
  let fingerprints = 0;
  const kept = linesOf(sdp).filter((line) => {
    if (line.startsWith('a=fingerprint:')) {
      // Any other algorithm is refused with 138008; a second line as well.
      return /^a=fingerprint:sha-256 /i.test(line) && fingerprints++ === 0;
    }
    return !line.startsWith('a=candidate:') || isUsefulCandidate(line);
  });
  const role = kind === 'answer' ? 'a=setup:active' : 'a=setup:actpass';
  return toSdp(kept.map((line) => (line.startsWith('a=setup:') ? role : line)));
}

/**
 * Meta's answer as the browser can take it. Only `actpass` is rewritten: it is not legal in an answer but has been
 * seen; `active` is what Meta's published answers say.
 */
export function incomingAnswer(sdp: string): string {
  return toSdp(linesOf(sdp).map((line) => (line === 'a=setup:actpass' ? 'a=setup:active' : line)));
}

/** Meta's offer with proper line ends. */
export function incomingOffer(sdp: string): string {
  return toSdp(linesOf(sdp));
}

/** Whether there is an audio section that has not been refused. */
export function hasAudio(sdp: string): boolean {
  return linesOf(sdp).some((line) => /^m=audio (?!0 )\d+ /.test(line));
}

/** The candidates of a description as new ones: with foundations that begin with `mark` (RFC 8445, 5.1.1.3). */
export function candidatesOf(sdp: string, mark: string): readonly string[] {
  return linesOf(sdp)
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line, index) => line.replace(/^a=candidate:\S+/, `candidate:${mark}0${index}`));
}

/** The media section's identification tag. */
export function midOf(sdp: string): string | undefined {
  return linesOf(sdp)
    .find((line) => line.startsWith('a=mid:'))
    ?.slice('a=mid:'.length);
}

/** Meta speaks UDP only and cannot resolve a `.local` name; it learns our real address from our checks anyway. */
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
