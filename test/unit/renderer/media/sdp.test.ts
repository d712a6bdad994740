import { describe, expect, it } from 'vitest';
import {
  candidatesOf,
  hasAudio,
  incomingAnswer,
  incomingOffer,
  outgoingSdp,
  placeOfAudio,
} from '../../../../src/renderer/media/sdp.ts';

const ours = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE audio',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 126',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2122260223 192.168.1.7 51001 typ host generation 0',
  'a=candidate:2 1 udp 2122262783 8b1c.local 51002 typ host generation 0',
  'a=candidate:3 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active',
  'a=fingerprint:sha-256 AA:BB',
  'a=fingerprint:sha-512 CC:DD',
  'a=fingerprint:sha-256 AA:BB',
  'a=setup:actpass',
  'a=mid:audio',
  'a=sendrecv',
].join('\n');

describe('outgoing SDP', () => {
  const lines = outgoingSdp(ours, 'answer').split('\r\n');

  it('ends every line with CRLF, including the last', () => {
    expect(outgoingSdp(ours, 'answer')).toMatch(/\r\n$/);
    expect(lines.join('')).not.toMatch(/[\r\n]/);
  });

  it('has exactly one fingerprint, with SHA-256', () => {
    expect(lines.filter((line) => line.startsWith('a=fingerprint:'))).toEqual([
      'a=fingerprint:sha-256 AA:BB',
    ]);
  });

  it('is active in an answer and actpass in an offer', () => {
    expect(lines).toContain('a=setup:active');
    expect(outgoingSdp(ours, 'offer')).toContain('a=setup:actpass\r\n');
  });

  it('keeps only candidates that WhatsApp can use', () => {
    const candidates = lines.filter((line) => line.startsWith('a=candidate:'));
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toContain('192.168.1.7 51001');
  });
});

describe('incoming SDP', () => {
  it('has no blanks that a browser stumbles over', () => {
    const sdp = 'v=0\ns= \nm=audio 9  UDP/TLS/RTP/SAVPF 111 \na=rtpmap:111\topus/48000/2\t\n';
    const lines = ['v=0', 's= ', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2'];
    expect(incomingOffer(sdp).split('\r\n')).toEqual([...lines, '']);
    expect(incomingAnswer(sdp).split('\r\n')).toEqual([...lines, '']);
  });

  it('has only an illegal actpass rewritten in an answer', () => {
    expect(incomingAnswer('v=0\r\na=setup:actpass\r\n')).toBe('v=0\r\na=setup:active\r\n');
    expect(incomingAnswer('v=0\na=setup:ActPass \n')).toBe('v=0\r\na=setup:active\r\n');
    expect(incomingAnswer('v=0\r\na=setup:passive\r\n')).toBe('v=0\r\na=setup:passive\r\n');
    expect(incomingOffer('v=0\na=setup:actpass\n')).toBe('v=0\r\na=setup:actpass\r\n');
  });

  it('is checked for an accepted audio section', () => {
    expect(hasAudio(ours)).toBe(true);
    expect(hasAudio('v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 111\r\n')).toBe(false);
    expect(hasAudio('nonsense')).toBe(false);
  });

  it('gives its candidates under new foundations', () => {
    expect(placeOfAudio(ours)).toEqual({ sdpMid: 'audio', sdpMLineIndex: 0 });
    const first = candidatesOf(ours, '1');
    const second = candidatesOf(ours, '2');
    expect(first).toHaveLength(3);
    expect(first[0]).toBe('candidate:100 1 udp 2122260223 192.168.1.7 51001 typ host generation 0');
    expect(new Set([...first, ...second]).size).toBe(6);
  });

  const transport = [
    'a=ice-ufrag:u',
    'a=ice-pwd:p',
    'a=fingerprint:sha-256 AA:BB',
    'a=setup:actpass',
  ];
  const session = ['v=0', 's=-', 'a=group:BUNDLE v d audio'];
  const video = ['m=video 40012 UDP/TLS/RTP/SAVPF 96', ...transport, 'a=mid:v'];
  const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=bundle-only', 'a=mid:d'];
  const audio = ['m=audio 40012 UDP/TLS/RTP/SAVPF 111', ...transport, 'a=mid:audio'];

  it('has everything beside its audio rejected, and out of the bundle', () => {
    const offer = incomingOffer([...session, ...video, ...data, ...audio].join('\n'));
    expect(offer.split('\r\n')).toEqual([
      'v=0',
      's=-',
      'a=group:BUNDLE audio',
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'a=mid:v',
      'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
      'a=mid:d',
      ...audio,
      '',
    ]);
    expect(placeOfAudio(offer)).toEqual({ sdpMid: 'audio', sdpMLineIndex: 2 });
  });

  it('gives bundle-only audio the transport that it shares', () => {
    const alone = ['m=audio 0 UDP/TLS/RTP/SAVPF 111', 'a=bundle-only', 'a=mid:audio'];
    const offer = incomingOffer([...session, ...video, ...alone].join('\n'));
    expect(offer.split('\r\n').slice(3)).toEqual([
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'a=mid:v',
      'm=audio 40012 UDP/TLS/RTP/SAVPF 111',
      'a=mid:audio',
      ...transport,
      '',
    ]);
  });

  it('is answered with the one fingerprint of the audio, not of what was rejected', () => {
    const video = [
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'a=ice-ufrag:x',
      'a=fingerprint:sha-256 CC:DD',
    ];
    const browser = ['v=0', ...video, ...audio];
    expect(outgoingSdp(browser.join('\r\n'), 'answer').split('\r\n')).toEqual([
      'v=0',
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      ...audio.map((line) => (line === 'a=setup:actpass' ? 'a=setup:active' : line)),
      '',
    ]);
  });
});
