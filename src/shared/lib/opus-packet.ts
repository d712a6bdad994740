/** An Opus packet of 20 ms of silence: fullband CELT, mono, nothing in it (RFC 6716, 3.1). */
export const OPUS_SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);
/** How long it plays, in samples at 48 kHz. */
export const OPUS_SILENCE_SAMPLES = 960;

/** How long a packet plays, in samples at 48 kHz; undefined if it is none. */
export function opusSamples(packet: Uint8Array): number | undefined {
  const [toc, count = 0] = packet;
  if (toc === undefined) return undefined;
  const frames = [1, 2, 2, count & 0x3f][toc & 3] ?? 0;
  const samples = frames * frameSamples(toc >> 3);
  // RFC 6716, 3.4: a packet has at most 120 ms.
  return samples === 0 || samples > 5760 ? undefined : samples;
}

/** Samples of a frame of a configuration (RFC 6716, 3.1, table 2). */
function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config % 4] ?? 0;
  return config < 16 ? 480 << (config % 2) : 120 << (config % 4);
}
