import type { Result } from '../../shared/lib/result.ts';
import { usableCandidates } from './remote-candidates.ts';

/** Success with a value, or why the SDP cannot be used. */
export type SdpResult<T> = Result<T, string>;

/** How a peer sends key presses (RFC 4733). */
export interface TelephoneEvent {
  payloadType: number;
  /** Units of its durations and timestamps per second. */
  clockRate: number;
}

/** A media section that nobody uses: what an answer repeats to reject it (RFC 3264 6). */
export interface RejectedSection {
  media: string;
  protocol: string;
  /** The first that it lists; a rejection needs one. */
  format: string;
  mid: string | undefined;
}

/** One audio section of a peer's SDP. */
export interface RemoteTrack {
  mid: string;
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** Payload type of opus/48000/2, and its parameters as written. */
  opus: number;
  opusParameters: string | undefined;
  telephoneEvent: TelephoneEvent | undefined;
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
  /** All sections in their order, which an answer keeps (RFC 3264 6). */
  sections: readonly (RemoteTrack | RejectedSection)[];
}

/** What the fingerprint makes DTLS-SRTP of, whatever name a peer has for it (RFC 8829 5.1.2). */
const PROTOCOL = /^m=audio \d+(?:\/1)? (?:UDP\/TLS\/)?RTP\/SAVPF? /i;
/** Tokens (RFC 8866 9), because they are repeated in our own SDP: media, port, protocol, format. */
const HEAD = /^m=(\w{1,32}) (\d{1,5})(?:\/\d+)? ([\w/]{1,32}) ([\w.-]{1,32})(?: |$)/;
/** As many voices as any participant can hear. */
const MAX_TRACKS = 2;
const MAX_SECTIONS = 16;
const AUDIO = /^m=audio (?!0[ /])/i;
/** Rejected, or with `a=bundle-only` without a transport of its own (RFC 8843 6). */
const ZERO_PORT = /^m=\w+ 0[ /]/;
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
  const [session = [], ...written] = split(sdp);
  if (session[0] !== 'v=0') return refuse('it does not start with v=0');
  if (written.length > MAX_SECTIONS) {
    return refuse(`it has ${written.length} media sections, ${MAX_SECTIONS} can be read`);
  }
  const sections: (RemoteTrack | RejectedSection)[] = [];
  const tracks: RemoteTrack[] = [];
  let first: readonly string[] = [];
  let fault = refuse('it has no audio');
  for (const [index, section] of written.entries()) {
    const track = parseTrack(section, index, session);
    if (track.ok && tracks.length < MAX_TRACKS) {
      if (tracks.length === 0) first = transportOf(section, written);
      tracks.push(track.value);
      sections.push(track.value);
      continue;
    }
    // Why audio cannot be used says more than that there is something else.
    if (!track.ok && (index === 0 || AUDIO.test(section[0] ?? ''))) fault = track;
    const rejected = parseRejected(section);
    if (!rejected) return track.ok ? refuse('a media section cannot be repeated') : track;
    sections.push(rejected);
  }
  const [audio, ...others] = tracks;
  if (!audio) return fault;
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
  // Without it either side may begin, as browsers read it too.
  const setup = value('setup')?.toLowerCase() ?? 'actpass';
  if (setup !== 'active' && setup !== 'passive' && setup !== 'actpass') {
    return refuse('its setup attribute is none that can begin');
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
      sections,
    },
  };
}

/** Undefined if it cannot be repeated. */
function parseRejected(section: readonly string[]): RejectedSection | undefined {
  const [, media, , protocol, format] = HEAD.exec(section[0] ?? '') ?? [];
  if (media === undefined || protocol === undefined || format === undefined) return undefined;
  return { media, protocol, format, mid: attribute(section, 'mid')?.match(MID)?.[0] };
}

/** The section that says how to reach a section: itself, unless that is left to another one (RFC 8843 7.1). */
const transportOf = (
  section: readonly string[],
  all: readonly (readonly string[])[],
): readonly string[] =>
  (ZERO_PORT.test(section[0] ?? '') ? all.find(([head = '']) => !ZERO_PORT.test(head)) : section) ??
  section;

interface Codec {
  payloadType: number | undefined;
  name: string;
}

function parseTrack(
  section: readonly string[],
  index: number,
  session: readonly string[],
): SdpResult<RemoteTrack> {
  const [head = ''] = section;
  const isRejected = ZERO_PORT.test(head) && !section.includes('a=bundle-only');
  if (!PROTOCOL.test(head) || isRejected) {
    return refuse(`it offers "${head.replaceAll(/[^\x20-\x7e]/g, '').slice(0, MAX_QUOTED)}"`);
  }
  const codecs = attributes(section, 'rtpmap').map((text): Codec => {
    const [payloadType = '', name = ''] = text.split(/[ \t]+/);
    return { payloadType: readNumber(payloadType, MAX_PAYLOAD_TYPE), name: name.toLowerCase() };
  });
  // RFC 7587 wants both channels named; there is no other Opus.
  const opus = codecs.find(({ name }) => /^opus\/48000(?:\/2)?$/.test(name))?.payloadType;
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
        .map((text) => /^(\d+)[ \t]+(.*)$/.exec(text))
        .find((found) => Number(found?.[1]) === opus)?.[2]
        ?.match(PARAMETERS)?.[0],
      telephoneEvent: eventsOf(codecs),
      audioLevelId: readNumber(/^\d+/.exec(level ?? '')?.[0] ?? '', MAX_EXTENSION_ID),
    },
  };
}

/** Those of 8000 units a second, which WhatsApp documents, or else of any other clock. */
function eventsOf(codecs: readonly Codec[]): TelephoneEvent | undefined {
  const events = codecs.flatMap(({ payloadType, name }) => {
    const clockRate = Number(/^telephone-event\/(\d{4,6})(?:\/1)?$/.exec(name)?.[1]);
    return payloadType === undefined || !(clockRate >= 1000) ? [] : [{ payloadType, clockRate }];
  });
  return events.find(({ clockRate }) => clockRate === 8000) ?? events[0];
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
