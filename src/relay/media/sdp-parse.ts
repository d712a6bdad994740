import type { Result } from '../../shared/lib/result.ts';
import { usableCandidates } from './remote-candidates.ts';

/** Success with a value, or why the SDP cannot be used. */
export type SdpResult<T> = Result<T, string>;

/** One audio section of a peer's SDP. */
export interface RemoteTrack {
  mid: string;
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** Payload type of opus/48000/2, and its parameters as written. */
  opus: number;
  opusParameters: string | undefined;
  /** Payload type of telephone-event/8000. */
  telephoneEvent: number | undefined;
  /** Header extension id of the audio level (RFC 6464). */
  audioLevelId: number | undefined;
}

/** The parts of a peer's SDP that one Opus call over one transport needs. */
export interface RemoteMedia {
  ufrag: string;
  pwd: string;
  iceLite: boolean;
  /** sha-256, colon-separated hex. */
  fingerprint: string;
  setup: 'active' | 'passive' | 'actpass';
  /** `candidate:…` lines without `a=` that we may send checks to; see `usableCandidates`. */
  candidates: readonly string[];
  /** The first defines the transport; a second one is bundled with it (BUNDLE). */
  tracks: readonly [RemoteTrack, ...RemoteTrack[]];
}

/** What the fingerprint makes DTLS-SRTP of, whatever name a peer has for it (RFC 8829 5.1.2). */
const PROTOCOL = /^m=audio \d+ (?:UDP\/TLS\/)?RTP\/SAVPF? /;
/** More audio sections than any participant can hear. */
const MAX_TRACKS = 2;
export const AUDIO_LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** A short token (RFC 8866 9), because it is repeated in our own SDP. */
const MID = /^[\w!#$%&'*+.^`{|}~-]{1,32}$/;
/**
 * `name=value` pairs, like every codec's parameters (RFC 7587 6.1). They are repeated in our own
 * SDP.
 */
const PARAMETERS = /^(?=.{1,255}$)[\w./:+-]+(=[\w./:+-]*)?( ?; ?[\w./:+-]+(=[\w./:+-]*)?)*;?$/;
/** RFC 8839 5.4 allows fewer characters, but some peers take others. A username longer than this fits no check. */
const CREDENTIAL = /^[\x21-\x7e]{1,256}$/;
const MAX_PAYLOAD_TYPE = 127;
/** How much of a peer's SDP is quoted when it cannot be used. */
const MAX_QUOTED = 80;
/** Of one-byte header extensions (RFC 8285 4.2), the only ones we read. */
const MAX_EXTENSION_ID = 14;

/**
 * Reads an offer or answer (RFC 8866) of WhatsApp or a browser. Line ends may be CRLF, LF or CR.
 * Everything that is repeated in our own SDP has been validated: a peer cannot inject a line into
 * it.
 */
export function parseSdp(sdp: string): SdpResult<RemoteMedia> {
  const [session = [], ...sections] = split(sdp);
  if (session[0] !== 'v=0') return refuse('it does not start with v=0');
  const [first] = sections;
  if (!first || sections.length > MAX_TRACKS) {
    return refuse(`it has ${sections.length} media sections, 1 or ${MAX_TRACKS} can be used`);
  }
  const tracks: RemoteTrack[] = [];
  for (const [index, section] of sections.entries()) {
    const track = parseTrack(section, index, session);
    if (!track.ok) return track;
    tracks.push(track.value);
  }
  const [audio, ...others] = tracks;
  if (!audio) return refuse('it has no audio');
  if (others.some(({ mid }) => mid === audio.mid)) return refuse('two media sections have one mid');

  // Transport attributes may be at session level, where they apply to every section.
  const value = (name: string): string | undefined =>
    attribute(first, name) ?? attribute(session, name);
  const ufrag = value('ice-ufrag');
  const pwd = value('ice-pwd');
  if (ufrag === undefined || pwd === undefined) return refuse('it has no ICE credentials');
  if (!CREDENTIAL.test(ufrag) || !CREDENTIAL.test(pwd)) {
    return refuse('its ICE credentials are too long or not readable');
  }
  const fingerprint = [...attributes(first, 'fingerprint'), ...attributes(session, 'fingerprint')]
    .map((text) => /^sha-256\s+((?:[\dA-F]{2}:){31}[\dA-F]{2})$/i.exec(text.trim())?.[1])
    .find((hex) => hex !== undefined);
  if (fingerprint === undefined) return refuse('it has no sha-256 fingerprint');
  const setup = value('setup')?.toLowerCase();
  if (setup !== 'active' && setup !== 'passive' && setup !== 'actpass') {
    return refuse('it has no setup attribute');
  }
  return {
    ok: true,
    value: {
      ufrag,
      pwd,
      iceLite: session.includes('a=ice-lite') || first.includes('a=ice-lite'),
      fingerprint: fingerprint.toUpperCase(),
      setup,
      candidates: usableCandidates(attributes(first, 'candidate')).map(
        (text) => `candidate:${text}`,
      ),
      tracks: [audio, ...others],
    },
  };
}

function parseTrack(
  section: readonly string[],
  index: number,
  session: readonly string[],
): SdpResult<RemoteTrack> {
  const [head = ''] = section;
  if (!PROTOCOL.test(head)) {
    return refuse(`it offers "${head.replaceAll(/[^\x20-\x7e]/g, '').slice(0, MAX_QUOTED)}"`);
  }
  const codecs = attributes(section, 'rtpmap').map((text) => {
    const [payloadType = '', name = ''] = text.split(' ');
    return { payloadType: readNumber(payloadType, MAX_PAYLOAD_TYPE), name: name.toLowerCase() };
  });
  const typeOf = (name: string) => codecs.find((codec) => codec.name === name)?.payloadType;
  const opus = typeOf('opus/48000/2');
  if (opus === undefined) return refuse('it has no opus/48000/2');
  const mid = attribute(section, 'mid') ?? `${index}`;
  if (!MID.test(mid)) return refuse('a media section has no usable mid');
  const direction = directionOf(section) ?? directionOf(session) ?? 'sendrecv';
  const level = attributes(section, 'extmap').find((text) => text.includes(AUDIO_LEVEL_URI));
  return {
    ok: true,
    value: {
      mid,
      direction,
      opus,
      opusParameters: attributes(section, 'fmtp')
        .find((text) => text.startsWith(`${opus} `))
        ?.slice(`${opus} `.length)
        .match(PARAMETERS)?.[0],
      telephoneEvent: typeOf('telephone-event/8000'),
      audioLevelId: readNumber(/^\d+/.exec(level ?? '')?.[0] ?? '', MAX_EXTENSION_ID),
    },
  };
}

const directionOf = (lines: readonly string[]) =>
  (['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).find((name) =>
    lines.includes(`a=${name}`),
  );

const readNumber = (text: string, most: number): number | undefined =>
  /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : undefined;

const refuse = (why: string): { ok: false; error: string } => ({
  ok: false,
  error: `SDP refused: ${why}`,
});

/** The session part and the media sections, each as its lines. */
function split(sdp: string): string[][] {
  const parts: string[][] = [[]];
  for (const written of sdp.split(/\r\n?|\n/)) {
    const line = written.trimEnd();
    if (line === '') continue;
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

const attributes = (lines: readonly string[], name: string): string[] =>
  lines
    .filter((line) => line.startsWith(`a=${name}:`))
    .map((line) => line.slice(name.length + 3).trim());

const attribute = (lines: readonly string[], name: string): string | undefined =>
  attributes(lines, name)[0];
