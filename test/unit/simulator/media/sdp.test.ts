import { describe, expect, test } from 'vitest';
import {
  buildAnswer,
  buildOffer,
  type LocalDescription,
  newIceCredentials,
} from '../../../../src/simulator/media/sdp-build.ts';
import { parseRemote } from '../../../../src/simulator/media/sdp-parse.ts';

/** The values of Meta's published offer (docs/providers/meta.md#sdp-samples, A). */
const LOCAL: LocalDescription = {
  ufrag: '6k2qP1R6kBfI/2',
  pwd: 'UApvJw3NcwFRDvIMKdM0vWCdlXah25E9',
  fingerprint:
    '1B:B6:6B:40:A5:0B:8C:75:0D:8C:CB:90:2F:99:74:1E:26:45:AE:AF:45:C1:51:60:8F:73:C9:2D:10:6D:8A:88',
  ipv4: '31.13.65.60',
  ipv6: '2a03:2880:f211:cf:face:b00c:0:6443',
  port: 40012,
  ssrc: 4208138518,
  cname: 'gAXq2V9TKltrnapv',
  streamId: '6932bc1c-db1a-4abe-b437-0c4168be8a13',
  trackId: 'audio#R5wfXFcdmT6',
  sessionId: '7602563789789945080',
};

const PUBLISHED_OFFER = `v=0
o=- 7602563789789945080 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE audio
a=msid-semantic: WMS 6932bc1c-db1a-4abe-b437-0c4168be8a13
a=ice-lite
m=audio 40012 UDP/TLS/RTP/SAVPF 111 126
c=IN IP4 31.13.65.60
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1972637320 1 udp 2113937151 31.13.65.60 40012 typ host generation 0 network-cost 50 ufrag 6k2qP1R6kBfI/2
a=candidate:1652262791 1 udp 2113939711 2a03:2880:f211:cf:face:b00c:0:6443 40012 typ host generation 0 network-cost 50 ufrag 6k2qP1R6kBfI/2
a=ice-ufrag:6k2qP1R6kBfI/2
a=ice-pwd:UApvJw3NcwFRDvIMKdM0vWCdlXah25E9
a=fingerprint:sha-256 1B:B6:6B:40:A5:0B:8C:75:0D:8C:CB:90:2F:99:74:1E:26:45:AE:AF:45:C1:51:60:8F:73:C9:2D:10:6D:8A:88
a=setup:actpass
a=mid:audio
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:126 telephone-event/8000
a=ssrc:4208138518 cname:gAXq2V9TKltrnapv
a=ssrc:4208138518 msid:6932bc1c-db1a-4abe-b437-0c4168be8a13 audio#R5wfXFcdmT6
a=ssrc:4208138518 mslabel:6932bc1c-db1a-4abe-b437-0c4168be8a13
a=ssrc:4208138518 label:audio#R5wfXFcdmT6
`;

/**
 * A Chromium offer without candidates (docs/providers/meta.md#sdp-samples, C, shortened by its msid
 * lines).
 */
const CHROMIUM_OFFER = `v=0
o=- 3626166318745852955 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS d8b26053
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:4g1c
a=ice-pwd:qY/Bb+jQzg5ICn6X4fhJQetk
a=ice-options:trickle
a=fingerprint:sha-256 35:47:24:24:9F:93:C4:3E:DB:37:7F:BB:ED:F8:20:B5:AD:AC:DC:35:C2:7D:67:EE:6C:35:54:DF:A6:00:5C:4A
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
`;

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

function parsed(sdp: string, role: 'offer' | 'answer' = 'offer') {
  const result = parseRemote(sdp, role);
  if (!result.ok) throw new Error(result.fault.details);
  return result.value;
}

const faultOf = (sdp: string, role: 'offer' | 'answer' = 'offer') => {
  const result = parseRemote(sdp, role);
  return result.ok ? undefined : result.fault;
};

describe('the simulator’s SDP', () => {
  test('has Meta’s published offer, line for line', () => {
    expect(buildOffer(LOCAL)).toBe(crlf(PUBLISHED_OFFER));
  });

  test('answers with the offer’s payload types, extensions and mid', () => {
    const answer = buildAnswer(LOCAL, parsed(crlf(CHROMIUM_OFFER)));
    const lines = answer.split('\r\n');
    expect(lines).toContain('m=audio 40012 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126');
    expect(lines).toContain('a=setup:active');
    expect(lines).toContain('a=mid:0');
    expect(lines).toContain('a=extmap-allow-mixed');
    expect(lines).not.toContain('a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid');
    expect(answer).not.toContain('red/48000');
    expect(lines.indexOf('a=ice-lite')).toBeLessThan(
      lines.findIndex((line) => line.startsWith('m=')),
    );
  });

  test('has credentials in Meta’s form', () => {
    const { ufrag, pwd } = newIceCredentials();
    expect(ufrag).toMatch(/^[\w/+]{12}\/2$/);
    expect(pwd).toMatch(/^[\w/+]{32}$/);
  });
});

describe('reading an SDP', () => {
  test('returns what an ice-lite peer needs', () => {
    expect(parsed(crlf(CHROMIUM_OFFER))).toMatchObject({
      mid: '0',
      ufrag: '4g1c',
      pwd: 'qY/Bb+jQzg5ICn6X4fhJQetk',
      setup: 'actpass',
      opus: 111,
      telephoneEvent: 126,
      extmapAllowMixed: true,
      candidates: [],
    });
  });

  test('leaves out mDNS candidates', () => {
    const candidates =
      'a=candidate:1 1 udp 2113937151 5f8d.local 50000 typ host\n' +
      'a=candidate:2 1 udp 2113937151 192.0.2.7 50001 typ host\n';
    expect(parsed(crlf(CHROMIUM_OFFER + candidates)).candidates).toEqual([
      { address: '192.0.2.7', port: 50001 },
    ]);
  });

  test.each([
    ['line feeds', CHROMIUM_OFFER, 'CRLF'],
    ['nothing', '', 'v=0'],
    [
      'no fingerprint',
      crlf(CHROMIUM_OFFER.replace(/a=fingerprint.*\n/, '')),
      'No fingerprint found in SDP',
    ],
    ['two media', crlf(`${CHROMIUM_OFFER}m=video 9 UDP/TLS/RTP/SAVPF 96\n`), 'one media section'],
    ['no Opus', crlf(CHROMIUM_OFFER.replace('opus/48000/2', 'L16/48000/2')), 'Opus'],
    ['no ICE', crlf(CHROMIUM_OFFER.replace(/a=ice-pwd.*\n/, '')), 'ICE credentials'],
    ['receive only', crlf(CHROMIUM_OFFER.replace('sendrecv', 'recvonly')), 'sendrecv'],
  ])('refuses %s', (_, sdp, details) => {
    expect(faultOf(sdp)?.details).toContain(details);
  });

  test('rejects anything but one sha-256 fingerprint with Meta’s subcode', () => {
    const fault = { details: 'Fingerprint algo is not SHA256', subcode: 2494010 };
    const sha512 = CHROMIUM_OFFER.replace('sha-256', 'sha-512');
    expect(faultOf(crlf(sha512))).toEqual(fault);
    const line = /a=fingerprint.*\n/.exec(CHROMIUM_OFFER)?.[0] ?? '';
    expect(faultOf(crlf(CHROMIUM_OFFER + line))).toEqual(fault);
  });

  test('rejects an answer with actpass', () => {
    expect(faultOf(crlf(CHROMIUM_OFFER), 'answer')?.details).toContain('actpass');
  });
});
