/** A WebM file of Opus packets as a browser's recorder writes it: a cluster of unknown length each second. */
export function webmOf(packets: readonly { atMs: number; bytes: Uint8Array }[]): Buffer {
  const parts = [
    element([0x1a, 0x45, 0xdf, 0xa3], Buffer.from([0x42, 0x86, 0x81, 0x01])),
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  ];
  let cluster = -1;
  for (const { atMs, bytes } of packets) {
    const second = Math.floor(atMs / 1000);
    if (second !== cluster) {
      cluster = second;
      const time = Buffer.alloc(4);
      time.writeUInt32BE(second * 1000);
      parts.push(
        Buffer.from([0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      );
      parts.push(element([0xe7], time));
    }
    const head = Buffer.alloc(4);
    head.writeUInt8(0x81);
    head.writeInt16BE(atMs - second * 1000, 1);
    parts.push(element([0xa3], Buffer.concat([head, bytes])));
  }
  return Buffer.concat(parts);
}

function element(id: readonly number[], content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 + content.length);
  return Buffer.concat([Buffer.from(id), size, content]);
}
