/**
 * SDP as Meta requires it (docs/providers/meta.md#media): complete, CRLF, one audio section, one
 * sha-256 fingerprint. Everything else stays as the browser wrote it, since a description that
 * differs from the browser's behaviour is a trap.
 */

/** Of a section's lines, those that say how to reach it. */
const TRANSPORT = /^a=(?:candidate|end-of-candidates|fingerprint|ice-[a-z]+|setup)(?::|$)/;

const ACTPASS = /^a=setup: ?actpass$/i;

/** Adapts our description for Meta. */
export function outgoingSdp(sdp: string, kind: 'answer' | 'offer'): string {
  let fingerprints = 0;
  // A rejected section is reached nowhere; the one fingerprint is that of the audio.
  const used = sectionsOf(sdp).flatMap((section) =>
    isRejected(section) ? section.filter((line) => !TRANSPORT.test(line)) : section,
  );
  const kept = used.filter((line) => {
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
  return toSdp(tidy(sdp).map((line) => (ACTPASS.test(line) ? 'a=setup:active' : line)));
}

/**
 * Meta's offer with correct line endings. All but its first audio is rejected here, since a browser
 * would accept video and data, too.
 */
export function incomingOffer(sdp: string): string {
  const offer = toSdp(tidy(sdp));
  const [session = [], ...media] = sectionsOf(offer);
  const audio = media.find(isAudio);
  if (!audio) return offer;
  const others = new Set(media.filter((section) => section !== audio).map(midIn));
  others.delete(midIn(audio));
  return toSdp([
    ...session.map((line) => (line.startsWith('a=group:') ? without(line, others) : line)),
    ...media.flatMap((section) => (section === audio ? onItsOwn(audio, media) : rejected(section))),
  ]);
}

/** Audio that leaves its transport to another section of the bundle (RFC 8843 6) gets it back. */
function onItsOwn(
  audio: readonly string[],
  media: readonly (readonly string[])[],
): readonly string[] {
  const carrier = portOf(audio) === 0 ? media.find((section) => portOf(section) !== 0) : undefined;
  if (!carrier) return audio;
  const [head = '', ...rest] = audio;
  return [
    withPort(head, portOf(carrier)),
    ...rest.filter((line) => line !== 'a=bundle-only' && !TRANSPORT.test(line)),
    ...carrier.filter((line) => TRANSPORT.test(line)),
  ];
}

function rejected([head = '', ...rest]: readonly string[]): readonly string[] {
  const kept = rest.filter((line) => line !== 'a=bundle-only' && !TRANSPORT.test(line));
  return [withPort(head, 0), ...kept];
}

/** Whether there is an accepted audio section. */
export function hasAudio(sdp: string): boolean {
  return sectionsOf(sdp).some(isAudio);
}

/** The same candidates as new ones: their foundations start with `mark` (RFC 8445, 5.1.1.3). */
export function candidatesOf(sdp: string, mark: string): readonly string[] {
  return audioIn(sdp)
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line, index) => line.replace(/^a=candidate:\S+/, `candidate:${mark}0${index}`));
}

/** Where the audio stands: its `mid`, and its place among the media sections. */
export function placeOfAudio(sdp: string): { sdpMid: string | null; sdpMLineIndex: number } {
  const [, ...media] = sectionsOf(sdp);
  const sdpMLineIndex = Math.max(0, media.findIndex(isAudio));
  return { sdpMid: midIn(media[sdpMLineIndex] ?? []) ?? null, sdpMLineIndex };
}

/** Meta uses UDP only and cannot resolve `.local` names; it learns our address from our checks. */
function isUsefulCandidate(line: string): boolean {
  const [, , transport, , address] = line.split(' ');
  return transport?.toLowerCase() === 'udp' && address?.endsWith('.local') !== true;
}

/** The session part and the media sections, each as its lines. */
function sectionsOf(sdp: string): readonly (readonly string[])[] {
  const sections: string[][] = [[]];
  for (const line of linesOf(sdp)) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}

function isAudio(section: readonly string[]): boolean {
  return /^m=audio \d+[ /]/.test(section[0] ?? '') && !isRejected(section);
}

/** Port 0 rejects a section, unless its transport is another one's (RFC 8843 6). */
function isRejected(section: readonly string[]): boolean {
  return portOf(section) === 0 && !section.includes('a=bundle-only');
}

function portOf([head = '']: readonly string[]): number {
  return Number(/^m=\S+ (\d+)/.exec(head)?.[1]);
}

function withPort(head: string, port: number): string {
  return head.replace(/^(m=\S+) \d+/, `$1 ${port}`);
}

function audioIn(sdp: string): readonly string[] {
  return sectionsOf(sdp).find(isAudio) ?? [];
}

function midIn(section: readonly string[]): string | undefined {
  return section.find((line) => line.startsWith('a=mid:'))?.slice('a=mid:'.length);
}

function without(group: string, mids: ReadonlySet<string | undefined>): string {
  const [semantics = '', ...members] = group.split(' ');
  return [semantics, ...members.filter((mid) => !mids.has(mid))].join(' ');
}

/** Lines of a peer's with one blank where a browser expects one, and none at their ends. */
function tidy(sdp: string): readonly string[] {
  return linesOf(sdp).map((line) =>
    /^[am]=/.test(line) ? line.trimEnd().replaceAll(/[ \t]+/g, ' ') : line,
  );
}

function linesOf(sdp: string): readonly string[] {
  return sdp.split(/\r\n|\n|\r/).filter((line) => line !== '');
}

function toSdp(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
