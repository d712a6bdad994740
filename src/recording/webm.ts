/** A packet of sound, and when it begins, in ms. */
export interface WebmPacket {
  atMs: number;
  bytes: Uint8Array;
}

/** Ids of EBML elements (RFC 8794, RFC 9559) that contain others, which are read as if they stood alone. */
const CONTAINERS: ReadonlySet<number> = new Set([
  0x18538067, // Segment
  0x1f43b675, // Cluster
  0xa0, // BlockGroup
]);
const CLUSTER_TIME = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
/** A damaged length must not ask for gigabytes. */
const MOST_ELEMENT_BYTES = 16_000_000;

/** Reads the packets of a WebM file with one track, as a browser's recorder writes it, while it comes. */
export class WebmReader {
  #rest: Uint8Array = new Uint8Array();
  #clusterMs = 0;
  /** It is no WebM, or is damaged: nothing more is read. */
  isDamaged = false;

  /** @returns the packets that are whole by now */
  add(part: Uint8Array): readonly WebmPacket[] {
    const bytes = joined(this.#rest, part);
    const packets: WebmPacket[] = [];
    let at = 0;
    while (!this.isDamaged) {
      const id = vint(bytes, at, true);
      const size = id && vint(bytes, at + id.length, false);
      if (!id || !size) break;
      const body = at + id.length + size.length;
      if (CONTAINERS.has(id.value)) {
        at = body;
        continue;
      }
      if (size.value > MOST_ELEMENT_BYTES) {
        this.isDamaged = true;
        break;
      }
      if (body + size.value > bytes.length) break;
      const content = bytes.subarray(body, body + size.value);
      if (id.value === CLUSTER_TIME) this.#clusterMs = unsigned(content);
      else if (id.value === SIMPLE_BLOCK || id.value === BLOCK) {
        const packet = this.#packetOf(content);
        if (packet) packets.push(packet);
      }
      at = body + size.value;
    }
    this.#rest = bytes.slice(at);
    return packets;
  }

  /** A block: the track, its time after the cluster's, flags, and without lacing one packet. */
  #packetOf(block: Uint8Array): WebmPacket | undefined {
    const track = vint(block, 0, false);
    if (!track || block.length < track.length + 4) return undefined;
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    const atMs = this.#clusterMs + view.getInt16(track.length);
    return { atMs, bytes: block.slice(track.length + 3) };
  }
}

/** A number of variable length (RFC 8794, 4); an id keeps its marker. */
function vint(
  bytes: Uint8Array,
  at: number,
  isId: boolean,
): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = isId ? first : first & (0xff >> length);
  let isUnknown = (first & (0xff >> length)) === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  // All ones: the length is not known, which only containers may say.
  return { value: isUnknown && !isId ? Infinity : value, length };
}

function unsigned(content: Uint8Array): number {
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
