import { describe, expect, it } from 'vitest';
import { shareOfRange, UdpPorts } from '../../../../src/relay/media/udp-ports.ts';

/** Every port to be tried, in order. */
async function tried(ports: UdpPorts): Promise<number[]> {
  const seen: number[] = [];
  await ports
    .open(async (port) => {
      seen.push(port);
      return undefined;
    })
    .catch(() => undefined);
  return seen;
}

describe('UDP ports of a range', () => {
  it('are used in turn, so that a port rests after a call', async () => {
    const ports = new UdpPorts(10, 12);
    const bind = async (port: number) => port;
    expect([await ports.open(bind), await ports.open(bind), await ports.open(bind)]).toEqual([
      10, 11, 12,
    ]);
    expect(await ports.open(bind)).toBe(10);
  });

  it('are skipped when taken, and reported when all are', async () => {
    const ports = new UdpPorts(10, 12);
    expect(await ports.open(async (port) => (port === 12 ? port : undefined))).toBe(12);
    await expect(ports.open(async () => undefined)).rejects.toThrow(/No UDP port/);
  });

  it('are never tried twice at once, even by more sockets than there are ports', async () => {
    const ports = new UdpPorts(10, 11);
    let release: (port: number) => void = () => undefined;
    const held = new Promise<number>((resolve) => (release = resolve));
    const trying: number[] = [];
    const attempt = () =>
      ports.open((port) => {
        trying.push(port);
        return held;
      });
    const two = [attempt(), attempt()];
    await expect(attempt()).rejects.toThrow(/No UDP port/);
    expect(trying).toEqual([10, 11]);
    release(1);
    await Promise.all(two);
  });

  it.each([1, 2, 3, 7])('are shared by %i processes without overlap or gap', async (processes) => {
    const shares = await Promise.all(
      Array.from({ length: processes }, (_, index) =>
        tried(shareOfRange([40_000, 40_015], index, processes)),
      ),
    );
    expect(shares.flat()).toEqual(Array.from({ length: 16 }, (_, index) => 40_000 + index));
    const sizes = shares.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
});
