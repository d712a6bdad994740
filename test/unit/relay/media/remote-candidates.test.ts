import { describe, expect, it } from 'vitest';
import { usableCandidates } from '../../../../src/relay/media/remote-candidates.ts';

const candidate = (
  host: string,
  port: number | string = 40_000,
  transport = 'udp',
  component = 1,
) => `1 ${component} ${transport} 2113937151 ${host} ${port} typ host`;

describe('remote ICE candidates', () => {
  it('L9 of consoles and of WhatsApp are all checked', () => {
    const some = [
      candidate('192.168.1.20', 51_234),
      candidate('10.8.0.2', 51_235),
      candidate('127.0.0.1', 51_236, 'UDP'),
      candidate('2a03:2880:f211:cf:face:b00c:0:6443', 3480),
      candidate('31.13.65.60', 443),
    ];
    expect(usableCandidates(some)).toEqual(some);
  });

  it('L9 are limited per peer, and per host', () => {
    const many = Array.from({ length: 1000 }, (_, i) =>
      candidate(`198.51.${i >> 8}.${i & 255}`, 2000 + i),
    );
    expect(usableCandidates(many)).toHaveLength(16);
    const ports = Array.from({ length: 1000 }, (_, i) => candidate('198.51.100.7', 2000 + i));
    expect(usableCandidates(ports)).toHaveLength(4);
  });

  it.each([
    ['a name', candidate('victim.example')],
    ['an mDNS name', candidate('0e8f1a2b.local')],
    ['everybody', candidate('255.255.255.255')],
    ['a group', candidate('224.0.0.251', 5353)],
    ['a group of IPv6', candidate('ff02::fb', 5353)],
    ['nobody', candidate('0.0.0.0')],
    ['nobody of IPv6', candidate('::')],
    ['a name server', candidate('198.51.100.7', 53)],
    ['a clock', candidate('198.51.100.7', 123)],
    ['no port', candidate('198.51.100.7', 0)],
    ['a port that is none', candidate('198.51.100.7', '4e4')],
    ['a port beyond the last', candidate('198.51.100.7', 70_000)],
    ['TCP', candidate('198.51.100.7', 9, 'tcp')],
    ['RTCP', candidate('198.51.100.7', 40_000, 'udp', 2)],
    ['half an address', candidate('198.51.100')],
    ['an address in other words', candidate('0xc6336407')],
    ['nothing', ''],
  ])('L9 %s is not checked', (_name, text) => {
    expect(usableCandidates([text])).toEqual([]);
  });
});
