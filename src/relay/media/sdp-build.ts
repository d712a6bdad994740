import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import {
  AUDIO_LEVEL_URI,
  type RejectedSection,
  type RemoteMedia,
  type RemoteTrack,
  type TelephoneEvent,
} from './sdp-parse.ts';

/** Our side of one transport. */
export interface LocalMedia {
  ufrag: string;
  pwd: string;
  /** sha-256, colon-separated hex: the only kind WhatsApp accepts, and only once. */
  fingerprint: string;
  /** `candidate:…` lines without `a=`. */
  candidates: readonly string[];
}

/** A stream that we send. */
export interface LocalTrack {
  ssrc: number;
  cname: string;
  streamId: string;
  trackId: string;
}

/**
 * A new identity for an outgoing stream; tracks with the same `streamId` form one MediaStream in a
 * browser.
 */
export const newLocalTrack = (): LocalTrack => ({
  ssrc: randomInt(1, 0x1_0000_0000),
  cname: randomBytes(12).toString('base64url'),
  streamId: randomUUID(),
  trackId: randomUUID(),
});

/** Payload type of Opus in our own offer; WhatsApp's offers use the same. */
export const OPUS = 111;
/** What WhatsApp sends even when our SDP left it out. */
export const TELEPHONE_EVENT: TelephoneEvent = { payloadType: 126, clockRate: 8000 };
/** From Meta's own samples; used while the customer's SDP is unknown. */
const OPUS_PARAMETERS = 'minptime=10;useinbandfec=1';

/**
 * Our answer to WhatsApp's offer, in the shape of Meta's business-side sample: payload types and mid of the offer,
 * `setup:active` (we are the DTLS client), complete with candidates, since there is no trickling.
 */
export function buildCustomerAnswer(
  offer: RemoteMedia,
  local: LocalMedia,
  track: LocalTrack,
): string {
  const [audio] = offer.tracks;
  return lines([
    ...sessionLines(track, [audio.mid]),
    ...offer.sections.flatMap((section) => {
      if (section !== audio) return rejectedLines(section);
      const { mid, opus, opusParameters, telephoneEvent } = audio;
      return [
        ...sectionLines(local, 'active', mid, 'sendrecv', [opus, telephoneEvent?.payloadType]),
        ...levelLines(audio),
        ...codecLines(opus, opusParameters, telephoneEvent),
        ...streamLines(track),
      ];
    }),
  ]);
}

/** Our offer for a call that we place, with only what the call uses: Opus and telephone events. */
export function buildCustomerOffer(local: LocalMedia, track: LocalTrack): string {
  return lines([
    ...sessionLines(track, ['0']),
    ...sectionLines(local, 'actpass', '0', 'sendrecv', [OPUS, TELEPHONE_EVENT.payloadType]),
    `a=extmap:1 ${AUDIO_LEVEL_URI}`,
    ...codecLines(OPUS, undefined, TELEPHONE_EVENT),
    ...streamLines(track),
  ]);
}

/**
 * Our answer to a console. We are the DTLS server, so the browser's hello arrives as soon as ICE
 * has a path. `opusParameters` are the customer's: nothing is transcoded, so the console must
 * encode what the customer requested.
 */
export function buildAgentAnswer(
  offer: RemoteMedia,
  local: LocalMedia,
  tracks: readonly LocalTrack[],
  opusParameters: string | undefined,
): string {
  const [first] = tracks;
  return lines([
    ...sessionLines(
      first,
      offer.tracks.map(({ mid }) => mid),
    ),
    ...offer.sections.flatMap((remote) => {
      if (!isTrack(remote)) return rejectedLines(remote);
      const track = tracks[offer.tracks.indexOf(remote)];
      return [
        ...sectionLines(local, 'passive', remote.mid, answerDirection(remote), [remote.opus]),
        ...levelLines(remote),
        ...codecLines(remote.opus, opusParameters, undefined),
        ...(track ? streamLines(track) : []),
      ];
    }),
  ]);
}

function answerDirection({ direction }: RemoteTrack): RemoteTrack['direction'] {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}

const sessionLines = (track: LocalTrack | undefined, mids: readonly string[]): string[] => [
  'v=0',
  `o=- ${randomBytes(8).readBigUInt64BE().toString().slice(0, 18)} 2 IN IP4 127.0.0.1`,
  's=-',
  't=0 0',
  `a=group:BUNDLE ${mids.join(' ')}`,
  `a=msid-semantic: WMS ${track?.streamId ?? '*'}`,
];

const sectionLines = (
  local: LocalMedia,
  setup: 'active' | 'passive' | 'actpass',
  mid: string,
  direction: string,
  payloadTypes: readonly (number | undefined)[],
): string[] => [
  `m=audio 9 UDP/TLS/RTP/SAVPF ${payloadTypes.filter((type) => type !== undefined).join(' ')}`,
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  ...local.candidates.map((candidate) => `a=${candidate}`),
  `a=ice-ufrag:${local.ufrag}`,
  `a=ice-pwd:${local.pwd}`,
  `a=fingerprint:sha-256 ${local.fingerprint}`,
  `a=setup:${setup}`,
  `a=mid:${mid}`,
  `a=${direction}`,
  'a=rtcp-mux',
];

const isTrack = (section: RemoteTrack | RejectedSection): section is RemoteTrack =>
  'opus' in section;

/** Port 0 in the section's place rejects it (RFC 3264 6). */
function rejectedLines(section: RemoteTrack | RejectedSection): string[] {
  const { media, protocol, format } = isTrack(section)
    ? { media: 'audio', protocol: 'UDP/TLS/RTP/SAVPF', format: section.opus }
    : section;
  return [
    `m=${media} 0 ${protocol} ${format}`,
    'c=IN IP4 0.0.0.0',
    ...(section.mid === undefined ? [] : [`a=mid:${section.mid}`]),
    'a=inactive',
  ];
}

const levelLines = ({ audioLevelId }: RemoteTrack): string[] =>
  audioLevelId === undefined ? [] : [`a=extmap:${audioLevelId} ${AUDIO_LEVEL_URI}`];

/** WhatsApp requires 20 ms packets, so every leg's SDP says so. */
const codecLines = (
  opus: number,
  parameters: string | undefined,
  telephoneEvent: TelephoneEvent | undefined,
): string[] => [
  `a=rtpmap:${opus} opus/48000/2`,
  `a=fmtp:${opus} ${parameters ?? OPUS_PARAMETERS}`,
  ...(telephoneEvent
    ? [`a=rtpmap:${telephoneEvent.payloadType} telephone-event/${telephoneEvent.clockRate}`]
    : []),
  'a=ptime:20',
  'a=maxptime:20',
];

/** The stream is named in both forms: browsers read the first, Meta's samples have the second. */
const streamLines = ({ ssrc, cname, streamId, trackId }: LocalTrack): string[] => [
  `a=msid:${streamId} ${trackId}`,
  `a=ssrc:${ssrc} cname:${cname}`,
  `a=ssrc:${ssrc} msid:${streamId} ${trackId}`,
];

const lines = (all: readonly string[]): string => `${all.join('\r\n')}\r\n`;
