import { readFileSync } from 'node:fs';

const FILE = new URL('../fixtures/webrtc/chromium-156-hellos.json', import.meta.url);

const read = (value: unknown): Buffer[] => {
  if (!Array.isArray(value)) throw new Error(`${FILE.pathname} is not as it was captured`);
  return value.map((hex) => Buffer.from(String(hex), 'hex'));
};

const { first, second }: Record<string, unknown> = JSON.parse(readFileSync(FILE, 'utf8'));

/** Two datagrams of current Chromium's ClientHello; the second returns our cookie. */
export const CHROMIUM_HELLOS: Readonly<Record<'first' | 'second', readonly Buffer[]>> = {
  first: read(first),
  second: read(second),
};
