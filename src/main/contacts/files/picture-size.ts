/** More pixels would fill the memory of the window, in which calls are spoken. Phones take some 50 million. */
export const MOST_PIXELS = 64_000_000;

/**
 * How many pixels a picture has when it is drawn, by its header. A small file may claim to be huge.
 * Undefined if the header is incomplete.
 */
export function pixelsOf(mime: string, bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (mime) {
      case 'image/png':
        return view.getUint32(16) * view.getUint32(20);
      case 'image/jpeg':
        return jpegPixels(view);
      case 'image/webp':
        return webpPixels(view);
      default:
        return undefined;
    }
  } catch (error) {
    // The file ends within its header.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Frames other than DHT, JPG and DAC begin with their size (ITU-T T.81, B.2.2). */
function jpegPixels(view: DataView): number | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The first chunk is VP8, VP8L or VP8X, each with its own form of the size (RFC 9649). */
function webpPixels(view: DataView): number | undefined {
  switch (view.getUint32(12)) {
    case 0x56_50_38_20:
      return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
    case 0x56_50_38_4c: {
      const bits = view.getUint32(21, true);
      return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
    }
    case 0x56_50_38_58:
      return (uint24(view, 24) + 1) * (uint24(view, 27) + 1);
    default:
      return undefined;
  }
}

const uint24 = (view: DataView, at: number) =>
  view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
