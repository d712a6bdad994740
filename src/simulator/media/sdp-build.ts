import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { RemoteDescription } from './sdp-parse.ts';

/** The local parameters that an SDP of Meta's published shape needs. */
export interface LocalDescription {
  ufrag: string;
  pwd: string;
  /** sha-256, colon-separated upper-case hex. */
  fingerprint: string;
  ipv4: string;
  /** Offered beside IPv4 on the same port, as Meta does; nothing listens there. */
  ipv6: string;
  port: number;
  ssrc: number;
  cname: string;
  streamId: string;
  trackId: string;
  /** Decimal, up to 63 bits. */
  sessionId: string;
}

/**
 * Header extensions in Meta's SDPs (docs/providers/meta.md#sdp-samples, A), by the id they have in
 * its offers.
 */
const EXTENSIONS: readonly (readonly [id: number, uri: string])[] = [
  [1, 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'],
  [2, 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'],
  [3, 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'],
];

/**
 * ICE credentials in the form seen in Meta's SDPs: 12 characters and `/2` or `/8`; a 32-character
 * password.
 */
export function newIceCredentials(): { ufrag: string; pwd: string } {
  const ufrag = randomBytes(9).toString('base64').replaceAll('+', 'k');
  return { ufrag: `${ufrag}/2`, pwd: randomBytes(24).toString('base64').replaceAll('+', 'Q') };
}

/** Identifiers of one media description that only have to be unique. */
export function newStreamIdentity(): Pick<
  LocalDescription,
  'ssrc' | 'cname' | 'streamId' | 'trackId' | 'sessionId'
> {
  return {
    ssrc: randomInt(1, 0xffff_ffff),
    cname: randomBytes(12).toString('base64url'),
    streamId: randomUUID(),
    trackId: `audio#${randomBytes(8).toString('base64url')}`,
    sessionId: randomBytes(8).readBigUInt64BE().toString().slice(0, 18),
  };
}

/**
 * The offer of a user-initiated call, line for line in the shape of
 * docs/providers/meta.md#sdp-samples, A.
 */
export function buildOffer(local: LocalDescription): string {
  return lines([
    ...sessionLines(local),
    'a=group:BUNDLE audio',
    `a=msid-semantic: WMS ${local.streamId}`,
    'a=ice-lite',
    `m=audio ${local.port} UDP/TLS/RTP/SAVPF 111 126`,
    ...transportLines(local),
    ...fingerprintLines(local, 'actpass'),
    'a=mid:audio',
    ...EXTENSIONS.map(([id, uri]) => `a=extmap:${id} ${uri}`),
    'a=sendrecv',
    'a=rtcp-mux',
    ...opusLines(111),
    'a=rtpmap:126 telephone-event/8000',
    ...ssrcLines(local),
  ]);
}

/**
 * Meta's answer to a business-initiated call, in the shape of docs/providers/meta.md#sdp-samples,
 * D; payload types and extension ids follow the offer.
 */
export function buildAnswer(local: LocalDescription, offer: RemoteDescription): string {
  const known = new Set(EXTENSIONS.map(([, uri]) => uri));
  const codecs = offer.codecs.filter(({ name }) => ANSWERED_CODECS.has(name));
  return lines([
    ...sessionLines(local),
    `a=group:BUNDLE ${offer.mid}`,
    ...(offer.extmapAllowMixed ? ['a=extmap-allow-mixed'] : []),
    `a=msid-semantic: WMS ${local.streamId}`,
    'a=ice-lite',
    `m=audio ${local.port} UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    ...transportLines(local),
    'a=ice-options:trickle',
    ...fingerprintLines(local, 'active'),
    `a=mid:${offer.mid}`,
    ...offer.extensions
      .filter(({ uri }) => known.has(uri))
      .map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    'a=sendrecv',
    'a=rtcp-mux',
    ...codecs.flatMap(({ payloadType, name }) =>
      payloadType === offer.opus ? opusLines(payloadType) : [`a=rtpmap:${payloadType} ${name}`],
    ),
    ...ssrcLines(local),
  ]);
}

const ANSWERED_CODECS = new Set([
  'opus/48000/2',
  'G722/8000',
  'PCMU/8000',
  'PCMA/8000',
  'telephone-event/48000',
  'telephone-event/8000',
]);

const sessionLines = (local: LocalDescription): string[] => [
  'v=0',
  `o=- ${local.sessionId} 2 IN IP4 127.0.0.1`,
  's=-',
  't=0 0',
];

function transportLines({ ipv4, ipv6, port, ufrag, pwd }: LocalDescription): string[] {
  const candidate = (foundation: number, priority: number, host: string) =>
    `a=candidate:${foundation} 1 udp ${priority} ${host} ${port} typ host generation 0 network-cost 50 ufrag ${ufrag}`;
  return [
    `c=IN IP4 ${ipv4}`,
    'a=rtcp:9 IN IP4 0.0.0.0',
    candidate(1972637320, 2113937151, ipv4),
    // The unreachable IPv6 candidate has the higher priority, as in Meta's SDPs: a peer must get
    // past it.
    candidate(1652262791, 2113939711, ipv6),
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
  ];
}

const fingerprintLines = (local: LocalDescription, setup: 'actpass' | 'active'): string[] => [
  `a=fingerprint:sha-256 ${local.fingerprint}`,
  `a=setup:${setup}`,
];

const opusLines = (payloadType: number): string[] => [
  `a=rtpmap:${payloadType} opus/48000/2`,
  `a=rtcp-fb:${payloadType} transport-cc`,
  `a=fmtp:${payloadType} minptime=10;useinbandfec=1`,
];

/**
 * Only the old `ssrc … msid` form: Meta sends no media-level `a=msid`
 * (docs/providers/meta.md#sdp-samples, A notes).
 */
const ssrcLines = ({ ssrc, cname, streamId, trackId }: LocalDescription): string[] => [
  `a=ssrc:${ssrc} cname:${cname}`,
  `a=ssrc:${ssrc} msid:${streamId} ${trackId}`,
  `a=ssrc:${ssrc} mslabel:${streamId}`,
  `a=ssrc:${ssrc} label:${trackId}`,
];

const lines = (all: string[]): string => `${all.join('\r\n')}\r\n`;
