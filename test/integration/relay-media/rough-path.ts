import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The effects of a bad network on datagrams. */
export interface Roughness {
  /** How many of a hundred datagrams are lost, each way. */
  lossPercent?: number;
  /** Delay of every other DTLS datagram, ms, so that the next one overtakes it. */
  swapByMs?: number;
  /** 0 to 1; different for each path, so that a run can be repeated. */
  random: () => number;
}

/**
 * A path through a bad network: what is sent to its port arrives at the target, and back, or not.
 */
export class RoughPath {
  readonly port: number;
  private readonly near: Socket;
  private readonly far: Socket;
  private readonly target: number;

  private constructor(near: Socket, far: Socket, target: number) {
    this.near = near;
    this.far = far;
    this.target = target;
    this.port = near.address().port;
  }

  static async open(target: number, rough: Roughness = { random: () => 1 }): Promise<RoughPath> {
    const [near, far] = await Promise.all([bound(), bound()]);
    const path = new RoughPath(near, far, target);
    let source: number | undefined;
    join(near, rough, (datagram) => far.send(datagram, target, '127.0.0.1'));
    join(far, rough, (datagram) => {
      if (source !== undefined) near.send(datagram, source, '127.0.0.1');
    });
    near.on('message', (_, { port }) => (source = port));
    return path;
  }

  /** A path to the peer with this SDP. */
  static to(sdp: string, rough?: Roughness): Promise<RoughPath> {
    return RoughPath.open(Number(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/m.exec(sdp)?.[1]), rough);
  }

  /** An SDP's `candidate` lines, all with this path's port. */
  through(sdp: string): string {
    return sdp.replaceAll(/^(a=candidate:\S+ \d+ \S+ \d+ )\S+ \d+/gm, `$1127.0.0.1 ${this.port}`);
  }

  /** Calls `act` before each datagram to the target. */
  beforeEach(act: () => void): void {
    this.near.prependListener('message', act);
  }

  /**
   * Sends a packet to the target as if from the near end: from the address that the target knows.
   */
  forge(datagram: Buffer): void {
    this.far.send(datagram, this.target, '127.0.0.1');
  }

  close(): void {
    this.near.close();
    this.far.close();
  }
}

function join(
  socket: Socket,
  { lossPercent = 0, swapByMs, random }: Roughness,
  pass: (datagram: Buffer) => void,
): void {
  let dtls = 0;
  let isClosed = false;
  socket.on('close', () => (isClosed = true));
  socket.on('message', (datagram) => {
    if (random() * 100 < lossPercent) return;
    const first = datagram[0] ?? 0;
    const isDtls = first >= 20 && first <= 63;
    if (swapByMs === undefined || !isDtls || dtls++ % 2 === 1) return pass(datagram);
    setTimeout(() => {
      if (!isClosed) pass(datagram);
    }, swapByMs);
  });
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
