import { ok, refuse, type Result } from '../lib/result.ts';

/** What the business side's SDP says about its media, as far as an ice-lite peer needs it. */
export interface RemoteDescription {
  mid: string;
  ufrag: string;
  pwd: string;
  /** sha-256, upper-case hex with colons. */
  fingerprint: string;
  setup: 'active' | 'passive' | 'actpass';
  codecs: readonly { payloadType: number; name: string }[];
  /** Payload type of opus/48000/2. */
  opus: number;
  /** Payload type of telephone-event/8000, when there is one. */
  telephoneEvent: number | undefined;
  extensions: readonly { id: number; uri: string }[];
  extmapAllowMixed: boolean;
  /** `typ host` and other candidates with a numeric address; names (`….local`) are left out. */
  candidates: readonly { address: string; port: number }[];
}

/**
 * Why Meta would refuse the SDP. `subcode` is Graph's `error_subcode` where it is known
 * (docs/providers/meta.md#media).
 */
export interface SdpFault {
  details: string;
  subcode?: number;
}

/**
 * Checks and reads a business SDP by the rules of docs/providers/meta.md#media (RFC 8866 line ends,
 * one sha-256, one audio stream, Opus).
 */
export function parseRemote(
  sdp: string,
  role: 'offer' | 'answer',
): Result<RemoteDescription, SdpFault> {
  const fault = (details: string, subcode?: number) =>
    refuse<SdpFault>(subcode === undefined ? { details } : { details, subcode });

  if (!sdp.startsWith('v=0')) return fault('SDP must start with v=0');
  if (/(?<!\r)\n|\r(?!\n)/.test(sdp) || !sdp.endsWith('\r\n')) {
    return fault('SDP lines must end with CRLF (RFC 8866)');
  }
  const all = sdp.split('\r\n').filter((line) => line !== '');
  const attributes = (name: string): string[] =>
    all.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3));
  const only = (name: string): string | undefined => attributes(name)[0]?.trim();

  const media = all.filter((line) => line.startsWith('m='));
  const [audio] = media;
  if (audio === undefined || media.length !== 1 || !audio.startsWith('m=audio ')) {
    return fault('SDP must have exactly one media section, of audio');
  }

  const fingerprints = attributes('fingerprint');
  const [fingerprint] = fingerprints;
  if (fingerprint === undefined) return fault('No fingerprint found in SDP');
  if (fingerprints.length > 1 || !/^sha-256 /i.test(fingerprint)) {
    return fault('Fingerprint algo is not SHA256', 2494010);
  }

  const ufrag = only('ice-ufrag');
  const pwd = only('ice-pwd');
  if (ufrag === undefined || pwd === undefined) return fault('No ICE credentials found in SDP');
  const mid = only('mid');
  if (mid === undefined) return fault('No mid found in SDP');
  const setup = only('setup');
  if (setup !== 'active' && setup !== 'passive' && setup !== 'actpass') {
    return fault('No setup attribute found in SDP');
  }
  if (role === 'answer' && setup === 'actpass') {
    return fault('setup:actpass is not allowed in an answer (RFC 8842)');
  }
  if (all.includes('a=recvonly') || all.includes('a=inactive')) {
    return fault('Audio must be sendrecv');
  }

  const listed = new Set(audio.split(' ').slice(3).map(Number));
  const codecs = attributes('rtpmap').flatMap((value) => {
    const [payloadType, name] = value.split(' ');
    const number = Number(payloadType);
    return name !== undefined && listed.has(number) ? [{ payloadType: number, name }] : [];
  });
  const opus = codecs.find(({ name }) => name.toLowerCase() === 'opus/48000/2')?.payloadType;
  if (opus === undefined) return fault('Opus/48000/2 not found in SDP');

  return ok({
    mid,
    ufrag,
    pwd,
    fingerprint: fingerprint.slice('sha-256 '.length).trim().toUpperCase(),
    setup,
    codecs,
    opus,
    telephoneEvent: codecs.find(({ name }) => name === 'telephone-event/8000')?.payloadType,
    extensions: attributes('extmap').flatMap((value) => {
      const match = /^(\d+)\S* (\S+)/.exec(value);
      return match ? [{ id: Number(match[1]), uri: match[2] ?? '' }] : [];
    }),
    extmapAllowMixed: all.includes('a=extmap-allow-mixed'),
    candidates: attributes('candidate').flatMap((value) => {
      const [, , transport, , address, port] = value.split(' ');
      const usable = address !== undefined && transport?.toLowerCase() === 'udp';
      return usable && !address.endsWith('.local') ? [{ address, port: Number(port) }] : [];
    }),
  });
}
