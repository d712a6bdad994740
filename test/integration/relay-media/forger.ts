import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { classes, Message, methods } from 'werift';
import { CHROMIUM_HELLOS as hellos } from '../../helpers/chromium-hellos.ts';

const record = (type: number, epoch: number, body: Buffer, sequence = 0): Buffer => {
  const header = Buffer.from([type, 0xfe, 0xfd, 0, epoch, 0, 0, 0, 0, 0, sequence, 0, 0]);
  header.writeUInt16BE(body.length, 11);
  return Buffer.concat([header, body]);
};

/** A handshake message, or a fragment that claims to belong to a longer one. */
const handshake = (type: number, seq: number, body: Buffer, length = body.length, offset = 0) => {
  const header = Buffer.alloc(12);
  header.writeUInt8(type, 0);
  header.writeUIntBE(length, 1, 3);
  header.writeUInt16BE(seq, 4);
  header.writeUIntBE(offset, 6, 3);
  header.writeUIntBE(body.length, 9, 3);
  return record(22, 0, Buffer.concat([header, body]));
};

/** The smallest hello: no session, no cookie, one cipher suite. */
const hello = (cookie = Buffer.alloc(0)) =>
  Buffer.concat([
    Buffer.from([0xfe, 0xfd]),
    randomBytes(32),
    Buffer.from([0, cookie.length]),
    cookie,
    Buffer.from([0, 2, 0xc0, 0x2b, 1, 0]),
  ]);

/** DTLS that anybody can make up. */
export const FORGED_DTLS: Readonly<Record<string, () => Buffer>> = {
  'a ClientHello': () => handshake(1, 0, hello()),
  'a ClientHello with a cookie': () => handshake(1, 1, hello(randomBytes(20))),
  'half of Chromium’s hello': () => hellos.first[0] ?? Buffer.alloc(0),
  'all of Chromium’s hello': () => Buffer.concat([...hellos.first]),
  'a hello that cannot be read': () => handshake(1, 0, randomBytes(40)),
  'a close_notify': () => record(21, 0, Buffer.from([1, 0])),
  'a fatal alert': () => record(21, 0, Buffer.from([2, 40])),
  'an unknown alert': () => record(21, 0, Buffer.from([1, 200])),
  'an alert that looks encrypted': () => record(21, 1, randomBytes(26), 9),
  'a ChangeCipherSpec': () => record(20, 0, Buffer.from([1])),
  'a HelloVerifyRequest': () =>
    handshake(3, 0, Buffer.concat([Buffer.from([0xfe, 0xff, 20]), randomBytes(20)])),
  'a Finished in clear': () => handshake(20, 5, randomBytes(12)),
  'a Finished that looks encrypted': () => record(22, 1, randomBytes(48), 1),
  'application data': () => record(23, 1, randomBytes(60), 2),
  'a piece of a huge message': () => handshake(11, 2, randomBytes(800), 0xff_ffff, 0x10_0000),
  'a piece beyond its message’s end': () => handshake(11, 2, randomBytes(300), 400, 0xff_ff00),
  'a record that claims more than it has': () => record(22, 0, randomBytes(20)).subarray(0, 20),
  'a record of an unknown type': () => record(63, 0, randomBytes(20)),
  'a heartbeat': () => record(24, 0, randomBytes(20)),
};

const rtp = (second: number, bytes: number): Buffer =>
  Buffer.concat([Buffer.from([0x80, second]), randomBytes(bytes)]);

type Role = 'ICE-CONTROLLING' | 'ICE-CONTROLLED';

/** STUN signed with any `key`. */
function stun(
  what: { class?: classes; user?: string; key?: string; nominate?: boolean; role?: Role } = {},
): Buffer {
  const message = new Message(methods.BINDING, what.class ?? classes.REQUEST);
  if (what.user !== undefined) message.setAttribute('USERNAME', what.user);
  message.setAttribute('PRIORITY', 0x7fff_ffff);
  if (what.role !== undefined) message.setAttribute(what.role, 0xffff_ffff_ffff_ffffn);
  if (what.nominate) message.setAttribute('USE-CANDIDATE', null);
  if (what.class === classes.RESPONSE) {
    message.setAttribute('XOR-MAPPED-ADDRESS', ['127.0.0.1', 9]);
  }
  if (what.class === classes.ERROR) message.setAttribute('ERROR-CODE', [487, 'Role Conflict']);
  if (what.key !== undefined) message.addMessageIntegrity(Buffer.from(what.key));
  return message.addFingerprint().bytes;
}

/** Other packets at a media port. `ufrag` is the leg's own, which a forger may have seen. */
export const FORGED_REST: Readonly<Record<string, (ufrag: string) => Buffer>> = {
  nothing: () => Buffer.alloc(0),
  'one byte': () => Buffer.from([22]),
  noise: () => randomBytes(200),
  RTP: () => rtp(111, 90),
  'RTCP BYE': () => rtp(203, 6),
  'an RTCP report': () => rtp(200, 26),
  'a check without a name': () => stun(),
  'a check of a stranger': () => stun({ user: 'abcd:efgh', key: 'x', nominate: true }),
  'a check without a signature': (ufrag) =>
    stun({ user: `${ufrag}:abcd`, role: 'ICE-CONTROLLING', nominate: true }),
  'a check signed with another key': (ufrag) =>
    stun({ user: `${ufrag}:abcd`, key: 'x'.repeat(32), role: 'ICE-CONTROLLING', nominate: true }),
  'a check that claims our role': (ufrag) => stun({ user: `${ufrag}:a`, role: 'ICE-CONTROLLED' }),
  'an answer to nothing': () => stun({ class: classes.RESPONSE, key: 'x' }),
  'an error to nothing': () => stun({ class: classes.ERROR, key: 'x' }),
  'an indication': () => stun({ class: classes.INDICATION }),
};

/** Somebody with sockets on this host and, apparently, on another. */
export class Forger {
  private readonly sockets: readonly Socket[];
  sent = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(sockets: readonly Socket[]) {
    this.sockets = sockets;
  }

  static async open(): Promise<Forger> {
    const sockets = await Promise.all(
      ['127.0.0.1', '127.0.0.2'].map(async (host) => {
        const socket = createSocket('udp4');
        socket.bind(0, host);
        await once(socket, 'listening');
        return socket;
      }),
    );
    return new Forger(sockets);
  }

  /** Sends each of these to each port, from each address. */
  spray(ports: readonly number[], datagrams: readonly Buffer[]): void {
    for (const port of ports) {
      for (const datagram of datagrams) {
        for (const socket of this.sockets) socket.send(datagram, port, '127.0.0.1');
        this.sent += this.sockets.length;
      }
    }
  }

  /** Continues: every `everyMs` one more kind, to all ports. */
  keepSpraying(ports: readonly number[], kinds: readonly (() => Buffer)[], everyMs: number): void {
    let turn = 0;
    this.timer = setInterval(() => {
      const make = kinds[turn++ % kinds.length];
      if (make) this.spray(ports, [make()]);
    }, everyMs);
  }

  close(): void {
    clearInterval(this.timer);
    for (const socket of this.sockets) socket.close();
  }
}
