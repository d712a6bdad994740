import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildAgentAnswer,
  buildCustomerAnswer,
  buildCustomerOffer,
  newLocalTrack,
} from '../../../../src/relay/media/sdp-build.ts';
import { parseSdp, type RemoteMedia } from '../../../../src/relay/media/sdp-parse.ts';
import { parseRemote } from '../../../../src/simulator/media/sdp-parse.ts';

const HEX = Array.from({ length: 32 }, () => 'AB').join(':');
const local = {
  ufrag: 'abcd',
  pwd: 'x'.repeat(22),
  fingerprint: HEX,
  candidates: ['candidate:1 1 udp 2130706431 203.0.113.5 40000 typ host'],
};

/** The published offer of a user-initiated call. */
const WHATSAPP_OFFER = [
  'v=0',
  'o=- 7602563789789945080 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE audio',
  'a=msid-semantic: WMS 6932bc1c-db1a-4abe-b437-0c4168be8a13',
  'a=ice-lite',
  'm=audio 40012 UDP/TLS/RTP/SAVPF 111 126',
  'c=IN IP4 31.13.65.60',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=candidate:1972637320 1 udp 2113937151 31.13.65.60 40012 typ host generation 0 network-cost 50',
  'a=candidate:1652262791 1 udp 2113939711 2a03:2880:f211:cf:face:b00c:0:6443 40012 typ host generation 0',
  'a=ice-ufrag:6k2qP1R6kBfI/2',
  'a=ice-pwd:UApvJw3NcwFRDvIMKdM0vWCdlXah25E9',
  `a=fingerprint:sha-256 ${HEX.toLowerCase()}`,
  'a=setup:actpass',
  'a=mid:audio',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 maxaveragebitrate=20000;maxplaybackrate=16000;useinbandfec=1',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:4208138518 cname:gAXq2V9TKltrnapv',
  '',
].join('\r\n');

const BROWSER_OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  ...['sendrecv', 'recvonly'].flatMap((direction, mid) => [
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:u',
    `a=ice-pwd:${'p'.repeat(24)}`,
    `a=fingerprint:sha-256 ${HEX}`,
    'a=setup:actpass',
    `a=mid:${mid}`,
    'a=extmap:14 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
    'a=rtpmap:110 telephone-event/48000',
    'a=rtpmap:126 telephone-event/8000',
  ]),
  '',
].join('\r\n');

/** Everything that we answer to this. */
const answersTo = (offer: RemoteMedia): string[] => [
  buildCustomerAnswer(offer, local, newLocalTrack()),
  buildAgentAnswer(
    offer,
    local,
    offer.tracks.map(() => newLocalTrack()),
    offer.tracks[0].opusParameters,
  ),
];

function parsed(sdp: string): RemoteMedia {
  const result = parseSdp(sdp);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('SDP', () => {
  it('reads WhatsApp’s published offer', () => {
    const offer = parsed(WHATSAPP_OFFER);
    expect(offer).toMatchObject({ iceLite: true, setup: 'actpass', fingerprint: HEX });
    expect(offer.candidates).toHaveLength(2);
    expect(offer.tracks).toEqual([
      {
        mid: 'audio',
        direction: 'sendrecv',
        opus: 111,
        opusParameters: 'maxaveragebitrate=20000;maxplaybackrate=16000;useinbandfec=1',
        telephoneEvent: { payloadType: 126, clockRate: 8000 },
        audioLevelId: 1,
      },
    ]);
  });

  it('finds the sha-256 fingerprint among several', () => {
    const others = ['sha-1 AB:CD', 'sha-512 AB:CD'].map((text) => `a=fingerprint:${text}\r\n`);
    const line = /a=fingerprint:sha-256 .*\r\n/;
    const sdp = WHATSAPP_OFFER.replace(line, (ours) => others.join(ours));
    expect(parsed(sdp).fingerprint).toBe(HEX);
  });

  it('keeps a candidate of each kind as the peer wrote it', () => {
    const kinds = [
      '1 1 udp 2130706431 192.168.1.20 51234 typ host generation 0 network-cost 50',
      '2 1 UDP 1694498815 198.51.100.7 51235 typ srflx raddr 192.168.1.20 rport 51234 ufrag u',
      '3 1 udp 1862270975 198.51.100.8 51236 typ prflx raddr 192.168.1.20 rport 51234',
      '4 1 udp 16777215 2001:db8::7 443 typ relay raddr 198.51.100.7 rport 51235',
    ];
    const lines = kinds.map((text) => `a=candidate:${text}\r\n`).join('');
    const sdp = WHATSAPP_OFFER.replace(/(a=candidate:.*\r\n)+/, lines);
    expect(parsed(sdp).candidates).toEqual(kinds.map((text) => `candidate:${text}`));
  });

  it('answers WhatsApp by its rules: CRLF, setup:active, one sha-256, one SSRC, 111 and 126', () => {
    const sdp = buildCustomerAnswer(parsed(WHATSAPP_OFFER), local, newLocalTrack());
    expect(sdp.replaceAll('\r\n', '')).not.toContain('\n');
    const lines = sdp.split('\r\n');
    const startingWith = (start: string) => lines.filter((line) => line.startsWith(start));
    expect(startingWith('m=')).toEqual(['m=audio 9 UDP/TLS/RTP/SAVPF 111 126']);
    expect(startingWith('a=setup')).toEqual(['a=setup:active']);
    expect(startingWith('a=fingerprint')).toEqual([`a=fingerprint:sha-256 ${HEX}`]);
    expect(startingWith('a=candidate')).toEqual([`a=${local.candidates[0]}`]);
    expect(startingWith('a=mid')).toEqual(['a=mid:audio']);
    expect(lines).toContain('a=rtpmap:126 telephone-event/8000');
    expect(lines).not.toContain('a=ice-lite');
    expect(new Set(startingWith('a=ssrc:').map((line) => line.split(' ')[0])).size).toBe(1);
    // The other side's strict parser, which is written independently.
    expect(parseRemote(sdp, 'answer')).toMatchObject({ ok: true, value: { setup: 'active' } });
    expect(parseRemote(buildCustomerOffer(local, newLocalTrack()), 'offer')).toMatchObject({
      ok: true,
      value: { setup: 'actpass', opus: 111, telephoneEvent: 126 },
    });
  });

  it('answers a console’s two sections on one transport, requesting the customer’s codecs', () => {
    const tracks = [newLocalTrack(), newLocalTrack()];
    const sdp = buildAgentAnswer(parsed(BROWSER_OFFER), local, tracks, 'maxaveragebitrate=20000');
    const answer = parsed(sdp);
    expect(sdp).toContain('a=group:BUNDLE 0 1\r\n');
    expect(answer.setup).toBe('passive');
    expect(answer.tracks.map(({ direction }) => direction)).toEqual(['sendrecv', 'sendonly']);
    expect(answer.tracks.map(({ audioLevelId }) => audioLevelId)).toEqual([14, 14]);
    expect(answer.tracks[0].opusParameters).toBe('maxaveragebitrate=20000');
    for (const { ssrc } of tracks) expect(sdp).toContain(`a=ssrc:${ssrc} msid:`);
  });

  it.each([
    ['no SDP at all', 'hello', 'v=0'],
    ['video alone', BROWSER_OFFER.replaceAll('m=audio', 'm=video'), 'm=video'],
    ['rejected audio', WHATSAPP_OFFER.replace('m=audio 40012', 'm=audio 0'), 'm=audio 0'],
    ['a section that no answer could name', `${WHATSAPP_OFFER}m=video 9 \u0007 96\r\n`, 'm=video'],
    ['too many sections', WHATSAPP_OFFER + 'm=video 0 RTP/SAVPF 96\r\n'.repeat(16), '17 media'],
    ['no Opus', WHATSAPP_OFFER.replace('opus/48000/2', 'PCMU/8000'), 'opus'],
    ['no sha-256', WHATSAPP_OFFER.replace('sha-256', 'sha-512'), 'sha-256'],
    ['no credentials', WHATSAPP_OFFER.replace('a=ice-pwd', 'a=other'), 'ICE'],
    ['no setup', WHATSAPP_OFFER.replace('a=setup:actpass', 'a=setup:holdconn'), 'setup'],
  ])('refuses %s with the reason', (_name, sdp, word) => {
    expect(parseSdp(sdp)).toMatchObject({ ok: false, error: expect.stringContaining(word) });
  });

  it.each([
    ['rtpmap:111 opus/48000/2', 'rtpmap:111  OPUS/48000/2'],
    ['rtpmap:111 opus/48000/2', 'rtpmap:111\topus/48000'],
    ['telephone-event/8000', 'Telephone-Event/8000/1'],
    ['UDP/TLS/RTP/SAVPF', 'udp/tls/rtp/savpf'],
    ['m=audio 40012', 'm=audio 40012/1'],
    ['a=setup:actpass', 'a=setup: ActPass'],
    ['a=setup:actpass\r\n', ''],
    ['fmtp:111 max', 'fmtp:111  max'],
    ['candidate:1972637320 1 udp', 'candidate:1972637320  1  UDP'],
  ])('reads “%s” written “%s” as the same', (usual, other) => {
    expect(WHATSAPP_OFFER).toContain(usual);
    const { candidates, ...offer } = parsed(WHATSAPP_OFFER.replace(usual, other));
    const { candidates: theirs, ...expected } = parsed(WHATSAPP_OFFER);
    expect(offer).toEqual(expected);
    expect(candidates).toHaveLength(theirs.length);
  });

  const video = ['m=video 0 UDP/TLS/RTP/SAVPF 96 97', 'a=mid:v', 'a=inactive', ''].join('\r\n');
  const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:d', ''].join('\r\n');
  const refused = ['m=audio 0 RTP/SAVP 0', 'a=mid:no', ''].join('\r\n');
  const withoutMid = 'm=text 40000/2 RTP/AVP 98 99\r\n';

  it.each([
    ['before', [video, data, refused, withoutMid], []],
    ['behind', [], [video, data, refused, withoutMid]],
    ['around', [refused, video], [withoutMid, data]],
  ])('rejects sections %s the audio in their places', (_name, before, behind) => {
    const place = WHATSAPP_OFFER.indexOf('m=audio');
    const offer = parsed(
      WHATSAPP_OFFER.slice(0, place) +
        before.join('') +
        WHATSAPP_OFFER.slice(place) +
        behind.join(''),
    );
    expect(offer.tracks.map(({ mid }) => mid)).toEqual(['audio']);
    const rejections = new Map([
      [video, 'm=video 0 UDP/TLS/RTP/SAVPF 96|a=mid:v'],
      [data, 'm=application 0 UDP/DTLS/SCTP webrtc-datachannel|a=mid:d'],
      [refused, 'm=audio 0 RTP/SAVP 0|a=mid:no'],
      [withoutMid, 'm=text 0 RTP/AVP 98'],
    ]);
    for (const ours of answersTo(offer)) {
      const lines = ours.split('\r\n');
      const audio = lines.find((line) => line.startsWith('m=audio 9')) ?? '';
      expect(lines.filter((line) => /^(?:m=|a=mid)/.test(line)).join('|')).toBe(
        [
          ...before.map((section) => rejections.get(section)),
          `${audio}|a=mid:audio`,
          ...behind.map((section) => rejections.get(section)),
        ].join('|'),
      );
      expect(lines).toContain('a=group:BUNDLE audio');
      expect(lines.filter((line) => line.startsWith('a=ice-ufrag'))).toHaveLength(1);
    }
  });

  it('takes the transport of another section for audio that is bundle-only', () => {
    const [transport = '', section = ''] = WHATSAPP_OFFER.split(/(?=a=mid:audio)/);
    const offer = parsed(
      `${transport.replace('m=audio 40012', 'm=video 40012')}a=mid:v\r\n` +
        `m=audio 0 UDP/TLS/RTP/SAVPF 111 126\r\na=bundle-only\r\n${section}`,
    );
    expect(offer).toMatchObject({ ufrag: '6k2qP1R6kBfI/2', fingerprint: HEX });
    expect(offer.candidates).toHaveLength(2);
    expect(offer.tracks[0]).toMatchObject({ mid: 'audio', opus: 111 });
  });

  it('gives one voice to a customer who offers two, and rejects the other', () => {
    const [customer = '', agent = ''] = answersTo(parsed(BROWSER_OFFER));
    const heads = (sdp: string) => sdp.match(/^m=\w+ \d+/gm);
    expect(heads(customer)).toEqual(['m=audio 9', 'm=audio 0']);
    expect(customer).toContain('a=group:BUNDLE 0\r\n');
    expect(heads(agent)).toEqual(['m=audio 9', 'm=audio 9']);
  });

  it.each([
    ['a=rtpmap:110 telephone-event/48000', { payloadType: 110, clockRate: 48_000 }],
    ['a=rtpmap:113 telephone-event/16000', { payloadType: 113, clockRate: 16_000 }],
    [
      'a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000',
      { payloadType: 126, clockRate: 8000 },
    ],
    ['a=rtpmap:126 telephone-event/0', undefined],
    ['a=rtpmap:126 telephone-event', undefined],
  ])('agrees on the keys of %j', (offered, agreed) => {
    const offer = parsed(WHATSAPP_OFFER.replace('a=rtpmap:126 telephone-event/8000', offered));
    expect(offer.tracks[0].telephoneEvent).toEqual(agreed);
    const ours = buildCustomerAnswer(offer, local, newLocalTrack());
    expect(parsed(ours).tracks[0].telephoneEvent).toEqual(agreed);
  });

  it.each([
    ['spaces at the ends of its lines', (sdp: string) => sdp.replaceAll('\r\n', ' \r\n')],
    ['no mid', (sdp: string) => sdp.replaceAll(/^a=(?:mid|group).*\r\n/gm, '')],
    [
      'another name of the protocol',
      (sdp: string) => sdp.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/SAVPF'),
    ],
    ['no feedback', (sdp: string) => sdp.replaceAll('SAVPF', 'SAVP')],
  ])('W1 an offer with %s can be answered', (_, change) => {
    for (const offer of [WHATSAPP_OFFER, BROWSER_OFFER]) {
      for (const ours of answersTo(parsed(change(offer)))) {
        expect(parseSdp(ours)).toMatchObject({ ok: true });
      }
    }
  });

  it('takes a direction and a fingerprint as RFC 8866 and 8122 let them be written', () => {
    const directed = (session: string, media: string) =>
      parsed(
        WHATSAPP_OFFER.replace(/^a=sendrecv\r\n/m, media)
          .replace('t=0 0\r\n', `t=0 0\r\n${session}`)
          .replace('sha-256 ', 'SHA-256  '),
      ).tracks[0].direction;
    expect(directed('a=sendonly\r\n', '')).toBe('sendonly');
    expect(directed('a=inactive\r\n', 'a=sendrecv\r\n')).toBe('sendrecv');
    expect(directed('', '')).toBe('sendrecv');
  });

  it('refuses two sections that nobody could tell apart', () => {
    const lines = BROWSER_OFFER.split('\r\n');
    const mids = lines.filter((line) => line.startsWith('a=mid:'));
    const same = lines.map((line) => (line.startsWith('a=mid:') ? (mids[0] ?? '') : line));
    expect(parseSdp(same.join('\r\n'))).toMatchObject({
      error: expect.stringContaining('one mid'),
    });
  });

  it('L8 a peer’s line endings cannot inject lines into our SDP', () => {
    const ends = ['\r', '\n', '\r\r', '\u2028', '\u0085', '\v', '\f', '\0', '\t', '\r\u0000\n'];
    const odd = fc.record({
      offer: fc.constantFrom(WHATSAPP_OFFER, BROWSER_OFFER),
      at: fc.nat(),
      end: fc.constantFrom(...ends),
      more: fc.constantFrom('a=evil:1', 'm=evil 9', 'evil', 'a=ice-lite evil', 'a=candidate:evil'),
    });
    fc.assert(
      fc.property(odd, ({ offer, at, end, more }) => {
        // Anywhere in a line.
        const lines = offer.split('\r\n');
        const line = at % lines.length;
        const text = lines[line] ?? '';
        const place = at % (text.length + 1);
        lines[line] = text.slice(0, place) + end + more + text.slice(place);
        const result = parseSdp(lines.join('\r\n'));
        expect(result.ok ? '' : result.error).toMatch(/^[\x20-\x7e]*$/);
        for (const ours of result.ok ? answersTo(result.value) : []) {
          expect(ours).toMatch(/^(?:[a-z]=[\x20-\x7e]*\r\n)*$/);
          expect(ours).not.toMatch(/^(?!a=(?:mid|fmtp|group)|m=evil 0 ).*evil/m);
          expect(parseSdp(ours)).toMatchObject({ ok: true });
        }
      }),
      { numRuns: 2000, seed: 20_261_128 },
    );
  });

  it.each([
    ['a payload type', 'a=rtpmap:111 opus', 'a=rtpmap:999 opus'],
    ['a payload type that is no number', 'a=rtpmap:111 opus', 'a=rtpmap:1e1 opus'],
    ['a mid with a space', 'a=mid:audio', 'a=mid:au dio'],
    ['a mid of a kilobyte', 'a=mid:audio', `a=mid:${'a'.repeat(1024)}`],
    ['an ufrag of a kilobyte', 'a=ice-ufrag:', `a=ice-ufrag:${'a'.repeat(1024)}`],
    ['half a fingerprint', HEX.toLowerCase(), HEX.slice(0, 47)],
  ])('L8 refuses %s that could not be written back', (_name, from, to) => {
    expect(parseSdp(WHATSAPP_OFFER.replaceAll(from, to))).toMatchObject({ ok: false });
  });

  it.each([
    ['a=extmap:1 urn', 'a=extmap:x urn'],
    ['a=extmap:1 urn', 'a=extmap:300 urn'],
    ['useinbandfec=1', 'useinbandfec=1;x=\u0007'],
    ['useinbandfec=1', `useinbandfec=${'1'.repeat(300)}`],
  ])('L8 works without values that it cannot write back (%s as %s)', (from, to) => {
    const [track] = parsed(WHATSAPP_OFFER.replace(from, to)).tracks;
    expect([track.audioLevelId, track.opusParameters]).toContain(undefined);
  });
});
