import { expect, it } from 'vitest';
import { openIce } from '../../../src/relay/media/gather.ts';
import { UdpPorts } from '../../../src/relay/media/udp-ports.ts';

const FIRST = 41_300;

it('many legs that open at once each get a port of the range, and one too many is refused', async () => {
  const network = { bind: '127.0.0.1', ports: new UdpPorts(FIRST, FIRST + 7) };
  const legs = await Promise.all(Array.from({ length: 8 }, () => openIce(network)));
  const ports = legs.map((ice) => ice.localCandidates[0]?.port ?? 0);
  expect(ports.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 8 }, (_, index) => FIRST + index),
  );
  await expect(openIce(network)).rejects.toThrow(/No UDP port/);
  await legs[3]?.stop();
  const next = await openIce(network);
  expect(next.localCandidates[0]?.port).toBe(ports[3]);
  await Promise.all([...legs, next].map((ice) => ice.stop()));
});
